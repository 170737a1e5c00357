import { Writable } from 'node:stream';

/** Takes bytes that belong at a place of the whole file. */
export type WriteBytes = (bytes: readonly Buffer[], at: number) => Promise<void>;

/** More came than was asked for. */
export class TooManyBytes extends Error {}

/** What a sink takes, and how. */
export interface SegmentSinkOptions {
  /** First byte of the whole file that is wanted. */
  readonly from: number;
  /** Byte after the last one. */
  readonly to: number;
  /** Bytes of the body before the first one. @default 0 */
  readonly skip?: number;
  /** Bytes that are handed on together: each time costs a change of threads. @default - what comes at once */
  readonly batch?: number;
}

/** Takes the body of one answer and hands it on, each piece with its place. */
export class SegmentSink extends Writable {
  private place: number;
  private skip: number;
  private readonly batch: number;
  private collected: Buffer[] = [];
  private size = 0;

  public constructor(
    private readonly options: SegmentSinkOptions,
    private readonly handOn: WriteBytes,
  ) {
    super();
    this.place = options.from;
    this.skip = options.skip ?? 0;
    this.batch = options.batch ?? 0;
  }

  /** Up to where everything was handed on. */
  public get at(): number {
    return this.place;
  }

  public override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    const skipped = Math.min(this.skip, chunk.length);
    this.skip -= skipped;
    this.collected.push(chunk.subarray(skipped));
    this.size += chunk.length - skipped;
    if (this.place + this.size > this.options.to) {
      done(new TooManyBytes('more bytes came than were asked for'));
    } else if (this.size < this.batch) {
      done();
    } else {
      this.flush(done);
    }
  }

  public override _final(done: (error?: Error) => void): void {
    this.flush(done);
  }

  private flush(done: (error?: Error) => void): void {
    const { collected, size } = this;
    this.collected = [];
    this.size = 0;
    if (size === 0) {
      done();
      return;
    }
    this.handOn(collected, this.place).then(
      () => {
        this.place += size;
        done();
      },
      (error: Error) => done(error),
    );
  }
}
