import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';

/** Methods the registry protocols use. */
export type Method = 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';

/** Bytes to send. */
export interface HttpBody {
  /** Number of bytes. @default - unknown: sent chunked */
  readonly length?: number;
  /** A fresh stream of the bytes; called once for each attempt. */
  open(): Readable;
  /** Whether {@link open} gives the same bytes again. @default false */
  readonly isReplayable?: boolean;
}

/** A request of the one HTTP stack. */
export interface HttpRequest {
  readonly method: Method;
  /** Absolute, `http` or `https`, percent-escapes as they go on the wire. */
  readonly url: URL;
  readonly headers?: { readonly [name: string]: string };
  /**
   * Value of `Authorization` for a URL, asked again for each redirect: a credential belongs to an origin.
   * @default - none
   */
  readonly authorize?: (url: URL) => string | undefined;
  readonly body?: HttpBody;
  /**
   * Whether sending it twice does no harm, so that it is sent again when nobody knows whether it arrived.
   * @default - true for GET and HEAD
   */
  readonly isRepeatable?: boolean;
  /**
   * Whether to ask before the body is sent (RFC 9110 §10.1.1 `Expect: 100-continue`).
   * @default - for bodies from 1 MiB on
   */
  readonly expectContinue?: boolean;
  /**
   * Whether chunks of a long body may be overwritten once the handler of `data` returns: a reader that copies or writes
   * them at once is spared a new buffer for each, and the connection ends with such a body.
   * @default false
   */
  readonly reusesBuffers?: boolean;
  /** Milliseconds without any progress after which it fails. @default - of the transport */
  readonly idleMs?: number;
  /** Whether a redirect is followed. @default - true for GET and HEAD */
  readonly followRedirects?: boolean;
  readonly signal?: AbortSignal;
}

/** An answer whose body is still to be read, or discarded. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  /** Where the answer came from, after redirects. */
  readonly url: URL;
  /** Whether an earlier attempt may have done the work already. */
  readonly isRepeated: boolean;
  /** Whether the answer came before the whole body was sent. */
  readonly isEarly: boolean;
  readonly body: Readable;
  /**
   * The whole body as text. One that breaks off is asked for again, when it is that of a GET.
   *
   * @param limit most bytes; what is beyond is cut off. @default 65536
   */
  text(limit?: number): Promise<string>;
  /**
   * The whole body as JSON; asked for again like {@link text}.
   *
   * @throws ClientError REG210 when it is none
   */
  json(): Promise<unknown>;
  /** Reads and drops the body, so that the connection can serve the next request. */
  discard(): Promise<void>;
}

/** A body of text or bytes in memory. */
export function bodyOf(content: string | Buffer): HttpBody {
  const bytes = Buffer.from(content);
  return {
    length: bytes.length,
    open: () => Readable.from([bytes], { objectMode: false }),
    isReplayable: true,
  };
}
