import type { TransformCallback } from 'node:stream';
import { pipeline, Transform } from 'node:stream';
import { ClientError } from '../error';
import { brokenBody } from '../http/answer';
import type { HttpRequest, HttpResponse } from '../http/message';
import { shownUrl } from '../http/recording';
import type { Digest } from './digest';
import { DigestMeter } from './digest';

/** What the bytes of an answer must be. */
export interface ExpectedBytes {
  readonly digest: Digest;
  /** Bytes. @default - any number */
  readonly size?: number;
  /** What they are, for messages: `blob sha256:… of 'owner/image'`. */
  readonly what: string;
}

/** Bytes that wait for a reader: network and disk need not keep step with each other. */
const READ_AHEAD = 1024 * 1024;

/**
 * The bytes of an answer, compared with their digest while they pass. What is wrong fails before the end: a reader that
 * sees the end has seen the right bytes, and never more of them than expected.
 */
export class VerifiedBody extends Transform {
  private readonly meter = new DigestMeter();

  public constructor(
    private readonly answer: HttpResponse,
    private readonly request: HttpRequest,
    private readonly expected: ExpectedBytes,
  ) {
    super({ highWaterMark: READ_AHEAD });
    // What goes wrong comes out of this stream; the callback only keeps pipeline from throwing it.
    pipeline(answer.body, this, () => undefined);
  }

  public override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: TransformCallback,
  ): void {
    this.meter.update(chunk);
    const { size = Infinity } = this.expected;
    if (this.meter.size > size) {
      done(this.wrong(`it goes on behind its ${size} bytes`));
    } else {
      done(null, chunk);
    }
  }

  public override _flush(done: TransformCallback): void {
    const { digest, size } = this.expected;
    if (size !== undefined && this.meter.size < size) {
      done(this.wrong(`it ended after ${this.meter.size} of ${size} bytes`));
    } else if (this.meter.digest() !== digest) {
      done(this.wrong(`its digest is ${this.meter.digest()}`));
    } else {
      done();
    }
  }

  public override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    done(error && this.explained(error));
  }

  /** In words, when it is the answer that broke off and not the reader who had enough. */
  private explained(error: Error): Error {
    const { body, url } = this.answer;
    const { signal } = this.request;
    if (error instanceof ClientError || !body.destroyed || body.readableEnded) {
      return error;
    }
    return signal?.aborted
      ? (signal.reason as Error)
      : brokenBody(error, { request: this.request, url });
  }

  private wrong(observed: string): ClientError {
    const { url, status } = this.answer;
    return new ClientError(
      `'${url.host}' sent other bytes than asked for as ${this.expected.what}: ${observed}; read it once more, and if that ends alike, a proxy changes bodies or the file in the store is damaged`,
      'REG735',
      { method: this.request.method, url: shownUrl(url), status },
    );
  }
}
