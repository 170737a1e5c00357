import { ClientError } from '../../../client/error';
import type { GenericContext } from '../context';
import type { Download, RangeOptions, TargetState } from './download';
import { CONNECTIONS, download, lookAtTarget } from './download';
import { checkWhole, existingFile, existingVersion } from '../stored/find-version';
import { LocalError } from '../local-error';
import { inParallel } from '../parallel';
import { forget } from './partial-file';
import type { GenericVersion } from '../place';
import { formatPlace } from '../place';
import { ServerChanged, WrongBytes } from './server-changed';
import { Slots } from './slots';
import type { StoredFile } from '../stored/stored-version';

/** A file that is wanted, and where it goes. */
export interface Wanted {
  readonly stored: StoredFile;
  /** Absolute path. */
  readonly target: string;
}

/** How files are downloaded. */
export interface GetOptions extends RangeOptions {
  /** Whether a file with other content at the target is replaced. @default false */
  readonly force?: boolean;
}

/** What became of one file. */
export type GetResult = Wanted &
  (
    | { readonly status: 'downloaded' | 'resumed' | 'unchanged' }
    | { readonly status: 'failed'; readonly error: Error }
  );

/** What would become of one file. */
export interface GetPreview extends Wanted {
  readonly targetState: TargetState;
}

/** How often a file may change on the server while it is downloaded. */
const MOST_CHANGES = 3;

/**
 * Downloads files of one version, several at once. A file that fails stops no other.
 *
 * @returns a result for each file, in order; aborted ones failed with the reason of the signal
 */
export async function getFiles(
  context: GenericContext,
  version: GenericVersion,
  wanted: readonly Wanted[],
  { force = false, ...ranges }: GetOptions = {},
): Promise<GetResult[]> {
  const { parallel = CONNECTIONS } = ranges;
  const slots = new Slots(parallel);
  return inParallel(wanted, parallel, async (one): Promise<GetResult> => {
    try {
      context.signal?.throwIfAborted();
      return await getFile({ context, version, ranges, slots, ...one }, force);
    } catch (error) {
      return { ...one, status: 'failed', error: error as Error };
    }
  });
}

/** Looks at the targets only. @throws LocalError */
export async function previewFiles(
  { signal }: GenericContext,
  wanted: readonly Wanted[],
): Promise<GetPreview[]> {
  return inParallel(wanted, CONNECTIONS, async (one) => ({
    ...one,
    targetState: await lookAtTarget(one.target, one.stored, signal),
  }));
}

async function getFile(getting: Download, force: boolean): Promise<GetResult> {
  let { stored } = getting;
  let hasBegunAnew = false;
  for (let changes = 0; ;) {
    try {
      return { stored, target: getting.target, status: await fetch({ ...getting, stored }, force) };
    } catch (error) {
      if (!mayHaveChanged(error)) {
        throw error;
      }
      const now = await listedNow(getting);
      if (!isSame(now, stored)) {
        changes += 1;
        if (changes > MOST_CHANGES) {
          throw changing(getting);
        }
      } else if (error instanceof WrongBytes && error.wasResumed && !hasBegunAnew) {
        // What came earlier may be what is wrong.
        hasBegunAnew = true;
      } else {
        throw wrong(getting, error);
      }
      stored = now;
    }
  }
}

async function fetch(
  one: Download,
  force: boolean,
): Promise<'downloaded' | 'resumed' | 'unchanged'> {
  const { context, version, stored, target } = one;
  checkWhole(version, stored);
  const state = await lookAtTarget(target, stored, context.signal);
  if (state === 'equal') {
    await forget(target);
    return 'unchanged';
  }
  if (state === 'taken' && !force) {
    throw new LocalError(`'${target}' is there with other content: --force replaces it`);
  }
  return download(one);
}

async function listedNow({ context, version, stored }: Download): Promise<StoredFile> {
  return existingFile(context, version, await existingVersion(context, version), stored.name);
}

/** Errors after which it is worth to look at the list again. */
function mayHaveChanged(error: unknown): boolean {
  return (
    error instanceof ServerChanged ||
    error instanceof WrongBytes ||
    (error instanceof ClientError && error.facts.status === 404)
  );
}

function isSame(one: StoredFile, other: StoredFile): boolean {
  const rows = ({ pieces }: StoredFile): string => pieces.map(({ id }) => id).join();
  return one.sha256 === other.sha256 && rows(one) === rows(other);
}

function changing({ version, stored }: Download): ClientError {
  return new ClientError(
    `'${formatPlace(version, stored.name)}' was put anew ${MOST_CHANGES} times while it was downloaded: repeat once that ends`,
    'REG920',
  );
}

function wrong({ version, stored }: Download, error: unknown): unknown {
  if (error instanceof ClientError) {
    return error;
  }
  const what =
    error instanceof WrongBytes
      ? `came with sha256 ${error.sha256}, and the API lists ${stored.sha256}: what came was deleted`
      : 'has another length than the API lists';
  return new ClientError(
    `'${formatPlace(version, stored.name)}' ${what}; the store or something on the way changes bytes, 'doctor --blobs' looks at the store`,
    'REG735',
  );
}
