import type { GenericContext } from '../context';
import type { SegmentFetch } from './fetch-segment';
import { fetchSegment, RangesIgnored } from './fetch-segment';
import type { NetworkWait } from './network-wait';
import { IdleTime } from './network-wait';
import type { GenericVersion } from '../place';
import type { RangeSet } from './range-set';
import type { WriteBytes } from './pour';
import { SegmentQueue } from './segment-queue';
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
  /** Most connections at once. */
  readonly parallel: number;
  /** Most bytes of one segment. */
  readonly segmentSize: number;
  /** Shared with other files; with one slot the bytes come in order. */
  readonly slots: Slots;
  /** @default IdleTime */
  readonly wait?: NetworkWait;
}

/** Milliseconds after which it is looked again whether more connections help, also while nothing comes. */
const LOOK_EVERY_MS = 100;

/**
 * Fetches what is missing: over one connection in order, and over more of them, each with a range of its own, once this
 * process waits for the network. Where one connection brings as much as can be written, others would only cost the server
 * work and bring the bytes out of order.
 *
 * Where ranges cannot be had, each stored file comes as one stream, and what is there already is dropped from it.
 *
 * @throws as {@link fetchSegment}; what is under way has ended then
 */
export async function fetchAll(all: FetchAll): Promise<void> {
  try {
    await new Fetching(all, true).run();
  } catch (error) {
    if (!(error instanceof RangesIgnored)) {
      throw error;
    }
    await new Fetching({ ...all, parallel: 1 }, false).run();
  }
}

/** Fetches with ranges, or without. */
class Fetching {
  private readonly queue: SegmentQueue;
  private readonly stop = new AbortController();
  private readonly fetch: SegmentFetch;
  private readonly wait: NetworkWait;
  private readonly workers: Promise<void>[] = [];
  /** Workers that are not at their end. */
  private active = 0;
  private most: number;
  private failure?: unknown;

  public constructor(
    private readonly all: FetchAll,
    usesRanges: boolean,
  ) {
    const { context, pieces, done, segmentSize, write, parallel, wait = new IdleTime() } = all;
    this.queue = new SegmentQueue(segments(pieces, done, segmentSize));
    this.wait = wait;
    this.most = parallel;
    const signals = [this.stop.signal, ...(context.signal ? [context.signal] : [])];
    this.fetch = {
      ...all,
      usesRanges,
      stop: AbortSignal.any(signals),
      queue: this.queue,
      isAlone: () => this.active === 1,
      write: (bytes, at) => {
        const writing = write(bytes, at);
        this.look();
        return writing;
      },
    };
  }

  public async run(): Promise<void> {
    this.begin();
    const looking = setInterval(() => this.look(), LOOK_EVERY_MS);
    for (const worker of this.workers) {
      await worker;
    }
    clearInterval(looking);
    if (this.failure !== undefined) {
      throw this.failure;
    }
    const left = this.queue.take();
    if (left) {
      throw new RangesIgnored(left);
    }
  }

  private begin(): void {
    this.active += 1;
    this.workers.push(
      this.work()
        .catch((error: unknown) => {
          this.failure ??= error;
          this.stop.abort(error);
        })
        .finally(() => (this.active -= 1)),
    );
  }

  /** Begins another connection where it helps. */
  private look(): void {
    // Nobody asks for parts of what does not come at all.
    const hasBegun = this.all.done.total > 0;
    if (
      hasBegun &&
      this.active < this.most &&
      !this.queue.isEmpty &&
      !this.fetch.stop.aborted &&
      this.wait.isLong()
    ) {
      this.begin();
    }
  }

  private async work(): Promise<void> {
    for (let goesOn = true; goesOn && !this.queue.isEmpty;) {
      goesOn = await this.all.slots.run(() => this.fetchNext());
    }
  }

  /** @returns whether to fetch more after it */
  private async fetchNext(): Promise<boolean> {
    const segment = this.queue.take();
    if (!segment) {
      return false;
    }
    try {
      await fetchSegment(this.fetch, segment);
      return true;
    } catch (error) {
      if (!(error instanceof RangesIgnored) || this.active === 1) {
        throw error;
      }
      // The others go on, and what they do not come by begins anew.
      this.most = 1;
      this.queue.putBack(error.rest);
      return false;
    }
  }
}
