import { ClientError } from '../../../client/error';
import type { PackageFile } from '../../../client/packages/package-version';
import type { GenericContext } from '../context';
import type { DigestedBody } from './digested-body';
import type { Content } from '../digests';
import type { GenericVersion } from '../place';
import { formatPlace } from '../place';
import { listFiles } from '../stored/stored-version';

/** Bytes that are stored, and under which name. */
export interface Stored {
  readonly name: string;
  readonly content: Content;
  /** False where the same bytes were there before. */
  readonly isNew: boolean;
}

/**
 * Sends bytes under a name nobody has yet. Where somebody was faster, or the answer was lost, what is stored is compared.
 *
 * @throws ClientError REG920 when the name holds other bytes, and as GenericClient.put does; LocalError when the file
 *   changed meanwhile: nothing is stored then
 */
export async function store(
  context: GenericContext,
  version: GenericVersion,
  name: string,
  body: DigestedBody,
): Promise<Stored> {
  if (await isSent(context, version, name, body)) {
    return { name, content: body.content!, isNew: true };
  }
  // An early answer leaves the body half read.
  const content = body.content ?? (body.isReplayable ? await body.read(context.signal) : undefined);
  const stored = (await listFiles(context, version))?.find(name);
  if (content === undefined || !holds(stored, content)) {
    throw new ClientError(
      `'${formatPlace(version, name)}' is there with other content, put by somebody else meanwhile: a file is never overwritten; put a new version`,
      'REG920',
    );
  }
  return { name, content, isNew: false };
}

/** Whether a stored file has these bytes. */
export function holds(stored: PackageFile | undefined, { size, sha256 }: Content): boolean {
  return stored?.size === size && stored.sha256 === sha256;
}

/** @returns whether it is stored now and was not before */
async function isSent(
  context: GenericContext,
  version: GenericVersion,
  name: string,
  body: DigestedBody,
): Promise<boolean> {
  try {
    return (await context.generic.put(version, name, body)) === 'created';
  } catch (error) {
    const isLost = error instanceof ClientError && error.facts.isUncertain === true;
    // All bytes went out and the answer was lost: the list tells.
    if (
      isLost &&
      body.content &&
      holds((await listFiles(context, version))?.find(name), body.content)
    ) {
      return true;
    }
    throw error;
  }
}
