import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { asManifest, asValues, chartOfValues, UNKNOWN } from '../../rules';
import type { Manifest } from '../../rules/manifest';
import { CommandError } from '../exit';
import type { Io } from '../io';
import type { Position } from './yaml-documents';
import { describeFault, positionAt, TOP, YamlFault, yamlDocuments } from './yaml-documents';

/** Limits of what is read. */
export interface InputOptions {
  /** Largest number of bytes of all inputs together. */
  readonly maxBytes: number;
}

/** A file, or standard input, that was read. */
export interface InputFile {
  /** As the user named it; `-` is standard input. */
  readonly name: string;
  readonly text: string;
  readonly documents: readonly DocumentPlace[];
}

/** Where a document begins and ends in its file. */
export interface DocumentPlace {
  readonly start: number;
  readonly end: number;
  /** Line and column of the start. */
  readonly from: Position;
}

/** What `check` looks at. */
export interface Input {
  /** By their shown names. */
  readonly files: ReadonlyMap<string, InputFile>;
  readonly manifests: readonly Manifest[];
}

/** Name of standard input. */
const STDIN = '-';

/** Folders that hold others' YAML, or none. */
const SKIPPED = /^(\.[^.].*|node_modules)$/;

/** In folders only; a file that is named may be called anything. */
const YAML_FILE = /(\.ya?ml|registry\.json)$/i;

/**
 * Reads every YAML and JSON document of files, folders and standard input.
 *
 * @throws CommandError (exit 2) naming each file that cannot be read, with line and column
 */
export async function readInput(
  paths: readonly string[],
  options: InputOptions,
  io: Io,
): Promise<Input> {
  const files = new Map<string, InputFile>();
  const manifests: Manifest[] = [];
  const faults: string[] = [];
  let left = options.maxBytes;
  for (const name of (await Promise.all(paths.map((path) => filesOf(path, io)))).flat()) {
    const bytes = await readBytes(name, left, options, io);
    left -= bytes.length;
    try {
      const file = readFile(name, decoded(bytes), manifests);
      files.set(file.name, file);
    } catch (error) {
      faults.push(refusal(name, bytes, error));
    }
  }
  if (faults.length > 0) {
    throw new CommandError(faults.join('\n'));
  }
  return { files, manifests };
}

async function filesOf(path: string, io: Io): Promise<string[]> {
  if (path === STDIN) {
    return [STDIN];
  }
  const about = await stat(resolve(io.cwd, path)).catch((cause) => {
    throw new CommandError(
      `'${path}' cannot be read: name a file or folder of YAML, or - for standard input`,
      undefined,
      { cause },
    );
  });
  if (!about.isDirectory()) {
    return [path];
  }
  const found = await yamlFiles(resolve(io.cwd, path), path);
  if (found.length === 0) {
    throw new CommandError(
      `'${path}' holds no YAML file: name the folder that holds rendered manifests`,
    );
  }
  return found;
}

/** Files below a folder in the order of their names. Hidden folders and node_modules are left out. */
async function yamlFiles(folder: string, shown: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const sorted = entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = await Promise.all(
    sorted.map(async (entry) => {
      const name = join(shown, entry.name);
      if (entry.isDirectory()) {
        return SKIPPED.test(entry.name) ? [] : yamlFiles(join(folder, entry.name), name);
      }
      return YAML_FILE.test(entry.name) ? [name] : [];
    }),
  );
  return found.flat();
}

async function readBytes(
  name: string,
  left: number,
  { maxBytes }: InputOptions,
  io: Io,
): Promise<Buffer> {
  const stream: Readable = name === STDIN ? io.stdin() : createReadStream(resolve(io.cwd, name));
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += (chunk as Buffer).length;
      if (size > left) {
        throw new CommandError(
          `'${shownAs(name)}' goes beyond the ${maxBytes} bytes check reads: name fewer files, or raise --max-bytes`,
        );
      }
      chunks.push(chunk as Buffer);
    }
  } catch (cause) {
    if (cause instanceof CommandError) {
      throw cause;
    }
    const { code } = cause as NodeJS.ErrnoException;
    throw new CommandError(`'${shownAs(name)}' cannot be read: ${code}`, undefined, { cause });
  } finally {
    stream.destroy();
  }
  return Buffer.concat(chunks);
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new YamlFault('is not UTF-8', -1);
  }
}

function readFile(name: string, text: string, manifests: Manifest[]): InputFile {
  const documents: DocumentPlace[] = [];
  let last = { start: 0, from: TOP };
  for (const { value, start, end } of yamlDocuments(text)) {
    if (value !== undefined) {
      manifests.push(...manifestsOf(value, { file: shownAs(name), document: documents.length }));
    }
    const from = positionAt(text.slice(last.start, start), start - last.start, last.from);
    last = { start, from };
    documents.push({ start, end, from });
  }
  return { name: shownAs(name), text, documents };
}

/** The manifests in a document: one, or the items of a List. */
function manifestsOf(value: unknown, origin: { file: string; document: number }): Manifest[] {
  const readable = withoutCiphertext(value);
  const manifest = asManifest(readable, origin);
  const items = manifest.root.get('items');
  if (/List$/.test(manifest.kind) && items.isList) {
    return items.items().map((item, index) => asManifest(item.value, { ...origin, item: index }));
  }
  if (manifest.kind !== UNKNOWN) {
    return [manifest];
  }
  const nested = manifest.root.entries().map(([, below]) => below);
  const isValues = [manifest.root, ...nested].some((root) => chartOfValues(root) !== undefined);
  return [isValues ? asValues(readable, origin) : manifest];
}

/** A document SOPS encrypted, without what is ciphertext: nothing can be said about it. */
function withoutCiphertext(value: unknown): unknown {
  const encrypted =
    typeof value === 'object' && value !== null && 'sops' in value && value.sops !== null;
  return encrypted
    ? JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
        typeof inner === 'string' && inner.startsWith('ENC[') ? undefined : inner,
      )
    : value;
}

function refusal(name: string, bytes: Buffer, error: unknown): string {
  if (!(error instanceof YamlFault)) {
    throw error;
  }
  if (error.offset < 0) {
    const at = firstInvalid(bytes);
    return `${shownAs(name)}:${at.line}:${at.column}: ${error.message}: save it as UTF-8`;
  }
  const text = bytes.toString('utf8');
  const hint = /\{\{.*\}\}/.test(text)
    ? '; it looks like a template: render it first (helm template)'
    : '';
  return `${describeFault(shownAs(name), text, error)}${hint}`;
}

/** Where a text stops being UTF-8. */
function firstInvalid(bytes: Buffer): Position {
  let valid = '';
  let [low, high] = [0, bytes.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const text = beginning(bytes.subarray(0, middle));
    if (text === undefined) {
      high = middle - 1;
    } else {
      low = middle;
      valid = text;
    }
  }
  return positionAt(valid, valid.length);
}

/** The whole characters of the beginning of a text; undefined when it is not UTF-8. */
function beginning(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

function shownAs(name: string): string {
  return name === STDIN ? '(standard input)' : name;
}
