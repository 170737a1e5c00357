import type { IncomingHttpHeaders } from 'node:http';

/** A request as the fake's handlers see it. */
export interface FakeRequest {
  readonly method: string;
  /** Path as it was sent, percent-escapes kept, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** `host[:port]` the client asked for. */
  readonly host: string;
  /** Whether the fake itself terminates TLS. */
  readonly overTls: boolean;
  /**
   * The whole body. A waiting client (`Expect: 100-continue`) gets its 100 only now, as from Go's server.
   *
   * @throws BodyCut when the connection ended before the body did
   */
  bytes(): Promise<Buffer>;
}

/** A body that ended too early. */
export class BodyCut extends Error {
  public constructor(
    /** What arrived. */
    public readonly received: Buffer,
  ) {
    super('the client closed the connection before the body was complete');
    this.name = 'BodyCut';
  }
}

/** A header as it goes out. */
export type FakeHeader = readonly [name: string, value: string];

/** What a handler answers. The wire sorts the headers by name, as Go's server does. */
export interface FakeAnswer {
  readonly status: number;
  readonly headers: readonly FakeHeader[];
  /** @default - no body: `Content-Length: 0`, nothing to HEAD and with 204 */
  readonly body?: string | Buffer;
  /** `Content-Type` Go guesses from the bytes; stands behind the other headers, and HEAD has none. */
  readonly sniffedType?: string;
}
