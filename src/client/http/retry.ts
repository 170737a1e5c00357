import type { HttpRequest } from './message';

/** How often and how long a request is tried again. */
export interface RetryPolicy {
  /** Attempts in all. @default 4 */
  readonly attempts: number;
  /** Bound of the first pause, milliseconds; it doubles. @default 500 */
  readonly baseMs: number;
  /** Bound of every pause, milliseconds. @default 10000 */
  readonly capMs: number;
  /** Longest `Retry-After` that is waited for, milliseconds. @default 60000 */
  readonly longestWaitMs: number;
}

/** What the command uses. */
export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 4,
  baseMs: 500,
  capMs: 10_000,
  longestWaitMs: 60_000,
};

/** How an attempt ended that may be made again. */
export type Failure =
  /** The server saw nothing of it, or says that it did nothing. */
  | 'not-done'
  /** The connection was lost, or a proxy gave up: it may have been done. */
  | 'uncertain'
  /** Trying again cannot help. */
  | 'final';

/**
 * Answers of a proxy, or of a server that turns work away before it does any (RFC 6585 §4, RFC 9110 §15.6).
 *
 * A 503 says so only when it names a time to come back: Envoy answers 503 also when the server was lost at its work.
 *
 * @param retryAfter value of `Retry-After`
 */
export function failureOfStatus(status: number, retryAfter?: string): Failure | undefined {
  switch (status) {
    case 429:
      return 'not-done';
    case 503:
      return retryAfter === undefined ? 'uncertain' : 'not-done';
    case 502:
    case 504:
      return 'uncertain';
    default:
      return undefined;
  }
}

/**
 * Whether a request may be sent again after such an end.
 *
 * @param isBodyOpened whether some of its body may have been read from its source
 */
export function mayRepeat(request: HttpRequest, failure: Failure, isBodyOpened = true): boolean {
  const canReplay =
    request.body === undefined || request.body.isReplayable === true || !isBodyOpened;
  return (
    canReplay && (failure === 'not-done' || (failure === 'uncertain' && isRepeatable(request)))
  );
}

/** Whether sending the request twice does no harm. */
export function isRepeatable({ method, isRepeatable: declared }: HttpRequest): boolean {
  return declared ?? (method === 'GET' || method === 'HEAD');
}

/**
 * Milliseconds to wait before the next attempt: what the server asks for, else full jitter.
 *
 * @param attempt the one that failed, from 1
 * @param retryAfter value of `Retry-After` (RFC 9110 §10.2.3): seconds, or a date
 * @param random gives 0 to 1
 * @returns undefined when the server asks for more than anyone waits
 */
export function pauseAfter(
  attempt: number,
  retryAfter: string | undefined,
  policy: RetryPolicy,
  { random, now }: { readonly random: () => number; readonly now: () => number },
): number | undefined {
  const asked = retryAfterMs(retryAfter, now());
  if (asked === undefined) {
    return random() * Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
  }
  return asked <= policy.longestWaitMs ? asked : undefined;
}

/** Milliseconds of a `Retry-After` value; undefined for what is none. */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  const text = value?.trim();
  if (!text) {
    return undefined;
  }
  if (/^\d+$/.test(text)) {
    return Number(text) * 1000;
  }
  // asctime says nothing of its zone; all three forms are in UTC (RFC 9110 §5.6.7).
  const date = /^[A-Z][a-z]+,? /.test(text) ? Date.parse(text.replace(/( GMT)?$/, ' GMT')) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
