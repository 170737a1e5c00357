import { FILE_PATH } from '../declaration/free-text';
import type { RegistryDeclaration } from '../declaration/model';
import { checked } from '../declaration/parse';
import { text } from '../declaration/schema';
import { isEncrypted } from '../delivery/helm-command';
import { sopsSetLines } from '../delivery/sops-set';
import { valuesFile } from '../delivery/values-file';
import type { DeclarationOptions } from './declaration-source';
import { readDeclaration } from './declaration-source';
import { CommandError } from './exit';
import type { Io } from './io';
import { giveResult } from './result';

/** Options of `values`. */
export interface ValuesOptions extends DeclarationOptions {
  /** Form in which the overlay is printed. */
  readonly format: 'yaml' | 'sops-set';
  /** File to write instead of stdout. */
  readonly outputFile?: string;
  /** The encrypted values file of `sops-set` lines. */
  readonly file?: string;
}

/** `gitea-registry values`: the Helm values overlay, from the declaration. */
export async function values(options: ValuesOptions, io: Io): Promise<void> {
  const declaration = await readDeclaration(options, io);
  refuseUnknownValues(declaration);
  await giveResult(render(declaration, options), options.outputFile, io);
}

/** Values of `addConfig` are never published, so an overlay made here would lack them. */
function refuseUnknownValues({ config }: RegistryDeclaration): void {
  if (config.added.length > 0) {
    const names = config.added.map(({ section, key }) => `  ${section}.${key}`).join('\n');
    throw new CommandError(
      `the app sets keys whose values the declaration does not hold; it writes the overlay itself (registry.values):\n${names}`,
    );
  }
}

function render(declaration: RegistryDeclaration, { format, file }: ValuesOptions): string {
  if (format === 'yaml') {
    return valuesFile(declaration);
  }
  const encrypted = file ?? declaration.release.valuesFiles.find(isEncrypted);
  if (encrypted === undefined) {
    throw new CommandError(
      "the declaration names no '*.sops.yaml' values file: name one with --file",
    );
  }
  return sopsSetLines(declaration, checked(text(FILE_PATH), encrypted, '--file'));
}
