import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Document } from 'yaml';
import { parseAllDocuments } from 'yaml';
import type { RegistryDeclaration } from '../declaration/model';
import { KIND } from '../declaration/model';
import { parseDeclaration } from '../declaration/parse';
import { DeclarationError, quote } from '../declaration/problem';
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

interface Found {
  readonly file: string;
  readonly declaration: RegistryDeclaration;
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
  const found = (
    await Promise.all(files.map((file) => readFound(file, relative(io.cwd, file))))
  ).flat();
  return choose(found, options, io);
}

function choose(found: readonly Found[], options: DeclarationOptions, io: Io): RegistryDeclaration {
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

async function readFound(file: string, shown: string): Promise<Found[]> {
  const text = await readFile(file, 'utf8');
  try {
    const sources = file.endsWith('.json') ? [text] : declarationTexts(text, shown);
    return sources.map((source) => ({ file: shown, declaration: parseDeclaration(source) }));
  } catch (cause) {
    if (cause instanceof DeclarationError) {
      throw new CommandError(
        `the declaration in '${shown}' is refused:\n${cause.message}`,
        undefined,
        { cause },
      );
    }
    throw cause;
  }
}

/** Texts of every declaration among the ConfigMaps of a YAML file. */
function declarationTexts(yaml: string, shown: string): string[] {
  // Pretty errors quote source lines, which may hold secrets.
  return parseAllDocuments(yaml, { prettyErrors: false, logLevel: 'silent' }).flatMap(
    (document) => {
      if (document.errors.length > 0) {
        const line = yaml.slice(0, document.errors[0].pos[0]).split('\n').length;
        throw new CommandError(
          `'${shown}' is not YAML: ${document.errors[0].code} at line ${line}`,
        );
      }
      const text = document.getIn(['data', 'registry.json']);
      return document.get('kind') === 'ConfigMap' &&
        typeof text === 'string' &&
        isOurs(document, text)
        ? [text]
        : [];
    },
  );
}

function isOurs(document: Document, text: string): boolean {
  const partOf = document.getIn(['metadata', 'labels', 'app.kubernetes.io/part-of']);
  return partOf === 'gitea-registry' || text.includes(KIND);
}
