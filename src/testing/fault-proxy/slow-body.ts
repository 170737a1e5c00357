import { Transform } from 'node:stream';

/** Lets a body through one byte at a time, `interval` milliseconds apart. */
export class SlowBody extends Transform {
  private timer?: NodeJS.Timeout;

  public constructor(private readonly interval: number) {
    super();
  }

  public override _transform(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.drip(chunk, 0, done);
  }

  public override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.timer);
    done(error);
  }

  private drip(chunk: Buffer, at: number, done: () => void): void {
    if (at === chunk.length) {
      done();
      return;
    }
    this.timer = setTimeout(() => {
      this.push(chunk.subarray(at, at + 1));
      this.drip(chunk, at + 1, done);
    }, this.interval);
  }
}
