import type { Segment } from './segments';

/** Segments that nobody fetches yet, in order. */
export class SegmentQueue {
  public constructor(private readonly waiting: Segment[]) {}

  public get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** The next one, for whoever fetches it. */
  public take(): Segment | undefined {
    return this.waiting.shift();
  }

  /** Gives back what was not fetched of one. */
  public putBack(segment: Segment): void {
    const after = this.waiting.findIndex(({ from }) => from > segment.from);
    this.waiting.splice(after < 0 ? this.waiting.length : after, 0, segment);
  }

  /** Takes the segment that follows on this one in the same stored file, where it waits. */
  public takeNext({ piece, to }: Segment): Segment | undefined {
    const [next] = this.waiting;
    return next?.from === to && next.piece === piece ? this.waiting.shift() : undefined;
  }

  /** Up to where all that follows on a segment in the same stored file waits. */
  public endOfRun(segment: Segment): number {
    return this.waiting.reduce(
      (end, { piece, from, to }) => (piece === segment.piece && from === end ? to : end),
      segment.to,
    );
  }
}
