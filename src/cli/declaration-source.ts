import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { RegistryDeclaration } from '../declaration/model';
import { quote } from '../declaration/problem';
import type * as declarationFile from './declaration-file';
import type { FoundDeclaration } from './declaration-file';
import { CommandError } from './exit';
import type { Io } from './io';
import { parseOrigin } from './server/origin';

/** Where a command finds the declaration. */
export interface DeclarationOptions {
  /** Rendered YAML, `registry.json`, or a folder of rendered YAML. */
  readonly declaration: string;
  /** Host of the wanted registry, when there are several. */
  readonly registry?: string;
}

/**
 * Reads the one declaration that is meant.
 *
 * @throws CommandError (exit 2) when there is none, when several are found and no host chooses, when it is wrong
 */
export async function readDeclaration(
  options: DeclarationOptions,
  io: Io,
): Promise<RegistryDeclaration> {
  const path = resolve(io.cwd, options.declaration);
  const files = await filesOf(path, options.declaration);
  // Loaded on use: the reader of YAML and the schema take longer than many a command.
  const { declarationsIn } = require('./declaration-file') as typeof declarationFile;
  const found = (
    await Promise.all(files.map((file) => declarationsIn(file, relative(io.cwd, file))))
  ).flat();
  return choose(found, options, io);
}

function choose(
  found: readonly FoundDeclaration[],
  options: DeclarationOptions,
  io: Io,
): RegistryDeclaration {
  const host = wantedHost(options, io);
  const meant = found.filter(({ declaration }) => host === undefined || declaration.host === host);
  if (meant.length === 1) {
    return meant[0].declaration;
  }
  const listed = (meant.length === 0 ? found : meant)
    .map(
      ({ file, declaration: { host: known, release } }) =>
        `  ${known} (${release.namespace}/${release.name}, ${file})`,
    )
    .join('\n');
  if (meant.length > 1) {
    throw new CommandError(
      `more than one declaration found; choose with --registry HOST:\n${listed}`,
    );
  }
  throw new CommandError(
    found.length === 0
      ? `no declaration in '${options.declaration}': render it with 'npm run synth', or name a file with --declaration`
      : `no declaration of registry ${quote(host)} found; there is:\n${listed}`,
  );
}

/** `host[:port]` of the registry that is meant; undefined when nothing says so. */
function wantedHost({ registry }: DeclarationOptions, { env }: Io): string | undefined {
  const [name, text] =
    registry === undefined
      ? ['GITEA_REGISTRY_URL', env.GITEA_REGISTRY_URL || undefined]
      : ['--registry', registry];
  return text === undefined ? undefined : parseOrigin(text, name).host;
}

async function filesOf(path: string, shown: string): Promise<string[]> {
  const about = await stat(path).catch((cause) => {
    throw new CommandError(
      `'${shown}' cannot be read: render it with 'npm run synth', or name a file or folder with --declaration`,
      undefined,
      { cause },
    );
  });
  if (!about.isDirectory()) {
    return [path];
  }
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => /\.ya?ml$|registry\.json$/.test(name))
    .sort()
    .map((name) => join(path, name));
}
