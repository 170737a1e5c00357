import type { Readable } from 'node:stream';
import type { GenericDownload } from '../../../client/generic/download';
import { ClientError } from '../../../client/error';
import type { GenericContext } from '../context';
import type { GenericVersion } from '../place';
import type { Poured, PourOptions, WriteBytes } from './pour';
import { pour, TooManyBytes } from './pour';
import type { SegmentQueue } from './segment-queue';
import type { Segment } from './segments';
import { ServerChanged } from './server-changed';

/** From where segments come and where they go. */
export interface SegmentFetch {
  readonly context: GenericContext;
  readonly version: GenericVersion;
  readonly write: WriteBytes;
  /** Whether `write` is done with the bytes when it returns: long bodies need no new buffer for each chunk then. */
  readonly writesAtOnce?: boolean;
  /** Ends all that is under way for this file. */
  readonly stop: AbortSignal;
  /** Whether parts of files are asked for; otherwise the bytes before are read and dropped. */
  readonly usesRanges: boolean;
  /** What nobody fetches yet: a body goes on into the segments that follow, as long as they wait there. */
  readonly queue: SegmentQueue;
  /** Whether nobody else fetches, so that everything that follows is asked for at once. */
  readonly isAlone: () => boolean;
}

/** The server, or something before it, answers with the whole file whatever is asked for. */
export class RangesIgnored extends Error {
  /** @param rest what is still to be fetched of what was begun */
  public constructor(public readonly rest: Segment) {
    super('ranges are ignored');
  }
}

/** An answer whose bytes are still to be read. */
interface OpenSegment {
  readonly body: Readable;
  /** Byte after its last one, in the whole file. */
  readonly to: number;
  /** Bytes before the ones that are wanted. */
  readonly skip: number;
}

/** Cuts in a row without one new byte, after which nobody waits any longer. */
const MOST_FUTILE = 4;

const FIRST_PAUSE_MS = 500;

/**
 * Fetches a segment and those after it that nobody else takes meanwhile, from where it was cut again and again as long as
 * bytes come.
 *
 * @throws RangesIgnored; ServerChanged when the file is not the one that was listed; ClientError as GenericClient.get
 *   does; LocalError of `write`
 */
export async function fetchSegment(fetch: SegmentFetch, first: Segment): Promise<void> {
  let segment = first;
  const wantedUpTo = (end: number): number => {
    for (let next; segment.to < end && (next = fetch.queue.takeNext(segment));) {
      segment = { ...segment, to: next.to };
    }
    return segment.to;
  };
  let at = first.from;
  let futile = 0;
  while (at < segment.to) {
    const opened = await openSegment(fetch, segment, at);
    const poured = await drain(fetch, opened, { from: at, wantedUpTo });
    futile = poured.at > at ? 0 : futile + 1;
    at = poured.at;
    if (at < segment.to && futile > 0) {
      if (futile === MOST_FUTILE) {
        throw poured.cut ?? new ServerChanged();
      }
      await fetch.context.wait(FIRST_PAUSE_MS * 2 ** (futile - 1));
    }
  }
}

/** Asks for a segment from a place on. @throws as {@link fetchSegment} */
async function openSegment(
  { context, version, usesRanges, stop, writesAtOnce, queue, isAlone }: SegmentFetch,
  segment: Segment,
  at: number,
): Promise<OpenSegment> {
  stop.throwIfAborted();
  const { piece } = segment;
  const to = isAlone() ? queue.endOfRun(segment) : segment.to;
  const [from, end] = [at - piece.offset, to - piece.offset];
  const isPart = usesRanges && (from > 0 || end < piece.size);
  const answer = await context.generic.get(
    version,
    piece.name,
    isPart ? { from, to: end - 1 } : {},
    { reusesBuffers: writesAtOnce },
  );
  if (answer.kind === 'beyond-end') {
    throw new ServerChanged();
  }
  const isOther = (total(answer) ?? piece.size) !== piece.size;
  const isIgnored = isPart && answer.kind === 'whole';
  if (isOther || isIgnored || stop.aborted) {
    answer.body.on('error', () => undefined).destroy();
    stop.throwIfAborted();
    throw isOther ? new ServerChanged() : new RangesIgnored({ ...segment, from: at });
  }
  return answer.kind === 'whole'
    ? { body: answer.body, to: piece.offset + piece.size, skip: from }
    : { body: answer.body, to, skip: 0 };
}

function total(
  answer: Exclude<GenericDownload, { readonly kind: 'beyond-end' }>,
): number | undefined {
  return answer.kind === 'whole' ? answer.length : answer.total;
}

/** Reads a body to its end or to where it is cut. @throws as {@link fetchSegment}, for what no repetition mends */
async function drain(
  { stop, write }: SegmentFetch,
  { body, to, skip }: OpenSegment,
  options: Pick<PourOptions, 'from' | 'wantedUpTo'>,
): Promise<Poured> {
  const end = (): void => void body.destroy(stop.reason as Error);
  stop.addEventListener('abort', end, { once: true });
  if (stop.aborted) {
    end();
  }
  try {
    const poured = await pour(body, { ...options, to, skip }, write);
    stop.throwIfAborted();
    if (poured.cut && !isCut(poured.cut)) {
      throw poured.cut;
    }
    return poured;
  } catch (error) {
    stop.throwIfAborted();
    throw error instanceof TooManyBytes ? new ServerChanged() : error;
  } finally {
    stop.removeEventListener('abort', end);
  }
}

/** Whether the connection was lost; other errors come again. */
function isCut(error: Error): boolean {
  return error instanceof ClientError && error.facts.status === undefined;
}
