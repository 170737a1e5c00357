import type { HeaderLine } from './header-lines';
import type { ProxyAnswer } from './proxy-answer';

/** The first line of a request, as `match` sees it. */
export interface RequestLine {
  readonly method: string;
  /** As it was sent: percent-escapes and query kept. */
  readonly path: string;
}

/** Which requests a switch is for. */
export interface Limit {
  /** @default - every request */
  readonly match?: (request: RequestLine) => boolean;
  /** The switch is for the first so many requests that match, counted when their headers arrive. @default - all */
  readonly times?: number;
}

/**
 * How a connection ends: `reset` with a TCP RST, `close` in order after what was written, `silence` not at all: it
 * stays open and nothing more comes.
 */
export type Ending = 'reset' | 'close' | 'silence';

/** Header lines taken away, then added. A name in both is replaced. */
export interface HeaderEdit {
  readonly strip?: readonly string[];
  readonly add?: readonly HeaderLine[];
}

/** A request body that does not get through. A body that is whole before is not cut. */
export interface RequestCut {
  /** So many bytes reach the upstream; the next one cuts. */
  readonly afterBytes?: number;
  /** The body must be whole so many milliseconds after the headers, as with Traefik's `readTimeout`. */
  readonly afterMilliseconds?: number;
  /**
   * What the client gets; the connection to the upstream always closes. `traefik`: 504 `Gateway Timeout`.
   *
   * @default 'traefik'
   */
  readonly how?: 'traefik' | Ending;
}

/** A response body that ends too early. A body that is not longer arrives whole. */
export interface ResponseCut {
  /** So many bytes reach the client; the next one cuts. */
  readonly afterBytes: number;
  /**
   * `close`, `reset` and `silence` keep the Content-Length of the upstream; `complete` gives the length of what is
   * left, so that only a digest shows it.
   *
   * @default 'close'
   */
  readonly how?: Ending | 'complete';
}

/** The programs whose refusal of a large body is known. */
export type BodyLimitStyle = 'nginx' | 'cloudflare' | 'traefik';

/** A limit on the request body, answered with 413 as soon as Content-Length or the bytes themselves pass it. */
export interface BodyLimit {
  /** The largest body that passes. */
  readonly bytes: number;
  readonly style: BodyLimitStyle;
}

/** `%2F` in the path; the query is untouched. */
export interface EncodedSlash {
  /**
   * `decode`: the upstream sees `/` (nginx, `proxy_pass` with a URI part); `refuse`: 400 with an empty body (Traefik
   * 3.6.4 to 3.6.6, or `allowEncodedSlash: false`).
   */
  readonly treatment: 'decode' | 'refuse';
}

/** A redirect in the style of Traefik's redirectScheme: the body is the text of the status. */
export interface Redirect {
  readonly status: 301 | 302 | 303 | 307 | 308;
  /**
   * `{path}` stands for path and query as sent, `{origin}` for the proxy itself as the client named it:
   * `https://git.example.org{path}`; `{origin}{path}` is a loop.
   */
  readonly location: string;
}

/** A connection that ends instead of an answer. */
export interface BreakOff {
  /**
   * `request`: before anything is passed on. `answer`: the upstream has answered, so it did the work, and the client
   * does not hear of it. `answer-header`: in the middle of the answer's header lines.
   */
  readonly at: 'request' | 'answer' | 'answer-header';
  /** @default 'reset' */
  readonly how?: Ending;
}

/** A body that comes one byte at a time. */
export interface Slow {
  /** Milliseconds between two bytes; 0: as fast as one at a time can be. */
  readonly interval: number;
}

/** A body with one wrong byte. */
export interface FlippedByte {
  /** Which byte, from 0. @default 0 */
  readonly at?: number;
}

/** What can go wrong with one exchange: each switch once. */
export interface Faults {
  /** Lines of the request, before the upstream sees them. */
  readonly requestHeaders?: HeaderEdit;
  /** Lines of the answer, before the client sees them. */
  readonly responseHeaders?: HeaderEdit;
  /** The `Host` the upstream sees. @default - the client's */
  readonly host?: { readonly value: string };
  /** The `X-Forwarded-Proto` the upstream sees, lists (`https, http`) too. @default - the client's, or none */
  readonly forwardedProto?: { readonly value: string };
  /**
   * Who answers `Expect: 100-continue`. `proxy`: the proxy itself, at once, and the upstream does not see the header
   * (nginx). @default - the upstream; its answer is passed on
   */
  readonly expectContinue?: { readonly by: 'proxy' };
  readonly encodedSlash?: EncodedSlash;
  readonly bodyLimit?: BodyLimit;
  readonly redirect?: Redirect;
  /** An answer instead of the upstream's. */
  readonly answer?: ProxyAnswer;
  readonly breakOff?: BreakOff;
  readonly requestCut?: RequestCut;
  readonly responseCut?: ResponseCut;
  readonly slow?: Slow;
  /** Flips the lowest bit of one byte of the answer's body. */
  readonly flippedByte?: FlippedByte;
  /** Another digest in the answer's `Docker-Content-Digest`, where there is one. */
  readonly contentDigest?: { readonly value: string };
}

/** One setting of a switch, or several: the first one that is for a request counts. */
export type Setting<Fault> = (Fault & Limit) | readonly (Fault & Limit)[];

/**
 * The switches of a FaultProxy. They combine. On a request, `breakOff` at the request comes first, then `encodedSlash`,
 * `bodyLimit` by Content-Length, `redirect`, `answer`; what concerns the answer holds for the proxy's own answers too.
 */
export type Switches = { readonly [Name in keyof Faults]?: Setting<NonNullable<Faults[Name]>> };
