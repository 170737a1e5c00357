import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';

/**
 * A long body that comes past the HTTP parser, which copies every chunk: one buffer of the connection is read into again
 * and again, and a chunk is overwritten once the handler of `data` returns. What the stream itself has to keep, because
 * nobody takes it at once, is left alone. The parser never sees the end, so the connection ends with the body.
 */
export class DirectBody extends Readable {
  /** Bytes that are still to come. */
  private left: number;

  /** @param length bytes of the body, more than come with the head */
  public constructor(
    private readonly message: IncomingMessage,
    private readonly socket: Socket,
    length: number,
  ) {
    // Nothing is read ahead: what is not asked for stays with the kernel, and its sender waits.
    super({ highWaterMark: 0 });
    this.left = length;
    // As with a message: who is not there yet finds the error later.
    this.on('error', () => undefined);
    // Node.js takes the end of the connection for that of a message cut short.
    message.on('error', () => undefined);
  }

  /** Whether all of it came. */
  public get complete(): boolean {
    return this.left === 0;
  }

  /** Whether it is the reader who lets nothing come. */
  public get isHeld(): boolean {
    return this.socket.isPaused();
  }

  /** Goes on where the parser has stopped: it had what came with the head. */
  public begin(): void {
    const first = this.message.read() as Buffer | null;
    this.socket.pause();
    if (first) {
      this.left -= first.length;
      this.push(first);
    }
  }

  /**
   * Takes what was read from the connection.
   *
   * @returns whether the bytes were handed on at once, so that their buffer is free
   */
  public receive(bytes: Buffer): boolean {
    if (this.destroyed) {
      return true;
    }
    const wanted = bytes.subarray(0, this.left);
    this.left -= wanted.length;
    this.push(wanted);
    const isFree = this.readableLength === 0;
    if (this.complete) {
      this.push(null);
      this.socket.destroy();
    } else if (!isFree || this.isPaused()) {
      this.socket.pause();
    }
    return isFree;
  }

  public override _read(): void {
    this.socket.resume();
  }

  public override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.socket.destroy();
    done(error);
  }
}
