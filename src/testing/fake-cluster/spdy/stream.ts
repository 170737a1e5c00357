import { Duplex } from 'node:stream';
import { FLAG_FIN } from './frame';
import type { SpdyFrame } from './frame';
import type { SpdyHeaders } from './header-block';

/** A stream the client has opened: both directions, each ended by FIN. */
export class SpdyStream extends Duplex {
  private room: () => void = () => undefined;

  /** @param send writes a frame of this session, and is done when the bytes are on their way */
  constructor(
    readonly id: number,
    readonly headers: SpdyHeaders,
    private readonly send: (frame: SpdyFrame) => Promise<void>,
  ) {
    super();
  }

  /** Takes what arrived; done when there is room for more, or nobody reads any longer. `null` ends this direction. */
  async arrive(data: Buffer | null): Promise<void> {
    if (this.destroyed || this.readableEnded || this.push(data) || data === null) return;
    await new Promise<void>((resolve) => {
      this.room = resolve;
    });
  }

  override _read(): void {
    this.room();
  }

  override _write(payload: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.send({ stream: this.id, flags: 0, payload }).then(() => done(), done);
  }

  override _final(done: (error?: Error) => void): void {
    const fin = { stream: this.id, flags: FLAG_FIN, payload: Buffer.alloc(0) };
    this.send(fin).then(() => done(), done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.room();
    done(error);
  }
}
