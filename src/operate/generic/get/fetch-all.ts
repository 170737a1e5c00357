import { inParallel } from '../parallel';
import type { GenericContext } from '../context';
import type { SegmentFetch } from './fetch-segment';
import { fetchSegment, openSegment, RangesIgnored } from './fetch-segment';
import type { GenericVersion } from '../place';
import type { RangeSet } from './range-set';
import type { WriteBytes } from './pour';
import type { Piece } from './segments';
import { segments } from './segments';
import type { Slots } from './slots';

/** What is fetched, and how. */
export interface FetchAll {
  readonly context: GenericContext;
  readonly version: GenericVersion;
  readonly pieces: readonly Piece[];
  /** What is there already; grows as `write` is called. */
  readonly done: RangeSet;
  /** Keeps bytes. Adding them to `done` is its work. */
  readonly write: WriteBytes;
  /** Whether `write` is done with the bytes when it returns. @default false */
  readonly writesAtOnce?: boolean;
  /** Segments that are asked for at once. */
  readonly parallel: number;
  /** Most bytes of one segment. */
  readonly segmentSize: number;
  /** Shared with other files; with one slot the bytes come in order. */
  readonly slots: Slots;
}

/**
 * Fetches what is missing: the first segment alone until its answer shows that parts can be had, then several at once.
 * Where they cannot, each stored file comes as one stream, and what is there already is dropped from it.
 *
 * @throws as {@link fetchSegment}; what is under way has ended then
 */
export async function fetchAll(all: FetchAll): Promise<void> {
  try {
    await fetchSegments(all, true);
  } catch (error) {
    if (!(error instanceof RangesIgnored)) {
      throw error;
    }
    await fetchSegments({ ...all, parallel: 1, segmentSize: Number.MAX_SAFE_INTEGER }, false);
  }
}

async function fetchSegments(all: FetchAll, usesRanges: boolean): Promise<void> {
  const { context, pieces, done, parallel, segmentSize, slots } = all;
  const [first, ...others] = segments(pieces, done, segmentSize);
  if (!first) {
    return;
  }
  const stop = new AbortController();
  const signals = [stop.signal, ...(context.signal ? [context.signal] : [])];
  const fetch: SegmentFetch = { ...all, usesRanges, stop: AbortSignal.any(signals) };
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    await slots.run(work).catch((error: unknown) => {
      stop.abort(error);
      throw error;
    });
  };
  // Nobody asks for four parts of what may come as a whole each time.
  let opened: () => void = () => undefined;
  const isOpen = new Promise<void>((resolve) => (opened = resolve));
  const begin = guarded(async () => {
    const answer = await openSegment(fetch, first, first.from);
    opened();
    await fetchSegment(fetch, first, answer);
  });
  await Promise.race([isOpen, begin]);
  // The slots hold one of them back as long as the first is under way.
  const rest = inParallel(others, parallel, (segment) =>
    guarded(() => fetchSegment(fetch, segment)),
  );
  await Promise.allSettled([begin, rest]);
  await begin;
  await rest;
}
