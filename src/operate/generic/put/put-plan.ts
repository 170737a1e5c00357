import { ClientError } from '../../../client/error';
import type { PackageFile } from '../../../client/packages/package-version';
import { manifestName } from '../stored/chunk-names';
import type { GenericContext } from '../context';
import type { Content } from '../digests';
import { FileBody } from './file-body';
import type { LocalFile } from './local-file';
import type { GenericVersion } from '../place';
import { formatPlace } from '../place';
import type { PartRange, PutInput, PutStep } from './put-step';
import { readParts, split } from './split';
import { StoredFiles } from '../stored/stored-files';
import type { StoredFile, StoredVersion } from '../stored/stored-version';
import { findFile, readVersion } from '../stored/stored-version';
import { StreamBody } from './stream-body';

/** What is asked of `generic put`. */
export interface PutRequest {
  readonly version: GenericVersion;
  /** Names that differ in more than case. */
  readonly inputs: readonly PutInput[];
  /** Whether what is there with other content is deleted first. Streams are spooled to files then. */
  readonly replace: boolean;
  /** Bytes of a part; larger files are put in parts. @default - files are put as they are */
  readonly chunkSize?: number;
}

/** What putting files needs. */
export interface PutPlan {
  readonly version: GenericVersion;
  /** In the order of the inputs. */
  readonly steps: readonly PutStep[];
  /** What was there when it was planned. @default - no such version */
  readonly stored?: StoredFiles;
}

/**
 * Compares files with what the version holds. Only files whose name is taken are read for it.
 *
 * @throws ClientError when the version cannot be read; LocalError when a file cannot
 */
export async function planPut(context: GenericContext, request: PutRequest): Promise<PutPlan> {
  const found = await readVersion(context, request.version);
  const planner = new Planner(context, request, found);
  const steps: PutStep[] = [];
  for (const input of request.inputs) {
    steps.push(await planner.plan(input));
  }
  return { version: request.version, steps, ...(found && { stored: found.stored }) };
}

class Planner {
  private readonly found: StoredVersion;

  public constructor(
    private readonly context: GenericContext,
    private readonly request: PutRequest,
    found: StoredVersion | undefined,
  ) {
    this.found = found ?? { stored: new StoredFiles([]), files: [] };
  }

  public async plan(input: PutInput): Promise<PutStep> {
    const { name } = input;
    const existing = findFile(this.found, name);
    if (existing) {
      return this.beside(input, existing);
    }
    const { stored } = this.found;
    if (stored.find(name)) {
      return this.conflict(input, 'belongs to a file in parts: put it under another name');
    }
    const parts =
      'file' in input ? split(name, input.file.size, this.request.chunkSize) : undefined;
    const leftOver = parts === undefined ? [] : this.leftOver(name);
    if (parts === undefined || leftOver.length === 0) {
      return { action: 'upload', input, ...(parts && { parts }) };
    }
    return this.goOn(input as PutInput & { readonly file: LocalFile }, parts, leftOver);
  }

  /** The name is taken. */
  private async beside(input: PutInput, existing: StoredFile): Promise<PutStep> {
    const { fault, size, sha256 } = existing;
    const mayBeEqual = fault === undefined && (!('file' in input) || input.file.size === size);
    const content = mayBeEqual ? await this.contentOf(input) : undefined;
    if (content && content.size === size && content.sha256 === sha256) {
      return { action: 'unchanged', input, content };
    }
    if (!this.request.replace || !('file' in input)) {
      return this.conflict(
        input,
        fault === undefined
          ? `is there with other content (${size} bytes, sha256 ${sha256}): a file is never overwritten; --replace deletes it first, or put a new version`
          : `is there, but not whole (${fault}): --replace deletes what is left of it first`,
      );
    }
    const parts = split(input.name, input.file.size, this.request.chunkSize);
    const old = existing.manifest
      ? [existing.manifest, ...this.found.stored.partsOf(existing.name)]
      : [...existing.pieces, ...(parts ? this.leftOver(input.name) : [])];
    return this.replacing(input, parts, old, content);
  }

  /** Parts of an upload that did not end, or what looks like it. */
  private async goOn(
    input: PutInput & { readonly file: LocalFile },
    parts: readonly PartRange[],
    leftOver: readonly PackageFile[],
  ): Promise<PutStep> {
    if (this.request.replace) {
      return this.replacing(input, parts, leftOver);
    }
    const foreign = leftOver.find((file) => !parts.some((part) => mayBe(part, file)));
    return foreign
      ? this.conflict(
          input,
          `cannot be put in parts: '${foreign.name}' is there and is none of them, of another upload or with another --chunk-size; --replace deletes it first`,
        )
      : { action: 'upload', input, parts };
  }

  private async replacing(
    input: PutInput & { readonly file: LocalFile },
    ranges: readonly PartRange[] | undefined,
    old: readonly PackageFile[],
    known?: Content,
  ): Promise<PutStep> {
    const { file, name } = input;
    const { content, parts } =
      ranges === undefined
        ? { content: known ?? (await this.contentOf(input)), parts: undefined }
        : await this.watched(name, file.size, (onRead) =>
            readParts(this.context, file, ranges, onRead),
          );
    const deletes = old.filter(
      (stored) => !parts?.some((part) => mayBe(part, stored) && part.sha256 === stored.sha256),
    );
    return deletes.length === 0
      ? { action: 'upload', input, ...(parts && { parts }) }
      : { action: 'replace', input, content, deletes, ...(parts && { parts }) };
  }

  private async contentOf(input: PutInput): Promise<Content> {
    const { signal } = this.context;
    return this.watched(
      input.name,
      'file' in input ? input.file.size : undefined,
      async (onRead) =>
        'file' in input
          ? new FileBody(input.file, { onRead }).read(signal)
          : new StreamBody(input.stream, onRead).read(signal),
    );
  }

  private async watched<T>(
    name: string,
    size: number | undefined,
    read: (onRead: (at: number) => void) => Promise<T>,
  ): Promise<T> {
    const watched = this.context.watch.begin(name, 'reading', { total: size, isQuiet: true });
    try {
      return await read((at) => watched.at(at));
    } finally {
      watched.end('read');
    }
  }

  /** What is stored under the names the parts and the manifest of a file will have. */
  private leftOver(name: string): PackageFile[] {
    const { stored } = this.found;
    return [stored.find(manifestName(name)) ?? [], stored.partsOf(name)].flat();
  }

  private conflict(input: PutInput, why: string): PutStep {
    const place = formatPlace(this.request.version, input.name);
    return { action: 'conflict', input, error: new ClientError(`'${place}' ${why}`, 'REG920') };
  }
}

function mayBe({ name, from, to }: PartRange, stored: PackageFile): boolean {
  return stored.size === to - from && stored.name.toLowerCase() === name.toLowerCase();
}
