import { handoffPage } from '../delivery/handoff/page';
import type { DeclarationOptions } from './declaration-source';
import { readDeclaration } from './declaration-source';
import type { Io } from './io';
import { giveResult } from './result';

/** Options of `handoff`. */
export interface HandoffCommandOptions extends DeclarationOptions {
  /** File to write instead of stdout. */
  readonly outputFile?: string;
}

/** `gitea-registry handoff`: the page for downstream teams, from the declaration. */
export async function handoff(options: HandoffCommandOptions, io: Io): Promise<void> {
  const declaration = await readDeclaration(options, io);
  await giveResult(handoffPage(declaration), options.outputFile, io);
}
