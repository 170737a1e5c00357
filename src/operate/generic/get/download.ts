import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { GenericContext } from '../context';
import { fetchAll } from './fetch-all';
import { FollowingDigest } from './following-digest';
import type { NetworkWait } from './network-wait';
import { localError } from '../local-error';
import { PartialFile } from './partial-file';
import type { GenericVersion } from '../place';
import { formatPlace } from '../place';
import { piecesOf } from './segments';
import { WrongBytes } from './server-changed';
import type { Slots } from './slots';
import type { StoredFile } from '../stored/stored-version';

/** How a large file is asked for. */
export interface RangeOptions {
  /** Most connections at once. @default 4 */
  readonly parallel?: number;
  /** Bytes from which on a file is large: it comes in ranges where more than one connection helps. @default 64 MiB */
  readonly largeFrom?: number;
  /**
   * Bytes of a range: large enough that the requests cost little (each takes Gitea some 10 ms of a processor), small enough
   * that the start is soon whole and can be digested.
   * @default - a sixteenth of the file, 16 MiB to 64 MiB
   */
  readonly rangeSize?: number;
  /** Whether more connections help. @default IdleTime */
  readonly wait?: NetworkWait;
}

/** Connections of one run. */
export const CONNECTIONS = 4;

const MEBI = 1024 * 1024;

/** One file that is downloaded. */
export interface Download {
  readonly context: GenericContext;
  readonly version: GenericVersion;
  readonly stored: StoredFile;
  /** Absolute path it gets. */
  readonly target: string;
  readonly ranges: RangeOptions;
  /** Shared with the other files of the run. */
  readonly slots: Slots;
}

/**
 * Downloads a file beside its target and moves it there once it is whole and right. What came stays for the next run
 * when something fails, unless the bytes themselves are wrong.
 *
 * @returns whether some of it was there from an earlier run
 * @throws WrongBytes when the digest is not the one that is listed; LocalError; as {@link fetchAll}
 */
export async function download(one: Download): Promise<'downloaded' | 'resumed'> {
  const { context, version, stored, target } = one;
  const { name, size, sha256, pieces } = stored;
  const asked = {
    origin: context.origin.origin,
    place: formatPlace(version, name),
    ids: pieces.map(({ id }) => id),
    size,
    sha256,
  };
  const partial = await PartialFile.open(target, asked);
  const watched = context.watch.begin(name, 'downloading', {
    total: size,
    done: partial.done.total,
  });
  const isRight = await collect(one, partial, (at) => watched.at(at)).catch(async (error) => {
    watched.end('failed');
    // What failed first says more than what fails on the way out.
    await partial.leave().catch(() => undefined);
    throw error;
  });
  if (isRight !== true) {
    watched.end('failed');
    await partial.discard();
    throw new WrongBytes(isRight.sha256, partial.isResumed);
  }
  await partial.finish();
  const outcome = partial.isResumed ? 'resumed' : 'downloaded';
  watched.end(outcome);
  return outcome;
}

/** @returns true, or the digest of what came where it is not the one that is listed */
async function collect(
  { context, version, stored, ranges, slots }: Download,
  partial: PartialFile,
  onBytes: (at: number) => void,
): Promise<true | { readonly sha256: string }> {
  const { size, sha256, pieces } = stored;
  const { parallel = CONNECTIONS, largeFrom = 64 * MEBI, rangeSize = rangeSizeOf(size) } = ranges;
  const isLarge = size >= largeFrom;
  const { done } = partial;
  const digest = new FollowingDigest(
    size,
    (buffer, at) => partial.read(buffer, at),
    context.signal,
  );
  try {
    digest.advance(done.prefix);
    await fetchAll({
      context,
      version,
      pieces: piecesOf(pieces),
      done,
      write: (bytes, at) => {
        partial.write(bytes, at);
        digest.wrote(bytes, at, done.prefix);
        onBytes(done.total);
      },
      parallel: isLarge ? parallel : 1,
      segmentSize: isLarge && parallel > 1 ? rangeSize : Math.max(1, size),
      slots,
      // The connection ends with a long body: small files share one.
      writesAtOnce: isLarge,
      wait: ranges.wait,
    });
    const came = await digest.digest();
    return came === sha256 ? true : { sha256: came };
  } finally {
    digest.stop();
  }
}

function rangeSizeOf(size: number): number {
  return Math.min(64 * MEBI, Math.max(16 * MEBI, Math.ceil(size / 16)));
}

/** What is at the place a file goes to. */
export type TargetState =
  | 'free'
  /** The same bytes. */
  | 'equal'
  /** Other bytes. */
  | 'taken';

/** Looks at the place a file goes to. @throws LocalError when it is a folder, or cannot be read */
export async function lookAtTarget(
  target: string,
  { size, sha256 }: Pick<StoredFile, 'size' | 'sha256'>,
  signal?: AbortSignal,
): Promise<TargetState> {
  const about = await stat(target).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') {
      return undefined;
    }
    throw localError(target, 'read', cause);
  });
  if (!about) {
    return 'free';
  }
  if (!about.isFile()) {
    throw localError(target, 'written', { code: 'EISDIR' });
  }
  return about.size === size && (await sha256Of(target, signal)) === sha256 ? 'equal' : 'taken';
}

/** SHA-256 of a file, hex. @throws LocalError; the reason of the signal once it is aborted */
export async function sha256Of(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
      signal?.throwIfAborted();
      hash.update(chunk as Buffer);
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw localError(path, 'read', cause);
  }
  return hash.digest('hex');
}
