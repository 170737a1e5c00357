import { Transform } from 'node:stream';

/** Lets a body through one byte at a time, `interval` milliseconds apart; 0: each in a turn of the event loop of its own. */
export class SlowBody extends Transform {
  private cancel?: () => void;

  public constructor(private readonly interval: number) {
    super();
  }

  public override _transform(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.drip(chunk, 0, done);
  }

  public override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.cancel?.();
    done(error);
  }

  private drip(chunk: Buffer, at: number, done: () => void): void {
    if (at === chunk.length) {
      done();
      return;
    }
    this.cancel = later(this.interval, () => {
      this.push(chunk.subarray(at, at + 1));
      this.drip(chunk, at + 1, done);
    });
  }
}

/** Runs `step` after so many milliseconds; `setTimeout` knows no pause below one. */
function later(interval: number, step: () => void): () => void {
  if (interval === 0) {
    const immediate = setImmediate(step);
    return () => clearImmediate(immediate);
  }
  const timer = setTimeout(step, interval);
  return () => clearTimeout(timer);
}
