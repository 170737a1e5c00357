import { partName, MOST_PARTS } from './chunk-names';

/** One part of a split file. */
export interface ManifestPart {
  /** Name of the part among the files of the version. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
}

/**
 * How a file was split, as `FILE.manifest.json` says it: the parts in order are the file. It is sent last, so a file
 * without it is not complete.
 *
 * ```json
 * {"schemaVersion":"1","name":"app.img","size":5,"sha256":"…",
 *  "parts":[{"name":"app.img.part-00001","size":3,"sha256":"…"},{"name":"app.img.part-00002","size":2,"sha256":"…"}]}
 * ```
 */
export interface ChunkManifest {
  readonly schemaVersion: '1';
  /** Name of the whole file. */
  readonly name: string;
  /** Bytes of the whole file. */
  readonly size: number;
  /** Of the whole file, 64 lower-case hex digits. */
  readonly sha256: string;
  readonly parts: readonly ManifestPart[];
}

/** Largest document that is read: {@link MOST_PARTS} parts with the longest names. */
export const LARGEST_MANIFEST = 8 * 1024 * 1024;

/** The text of the document: one line, ending with a line feed, the same for the same parts. */
export function printManifest({ name, size, sha256, parts }: ChunkManifest): string {
  const ordered = parts.map((part) => ({ name: part.name, size: part.size, sha256: part.sha256 }));
  return `${JSON.stringify({ schemaVersion: '1', name, size, sha256, parts: ordered })}\n`;
}

/**
 * Reads the document.
 *
 * @param file the file it is for, by its own name; Gitea ignores the case of file names
 * @returns undefined when it is something else: people may have files that are called so
 */
export function parseManifest(text: string, file: string): ChunkManifest | undefined {
  const value = json(text);
  if (!isObject(value) || value.schemaVersion !== '1' || !Array.isArray(value.parts)) {
    return undefined;
  }
  const { name, size, sha256, parts } = value;
  const isManifest =
    isSameName(name, file) &&
    isContent(size, sha256) &&
    parts.length > 0 &&
    parts.length <= MOST_PARTS &&
    parts.every((part, index) => isPart(part, file, index)) &&
    parts.reduce((sum: number, part: ManifestPart) => sum + part.size, 0) === size;
  return isManifest ? (value as unknown as ChunkManifest) : undefined;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPart(part: unknown, file: string, index: number): part is ManifestPart {
  return (
    isObject(part) &&
    isSameName(part.name, partName(file, index)) &&
    isContent(part.size, part.sha256) &&
    part.size !== 0
  );
}

function isContent(size: unknown, sha256: unknown): boolean {
  return (
    Number.isSafeInteger(size) &&
    (size as number) >= 0 &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256)
  );
}

function isSameName(name: unknown, expected: string): boolean {
  return typeof name === 'string' && name.toLowerCase() === expected.toLowerCase();
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
