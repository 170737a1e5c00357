import { ClientError } from '../../../client/error';
import type { ManifestPart } from '../stored/chunk-manifest';
import { printManifest } from '../stored/chunk-manifest';
import { manifestName } from '../stored/chunk-names';
import type { GenericContext } from '../context';
import { textBody } from './digested-body';
import type { Content, Digests } from '../digests';
import { FileBody } from './file-body';
import type { LocalFile } from './local-file';
import type { GenericVersion } from '../place';
import { formatPlace } from '../place';
import type { PartRange, PutInput } from './put-step';
import type { Stored } from './store';
import { holds, store } from './store';
import type { StoredFiles } from '../stored/stored-files';
import { listFiles } from '../stored/stored-version';
import { StreamBody } from './stream-body';

/** What an upload stored. */
export interface Upload {
  readonly content: Content;
  readonly stored: readonly Stored[];
}

/** Where an upload goes, and who hears of it. */
export interface UploadTarget {
  readonly context: GenericContext;
  readonly version: GenericVersion;
  /** Told how many bytes of the file were read. */
  readonly onRead: (at: number) => void;
}

/**
 * Sends a file as it is.
 *
 * @param expected SHA-256 (hex) the bytes must have, where they were read before
 * @throws as {@link store}
 */
export async function uploadWhole(
  { context, version, onRead }: UploadTarget,
  input: PutInput,
  expected?: string,
): Promise<Upload> {
  const body =
    'file' in input
      ? new FileBody(input.file, { onRead, expected })
      : new StreamBody(input.stream, onRead);
  const stored = await store(context, version, input.name, body);
  return { content: stored.content, stored: [stored] };
}

/**
 * Sends a file in parts, one after the other so that it is read once, and the manifest last. Parts that are there
 * already are compared instead.
 *
 * @param present what the version held when the upload was planned, without what was deleted since
 * @throws ClientError REG920 when a part is there with other bytes, REG735 when the server stored other bytes than were
 *   sent; and as {@link store}
 */
export async function uploadParts(
  target: UploadTarget,
  { name, file }: { readonly name: string; readonly file: LocalFile },
  ranges: readonly PartRange[],
  present: (name: string) => boolean,
): Promise<Upload> {
  const { context, version, onRead } = target;
  const stored: Stored[] = [];
  let whole: Digests | undefined;
  for (const range of ranges) {
    const { from, to, sha256 } = range;
    const body = new FileBody(file, { from, to, before: whole, onRead, expected: sha256 });
    stored.push(
      present(range.name)
        ? { name: range.name, content: await body.read(context.signal), isNew: false }
        : await store(context, version, range.name, body),
    );
    whole = body.whole ?? (await wholeUpTo(body, context));
  }
  await checkParts(target, stored);
  const content = whole!.content();
  const parts: ManifestPart[] = stored.map((part) => ({
    name: part.name,
    size: part.content.size,
    sha256: part.content.sha256,
  }));
  const { size, sha256 } = content;
  const manifest = printManifest({ schemaVersion: '1', name, size, sha256, parts });
  const last = await store(context, version, manifestName(name), textBody(manifest));
  return { content, stored: [...stored, last] };
}

/** After an answer that came before the whole part was read. */
async function wholeUpTo(body: FileBody, { signal }: GenericContext): Promise<Digests> {
  await body.read(signal);
  return body.whole!;
}

/** No manifest is put for parts that are not what was sent. */
async function checkParts(
  { context, version }: UploadTarget,
  parts: readonly Stored[],
): Promise<void> {
  const listed = await listFiles(context, version);
  for (const part of parts) {
    if (!holds(listed?.find(part.name), part.content)) {
      throw part.isNew
        ? await withdrawn({ context, version }, part)
        : new ClientError(
            `'${formatPlace(version, part.name)}' is there with other content, of another upload: --replace deletes it first`,
            'REG920',
          );
    }
  }
}

/**
 * Deletes what was just stored under a name, because the server lists other bytes than were sent.
 *
 * @returns the error that says so
 */
export async function withdrawn(
  { context, version }: Pick<UploadTarget, 'context' | 'version'>,
  { name }: Stored,
): Promise<ClientError> {
  const deleted = await context.deleting.deleteFile(version, name).then(
    () => 'it was deleted again',
    () => 'and it could not be deleted again: do that before anybody takes it',
  );
  return new ClientError(
    `'${formatPlace(version, name)}' was stored with another checksum than was sent, ${deleted}: something on the way, or the store, changes bytes`,
    'REG735',
  );
}

/** What a version held, without some of it. */
export function presentIn(
  stored: StoredFiles | undefined,
  without: readonly { readonly name: string }[] = [],
): (name: string) => boolean {
  const gone = new Set(without.map((file) => file.name.toLowerCase()));
  return (name) => stored?.find(name) !== undefined && !gone.has(name.toLowerCase());
}
