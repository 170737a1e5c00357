import { setTimeout as sleep } from 'node:timers/promises';
import { ClientError } from '../error';
import { Answer } from './answer';
import type { DialOptions } from './dial';
import { Dialer } from './dial';
import type { Outcome } from './exchange';
import { exchange } from './exchange';
import { Journal } from './journal';
import type { HttpRequest, HttpResponse } from './message';
import type { Recorder } from './recording';
import { isSecretHeader, shownUrl } from './recording';
import { redirectTarget } from './redirect';
import type { Failure, RetryPolicy } from './retry';
import { DEFAULT_RETRY, failureOfStatus, isRepeatable, mayRepeat, pauseAfter } from './retry';
import { isAnnounced } from './sending';

/** How a {@link Transport} works. */
export interface TransportOptions extends DialOptions {
  readonly retry?: Partial<RetryPolicy>;
  /** Milliseconds without any progress after which a request fails. @default 60000 */
  readonly idleMs?: number;
  /** Sent as `User-Agent`. @default gitea-registry */
  readonly userAgent?: string;
  /** Sees every attempt, redacted. @default - nobody */
  readonly record?: Recorder;
  /** Waits between attempts. @default - timers */
  readonly wait?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Gives 0 to 1, for the jitter. @default Math.random */
  readonly random?: () => number;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

/** What became of one hop. */
interface Hop {
  readonly answer: Answer;
  /** Whether an earlier attempt may have done the work. */
  readonly isRepeated: boolean;
}

/** Chains of redirects end here; object stores and renamed owners take one. */
const MOST_REDIRECTS = 5;

const IDLE_MS = 60_000;

/**
 * The one HTTP stack of clients and doctor: HTTP/1.1 with kept connections, deadlines, retries where repeating is
 * safe, redirects without the credentials of another origin, and a redacted record of every attempt.
 */
export class Transport {
  /** How often and how long a request is tried again; what is bigger than a request keeps to it too. */
  public readonly retry: RetryPolicy;
  private readonly dialer: Dialer;
  private readonly journal: Journal;

  public constructor(private readonly options: TransportOptions = {}) {
    this.dialer = new Dialer(options);
    this.journal = new Journal(options.record);
    this.retry = { ...DEFAULT_RETRY, ...options.retry };
  }

  /**
   * Sends a request; any status is an answer.
   *
   * @throws ClientError REG112, REG113, REG120, REG122, REG123, REG124 or REG210 when no answer came, REG219 for a
   * redirect without end or one that leaves https; the reason of the signal when it is aborted; the error of a body
   * that cannot be read
   */
  public async send(request: HttpRequest): Promise<HttpResponse> {
    let { url } = request;
    let isRepeated = false;
    for (let redirects = 0; ; redirects++) {
      const hop = await this.persist(request, url, isRepeated);
      isRepeated = hop.isRepeated;
      const target = await this.redirected(request, hop.answer, redirects);
      if (target === undefined) {
        return hop.answer;
      }
      url = target;
    }
  }

  /**
   * Waits before something bigger than a request, such as an upload, is tried again, as {@link retry} says.
   *
   * @param attempt the one that failed, from 1
   * @param retryAfter value of `Retry-After`
   * @returns false when there is to be no other: it was the last, or the server asks for more patience than anyone has
   * @throws the reason of the signal
   */
  public async waitAfter(
    attempt: number,
    retryAfter: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const pause = attempt < this.retry.attempts ? this.pause(retryAfter, attempt) : undefined;
    if (pause !== undefined) {
      await this.wait(pause, signal);
    }
    return pause !== undefined;
  }

  /** Ends every kept connection. */
  public close(): void {
    this.dialer.close();
  }

  /** Where the answer sends the request, if anywhere; the answer is done with then. */
  private async redirected(
    request: HttpRequest,
    answer: Answer,
    redirects: number,
  ): Promise<URL | undefined> {
    let target: URL | undefined;
    try {
      target = redirectTarget(request, answer);
      if (target === undefined) {
        return undefined;
      }
    } catch (error) {
      await answer.discard();
      throw error;
    }
    await answer.discard();
    if (redirects === MOST_REDIRECTS) {
      throw new ClientError(
        `'${request.url.host}' redirects without end, last to '${shownUrl(target)}'`,
        'REG219',
        { method: request.method, url: shownUrl(request.url), status: answer.status },
      );
    }
    return target;
  }

  /** One hop, tried again as long as that is safe and promising. */
  private async persist(
    request: HttpRequest,
    url: URL,
    wasRepeated: boolean,
    firstAttempt = 1,
  ): Promise<Hop> {
    let isRepeated = wasRepeated;
    let asked = request;
    for (let attempt = firstAttempt; ; attempt++) {
      const outcome = await this.attempt(asked, url, attempt, isRepeated);
      const answer =
        'answer' in outcome
          ? new Answer(outcome.answer, outcome.body, {
              request,
              url,
              isEarly: outcome.isEarly,
              isRepeated,
              again: this.again(request, url, attempt),
            })
          : undefined;
      if (answer?.status === 417 && isAnnounced(asked) && !outcome.isBodyOpened) {
        // RFC 9110 §15.5.18: somebody on the way knows no expectations.
        asked = { ...request, expectContinue: false };
        await answer.discard();
        continue;
      }
      const failure = failureOf(outcome);
      const pause =
        failure !== undefined &&
        attempt < this.retry.attempts &&
        mayRepeat(request, failure, outcome.isBodyOpened)
          ? this.pause(answer?.headers['retry-after'], attempt)
          : undefined;
      if (pause === undefined) {
        if ('failed' in outcome) {
          throw outcome.failed.error;
        }
        return { answer: answer!, isRepeated };
      }
      await answer?.discard();
      isRepeated ||= failure === 'uncertain';
      await this.wait(pause, request.signal);
    }
  }

  /** Reads once more what broke off while it was read. */
  private again(
    request: HttpRequest,
    url: URL,
    attempt: number,
  ): (() => Promise<HttpResponse>) | undefined {
    if (request.method !== 'GET' || !isRepeatable(request) || attempt >= this.retry.attempts) {
      return undefined;
    }
    return async () => {
      await this.wait(this.pause(undefined, attempt) ?? 0, request.signal);
      return (await this.persist(request, url, true, attempt + 1)).answer;
    };
  }

  private async wait(pause: number, signal: AbortSignal | undefined): Promise<void> {
    await (this.options.wait ?? wait)(pause, signal);
    signal?.throwIfAborted();
  }

  private pause(retryAfter: string | undefined, attempt: number): number | undefined {
    const { random = Math.random, now = Date.now } = this.options;
    return pauseAfter(attempt, retryAfter, this.retry, { random, now });
  }

  private async attempt(
    request: HttpRequest,
    url: URL,
    attempt: number,
    isRepeated: boolean,
  ): Promise<Outcome> {
    const { idleMs = IDLE_MS, now = Date.now } = this.options;
    const headers = headersFor(request, url, this.options.userAgent);
    const entry = this.journal.begin({ method: request.method, url, attempt, headers }, now);
    try {
      const outcome = await exchange({
        request,
        url,
        headers,
        dialed: this.dialer.dial(url, request.reusesBuffers),
        idleMs: request.idleMs ?? idleMs,
        isRepeated,
      });
      entry.ended(outcome);
      return outcome;
    } catch (error) {
      entry.failed(error);
      throw error;
    }
  }
}

/** A credential among the given headers stays at the origin they were given for. */
function headersFor(
  request: HttpRequest,
  url: URL,
  userAgent = 'gitea-registry',
): { readonly [name: string]: string } {
  const isOwnOrigin = url.origin === request.url.origin;
  const given = Object.entries(request.headers ?? {}).filter(
    ([name]) => isOwnOrigin || !isSecretHeader(name),
  );
  const authorization = request.authorize?.(url);
  return {
    'User-Agent': userAgent,
    Accept: '*/*',
    ...Object.fromEntries(given),
    ...(authorization !== undefined && { Authorization: authorization }),
  };
}

function failureOf(outcome: Outcome): Failure | undefined {
  return 'answer' in outcome
    ? failureOfStatus(outcome.answer.statusCode!, outcome.answer.headers['retry-after'])
    : outcome.failed.failure;
}

async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => signal?.throwIfAborted());
}
