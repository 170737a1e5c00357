import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RegistryDeclaration } from '../../declaration/model';
import { DeclarationError } from '../../declaration/problem';
import { readDeclaration } from '../declaration-source';
import { CommandError } from '../exit';
import type { Io } from '../io';
import type { DoctorCommandOptions } from './options';

/** Folder that is looked into without being asked to. */
const USUAL = 'dist';

/** Whether the user named no declaration. */
export function isUsual({ declaration }: Pick<DoctorCommandOptions, 'declaration'>): boolean {
  return declaration === USUAL;
}

/**
 * The declaration of the registry that is meant, where there is one.
 *
 * @param origin of the registry; undefined where the declaration says which it is
 * @param isNeeded whether there is nothing to look at without it
 * @returns undefined when none is needed and the usual folder has none of this host
 * @throws CommandError (exit 2) when it is needed or asked for by `--declaration`, and there is none or it is wrong
 */
export async function declarationFor(
  origin: URL | undefined,
  isNeeded: boolean,
  options: Pick<DoctorCommandOptions, 'declaration'>,
  io: Io,
): Promise<RegistryDeclaration | undefined> {
  const { declaration } = options;
  const isAskedFor = !isUsual(options);
  if (!isNeeded && !isAskedFor && !existsSync(resolve(io.cwd, USUAL))) {
    return undefined;
  }
  try {
    return await readDeclaration({ declaration, ...(origin && { registry: origin.host }) }, io);
  } catch (error) {
    if (!(error instanceof CommandError)) {
      throw error;
    }
    if (isNeeded) {
      throw new CommandError(
        `which registry is meant? Name it as HOST, or by a declaration: ${error.message}`,
        error.exitCode,
        { cause: error },
      );
    }
    if (isAskedFor) {
      throw error;
    }
    if (error.cause instanceof DeclarationError) {
      io.err(`warning: no declaration is used: ${error.message}\n`);
    }
    return undefined;
  }
}
