import type { IncomingHttpHeaders } from 'node:http';
import type { Method } from '../http/message';

/** Who can give an answer on the way to a registry. `unknown`: it could be several, or something else. */
export type Responder =
  'gitea' | 'forgejo' | 'traefik' | 'nginx' | 'cloudflare' | 'forward-auth' | 'unknown';

/** Protocol spoken: the OCI registry, the REST API, or the package routes below `/api/packages`. */
export type Surface = 'v2' | 'api' | 'generic';

/** An answer as far as it tells who gave it. */
export interface SeenAnswer {
  readonly method: Method;
  readonly surface: Surface;
  /** Path of the URL that answered, escapes kept. */
  readonly path: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The first two kilobytes of the body; not looked at for HEAD, whose answers have none. */
  readonly body: string;
}

/** What an answer must be for a row to speak of it; what is absent is not asked. */
export interface AnswerPattern {
  /** One status, several, or all from the first to the last: `{ from: 520, to: 530 }`. */
  readonly status?: number | readonly number[] | { readonly from: number; readonly to: number };
  readonly surface?: Surface | readonly Surface[];
  readonly method?: RegExp;
  readonly path?: RegExp;
  /**
   * Of the body; named groups fill the placeholders of the row. An answer to HEAD has no body, not an empty one: it fits
   * only where its length tells which body a GET would get.
   */
  readonly body?: RegExp;
  /** Of headers, by name in lower case; null: it must not be there. Named groups as in the body. */
  readonly headers?: { readonly [name: string]: RegExp | null };
}

/** One answer that somebody has seen, and what it means. */
export interface Fingerprint {
  /** Name of the row, for those who decide further by it. */
  readonly id: string;
  readonly when: AnswerPattern;
  readonly responder: Responder;
  /** What the answer means, as the end of a sentence; `{name}` stands for a group of the pattern. */
  readonly meaning: string;
  /** What to do next, in the imperative. @default - the meaning says it */
  readonly next?: string;
  /** Code whose truth is broken, most likely. */
  readonly code: string;
  /** Whether the server's own words are shown, because the row does not say them. @default false */
  readonly shows?: boolean;
}

/** Answers to methods that send something: what is cut there is an upload. */
export const SENDING = /^(PUT|POST|PATCH)$/;

/** Methods that change something. */
export const WRITING = /^(PUT|POST|PATCH|DELETE)$/;

/** Statuses that lead elsewhere. */
export const REDIRECTS = [301, 302, 303, 307, 308];

/** A body of nothing. */
export const EMPTY = /^\s*$/;

/**
 * What a GET would get where the answer to HEAD has this status and length (RFC 9110 §8.6): Gitea's web router, net/http
 * `NotFound`, and Traefik's status text, which its row takes only without a type.
 */
const BODIES_BY_LENGTH: { readonly [statusAndLength: string]: string } = {
  '403 9': 'Forbidden',
  '404 11': 'Not found.\n',
  '404 19': '404 page not found\n',
};

/**
 * Whether an answer fits a pattern.
 *
 * @returns the named groups of what fits; undefined when it does not
 */
export function answers(
  pattern: AnswerPattern,
  seen: SeenAnswer,
): { readonly [name: string]: string } | undefined {
  const { status, surface, method, path, headers = {} } = pattern;
  if (
    !takes(status, seen.status) ||
    (surface !== undefined && ![surface].flat().includes(seen.surface)) ||
    (method !== undefined && !method.test(seen.method)) ||
    (path !== undefined && !path.test(seen.path))
  ) {
    return undefined;
  }
  const found: { [name: string]: string } = {};
  for (const [text, expected] of [
    [bodyOfAnswer(seen), pattern.body] as const,
    ...Object.entries(headers).map(
      ([name, expected]) => [headerText(seen.headers[name]), expected] as const,
    ),
  ]) {
    if (expected === undefined) {
      continue;
    }
    const match = expected === null ? text === undefined : expected.exec(text ?? '');
    if (match === false || match === null || (expected !== null && text === undefined)) {
      return undefined;
    }
    Object.assign(found, match === true ? {} : match.groups);
  }
  return found;
}

function takes(expected: AnswerPattern['status'], status: number): boolean {
  if (expected === undefined || typeof expected === 'number') {
    return expected === undefined || expected === status;
  }
  return 'from' in expected
    ? status >= expected.from && status <= expected.to
    : expected.includes(status);
}

function bodyOfAnswer({ method, status, headers, body }: SeenAnswer): string | undefined {
  return method === 'HEAD' ? BODIES_BY_LENGTH[`${status} ${headers['content-length']}`] : body;
}

function headerText(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.join(', ');
}
