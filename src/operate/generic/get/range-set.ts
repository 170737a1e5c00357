/** Bytes from the first to before the second. */
export type ByteRange = readonly [from: number, to: number];

/** Which bytes of a file are there: ranges in order, none touching the next. */
export class RangeSet {
  private ranges: ByteRange[] = [];

  public constructor(ranges: Iterable<ByteRange> = []) {
    for (const [from, to] of ranges) {
      this.add(from, to);
    }
  }

  /** How many bytes are there. */
  public get total(): number {
    return this.ranges.reduce((sum, [from, to]) => sum + to - from, 0);
  }

  /** How many bytes are there without a gap from the start. */
  public get prefix(): number {
    const first = this.ranges[0];
    return first?.[0] === 0 ? first[1] : 0;
  }

  /** Adds the bytes from `from` to before `to`; an empty range adds nothing. */
  public add(from: number, to: number): void {
    if (from >= to) {
      return;
    }
    const before = this.ranges.filter((range) => range[1] < from);
    const after = this.ranges.filter((range) => range[0] > to);
    const touching = this.ranges.slice(before.length, this.ranges.length - after.length);
    const start = Math.min(from, ...touching.map((range) => range[0]));
    const end = Math.max(to, ...touching.map((range) => range[1]));
    this.ranges = [...before, [start, end], ...after];
  }

  /** What is there, in order. */
  public list(): readonly ByteRange[] {
    return this.ranges;
  }

  /** What is not there of the bytes from `from` to before `to`, in order. */
  public missing(from: number, to: number): ByteRange[] {
    const gaps: ByteRange[] = [];
    let at = from;
    for (const [start, end] of this.ranges) {
      if (start >= to) {
        break;
      }
      if (start > at) {
        gaps.push([at, start]);
      }
      at = Math.max(at, end);
    }
    return at < to ? [...gaps, [at, to]] : gaps;
  }
}
