import { Transform } from 'node:stream';

/** Flips the lowest bit of one byte of a body: same length, another digest. */
export class FlippedBody extends Transform {
  private passed = 0;

  public constructor(private readonly at: number) {
    super();
  }

  public override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error: null, chunk: Buffer) => void,
  ): void {
    const index = this.at - this.passed;
    this.passed += chunk.length;
    done(null, index >= 0 && index < chunk.length ? flipped(chunk, index) : chunk);
  }
}

function flipped(chunk: Buffer, index: number): Buffer {
  const copy = Buffer.from(chunk);
  copy[index] = copy[index]! ^ 1;
  return copy;
}
