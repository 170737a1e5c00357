import { isEncrypted } from '../declaration/encrypted-file';
import { FILE_PATH } from '../declaration/free-text';
import type { RegistryDeclaration } from '../declaration/model';
import { checked } from '../declaration/checked';
import { text } from '../declaration/schema';
import { envFile } from '../delivery/env-file';
import { helmSetLines } from '../delivery/helm-set';
import { iniFile } from '../delivery/ini-file';
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
  readonly format: 'yaml' | 'sops-set' | 'set' | 'env' | 'ini';
  /** File to write instead of stdout. */
  readonly outputFile?: string;
  /** The encrypted values file of `sops-set` lines. */
  readonly file?: string;
}

/**
 * `gitea-registry values`: the settings of the declaration as a Helm values overlay, or in the form another keeper of the
 * release takes.
 *
 * @throws CommandError (exit 2) where the declaration lacks values, or an option does not fit the form
 */
export async function values(options: ValuesOptions, io: Io): Promise<void> {
  refuseStrayFile(options);
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

function refuseStrayFile({ format, file }: ValuesOptions): void {
  if (file !== undefined && format !== 'sops-set') {
    throw new CommandError(
      `--file names the encrypted values file of '--format sops-set', and has no meaning with '--format ${format}'; write the result to a file with -o FILE`,
    );
  }
}

function render(declaration: RegistryDeclaration, options: ValuesOptions): string {
  switch (options.format) {
    case 'yaml':
      return valuesFile(declaration);
    case 'sops-set':
      return sopsSetLines(declaration, encryptedFile(declaration, options));
    case 'set':
      return helmSetLines(declaration);
    case 'env':
      return envFile(declaration);
    case 'ini':
      return iniFile(declaration);
  }
}

function encryptedFile({ release }: RegistryDeclaration, { file }: ValuesOptions): string {
  const encrypted = file ?? release.valuesFiles.find(isEncrypted);
  if (encrypted === undefined) {
    throw new CommandError(
      "the declaration names no '*.sops.yaml' values file: name one with --file",
    );
  }
  return checked(text(FILE_PATH), encrypted, '--file');
}
