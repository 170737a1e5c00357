import type { OutgoingMessage } from 'node:http';
import { Writable } from 'node:stream';

/** Where a body goes, and how far. */
export interface CutSinkOptions {
  readonly target: OutgoingMessage;
  /** Bytes that may pass. */
  readonly limit: number;
  /** A byte more came; what may pass has been handed to the network. */
  readonly onCut: () => void;
  /** The body ended within the limit and was handed to the network. */
  readonly onEnd: () => void;
}

/**
 * Writes a body to a message, up to a limit. What comes after it, or after the message was closed, is swallowed: a
 * proxy that has answered still reads what its client sends.
 */
export class CutSink extends Writable {
  private left: number;
  private open = true;

  public constructor(private readonly options: CutSinkOptions) {
    super();
    this.left = options.limit;
    options.target.once('close', () => (this.open = false));
  }

  public override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (!this.open) {
      done();
      return;
    }
    const part = chunk.subarray(0, this.left);
    this.left -= part.length;
    this.options.target.write(part, () => {
      if (this.open && part.length < chunk.length) {
        this.open = false;
        this.options.onCut();
      }
      done();
    });
  }

  public override _final(done: () => void): void {
    if (this.open) {
      this.options.onEnd();
    }
    done();
  }
}
