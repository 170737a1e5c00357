import type { Readable, TransformCallback } from 'node:stream';
import { pipeline, Transform } from 'node:stream';
import { ClientError } from '../error';
import type { HttpBody } from '../http/message';

/**
 * The body of one request of a session: what goes out is shown to somebody on its way, and once it was opened it is not
 * sent again, because the registry may have taken a part of it.
 */
export class UploadBody implements HttpBody {
  public readonly length?: number;
  private stream?: CountedStream;

  public constructor(
    private readonly source: HttpBody,
    private readonly see: (chunk: Buffer) => void,
  ) {
    this.length = source.length;
  }

  /** As long as nobody has read a byte, the request can be made again. */
  public get isReplayable(): boolean {
    return this.stream === undefined;
  }

  /** Bytes that went out. */
  public get sent(): number {
    return this.stream?.bytes ?? 0;
  }

  /** Whether all of it went out. */
  public get isSent(): boolean {
    return this.stream?.readableEnded ?? false;
  }

  public open(): Readable {
    this.stream = new CountedStream(this.length, this.see);
    // What goes wrong comes out of the stream; the callback only keeps pipeline from throwing it.
    pipeline(this.source.open(), this.stream, () => undefined);
    return this.stream;
  }
}

/** Bytes that wait for the network: disk and network need not keep step with each other. */
const READ_AHEAD = 1024 * 1024;

/** Passes bytes on, no more and no fewer than were announced: the rest of a body would be read as the next request. */
class CountedStream extends Transform {
  public bytes = 0;

  public constructor(
    private readonly length: number | undefined,
    private readonly see: (chunk: Buffer) => void,
  ) {
    super({ highWaterMark: READ_AHEAD });
  }

  public override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: TransformCallback,
  ): void {
    this.bytes += chunk.length;
    if (this.length !== undefined && this.bytes > this.length) {
      done(this.changed(`more than ${this.length}`));
    } else {
      this.see(chunk);
      done(null, chunk);
    }
  }

  public override _flush(done: TransformCallback): void {
    const isShort = this.length !== undefined && this.bytes < this.length;
    done(isShort ? this.changed(`${this.bytes} of ${this.length}`) : null);
  }

  private changed(found: string): ClientError {
    return new ClientError(
      `the source changed while it was sent: it gave ${found} bytes; push it again when nothing writes to it`,
      'REG475',
    );
  }
}
