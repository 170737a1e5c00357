import type { IncomingHttpHeaders } from 'node:http';
import { ClientError } from '../client/error';
import type { Reading } from '../client/fingerprint';
import { readAnswer } from '../client/fingerprint';
import type { Surface } from '../client/fingerprints/pattern';
import type { Method } from '../client/http/message';
import type { Sight } from './sight';

/** A question that changes nothing. */
export interface Question {
  /** Path and query below the origin, or a whole URL for a realm elsewhere. */
  readonly url: string;
  /** @default GET */
  readonly method?: Method;
  readonly surface: Surface;
  readonly headers?: { readonly [name: string]: string };
  /** Value of `Authorization`, for its own origin; with one, the connection is a verified one. */
  readonly authorize?: (url: URL) => string | undefined;
  /** Bytes of the body to read. @default 2048 */
  readonly readBytes?: number;
}

/** An answer, whatever its status. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  /** Its beginning; may hold a token, so it is shown only through `serverText`. */
  readonly body: string;
  readonly url: URL;
  /** Who gave it and what it means, as far as it is no success. */
  readonly reading: Reading;
  /** Whether the certificate was accepted without being trusted. */
  readonly isUnverified: boolean;
  readonly elapsedMs: number;
}

/** No answer came. */
export interface Silent {
  readonly error: ClientError;
}

/** What became of a question. */
export type Seen = Answered | Silent;

/** Whether an answer came. */
export function isAnswered(seen: Seen): seen is Answered {
  return 'status' in seen;
}

/** Enough to tell who speaks. */
const READ_BYTES = 2048;

/** Failures that say the peer is there and only its certificate is not good. */
const CERTIFICATE = /^REG12[1-4]$/;

/**
 * Asks once, following no redirect. When the certificate is not trusted, an anonymous question is asked again without
 * verification: the rest of the path is worth knowing. The whole exchange ends within the request timeout.
 *
 * @throws the reason of the run's signal once it is aborted
 */
export async function ask(sight: Sight, question: Question): Promise<Seen> {
  const seen = await askOnce(sight, question, 'verified');
  return !isAnswered(seen) && CERTIFICATE.test(seen.error.code) && !question.authorize
    ? askOnce(sight, question, 'unverified')
    : seen;
}

async function askOnce(
  sight: Sight,
  { url, method = 'GET', surface, headers, authorize, readBytes = READ_BYTES }: Question,
  trust: 'verified' | 'unverified',
): Promise<Seen> {
  const { now = Date.now, signal } = sight.options;
  const target = new URL(url, sight.path.origin);
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), sight.requestMs);
  const began = now();
  try {
    const answer = await sight.transport(trust).send({
      method,
      url: target,
      headers,
      authorize,
      followRedirects: false,
      isRepeatable: false,
      signal: signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal,
    });
    const body = await answer.text(readBytes).catch(brokenText);
    const path = target.pathname;
    return {
      status: answer.status,
      headers: answer.headers,
      rawHeaders: answer.rawHeaders,
      body,
      url: target,
      reading: readAnswer({
        method,
        surface,
        path,
        status: answer.status,
        headers: answer.headers,
        body,
      }),
      isUnverified: trust === 'unverified' && target.protocol === 'https:',
      elapsedMs: now() - began,
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (deadline.signal.aborted) {
      return { error: tooLate(target, method, sight.requestMs) };
    }
    if (error instanceof ClientError) {
      return { error };
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The status says enough when the rest of the answer breaks off. */
function brokenText(error: unknown): string {
  if (error instanceof ClientError) {
    return '';
  }
  throw error;
}

function tooLate(url: URL, method: Method, ms: number): ClientError {
  return new ClientError(
    `'${url.host}' did not finish its answer to ${method} ${url.pathname} within ${ms / 1000} s`,
    'REG210',
    { method, url: `${url.origin}${url.pathname}` },
  );
}
