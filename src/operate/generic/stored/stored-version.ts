import { createHash } from 'node:crypto';
import { ClientError } from '../../../client/error';
import type { PackageFile } from '../../../client/packages/package-version';
import type { ChunkManifest } from './chunk-manifest';
import { LARGEST_MANIFEST, parseManifest } from './chunk-manifest';
import { manifestOf } from './chunk-names';
import type { GenericContext } from '../context';
import { inParallel } from '../parallel';
import type { GenericVersion } from '../place';
import { formatPlace } from '../place';
import { byName, nameKey, StoredFiles } from './stored-files';

/** A file as people put it: stored as it is, or in parts. */
export interface StoredFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
  readonly sha512?: string;
  /** What its bytes are made of, in order: one file, or the parts. */
  readonly pieces: readonly PackageFile[];
  /** The manifest of a file in parts. @default - it is stored as it is */
  readonly manifest?: PackageFile;
  /** Why a file in parts cannot be put together. @default - it can */
  readonly fault?: string;
}

/** The files of one version, as they are stored and as people put them. */
export interface StoredVersion {
  readonly stored: StoredFiles;
  /** By name; a part without a manifest is a file of its own. */
  readonly files: readonly StoredFile[];
}

/** Manifests are small: so many are read at once. */
const MANIFESTS_AT_ONCE = 4;

/**
 * Reads the files of a version.
 *
 * @returns undefined when there is no such version
 * @throws ClientError as PackagesClient.files does, and REG735 when a manifest does not have the checksum that is listed
 */
export async function readVersion(
  context: GenericContext,
  version: GenericVersion,
): Promise<StoredVersion | undefined> {
  const stored = await listFiles(context, version);
  if (stored === undefined) {
    return undefined;
  }
  const candidates = stored.list.filter(
    ({ name }) => stored.partsOf(manifestOf(name) ?? '').length > 0,
  );
  const split = await inParallel(candidates, MANIFESTS_AT_ONCE, async (listed) => {
    const text = await readText(context, version, listed);
    const manifest = parseManifest(text, manifestOf(listed.name)!);
    return manifest === undefined ? [] : [splitFile(manifest, listed, stored)];
  });
  const files = split.flat();
  const covered = new Set(
    files.flatMap(({ name, manifest }) =>
      [manifest!, ...stored.partsOf(name)].map((file) => nameKey(file.name)),
    ),
  );
  const plain = stored.list.filter(({ name }) => !covered.has(nameKey(name))).map(plainFile);
  return { stored, files: [...plain, ...files].sort(byName) };
}

/** What the server lists; undefined when there is no such version. */
export async function listFiles(
  { packages }: GenericContext,
  version: GenericVersion,
): Promise<StoredFiles | undefined> {
  try {
    return new StoredFiles(await packages.files(version));
  } catch (error) {
    if (error instanceof ClientError && error.code === 'REG913' && error.facts.status === 404) {
      return undefined;
    }
    throw error;
  }
}

/** A file as it was put, by its name. */
export function findFile({ files }: StoredVersion, name: string): StoredFile | undefined {
  return files.find((file) => nameKey(file.name) === nameKey(name));
}

function plainFile(file: PackageFile): StoredFile {
  const { name, size, sha256, sha512 } = file;
  return { name, size, sha256, ...(sha512 !== undefined && { sha512 }), pieces: [file] };
}

function splitFile(
  { name, size, sha256, parts }: ChunkManifest,
  manifest: PackageFile,
  stored: StoredFiles,
): StoredFile {
  const wrong = parts.find((part) => {
    const piece = stored.find(part.name);
    return piece?.size !== part.size || piece.sha256 !== part.sha256;
  });
  return {
    name,
    size,
    sha256,
    pieces: parts.flatMap((part) => stored.find(part.name) ?? []),
    manifest,
    ...(wrong && { fault: `'${wrong.name}' is missing, or is not the part its manifest names` }),
  };
}

async function readText(
  { generic }: GenericContext,
  version: GenericVersion,
  { name, size, sha256 }: PackageFile,
): Promise<string> {
  if (size > LARGEST_MANIFEST) {
    return '';
  }
  const download = await generic.get(version, name);
  const chunks: Buffer[] = [];
  let read = 0;
  if (download.kind !== 'beyond-end') {
    for await (const chunk of download.body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      read += chunk.length;
      if (read > size) {
        break;
      }
    }
  }
  const bytes = Buffer.concat(chunks);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    throw new ClientError(
      `'${formatPlace(version, name)}' does not have the checksum the API lists: the store, or something on the way, changed it`,
      'REG735',
    );
  }
  return bytes.toString('utf8');
}
