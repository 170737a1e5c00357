import { ClientError } from './error';
import type * as fingerprint from './fingerprint';
import type { Reading } from './fingerprint';
import type { Surface } from './fingerprints/pattern';
import { RESPONDER_NAMES } from './fingerprints/responder-name';
import type { HttpResponse, Method } from './http/message';
import { shownUrl } from './http/recording';
import { failureOfStatus } from './http/retry';
import { saidBy } from './server-text';

/** What was asked when the answer came. */
export interface Asked {
  readonly method: Method;
  /** What it was for, as the rest of `cannot …`: `push blob sha256:… to 'coulomb/state-hub'`. */
  readonly purpose: string;
  /** Which protocol was spoken: the same status means other things in each. */
  readonly surface: Surface;
}

/** An answer that is no success, read. */
export interface Refusal {
  readonly reading: Reading;
  readonly error: ClientError;
}

/** Bytes of a body that are enough to tell who speaks; what follows is the rest of a page. */
export const READ_BYTES = 2048;

/** Reads an answer that is no success and says who gave it and what it means; the body is consumed. */
export async function refusal(answer: HttpResponse, asked: Asked): Promise<ClientError> {
  return (await readRefusal(answer, asked)).error;
}

/**
 * As {@link refusal}, with what the message was made of.
 *
 * @param read the first {@link READ_BYTES} of the body, where they were read already. @default - they are read
 */
export async function readRefusal(
  answer: HttpResponse,
  asked: Asked,
  read?: string,
): Promise<Refusal> {
  const { method, purpose, surface } = asked;
  const { status, headers, url } = answer;
  const body = read ?? (await answer.text(READ_BYTES).catch(lostBody));
  // Loaded on use: a hundred rows, which most commands never need.
  const { readAnswer } = require('./fingerprint') as typeof fingerprint;
  const reading = readAnswer({ method, surface, path: url.pathname, status, headers, body });
  const { responder, meaning, next, code, shows } = reading;
  const said =
    shows === true && method !== 'HEAD' ? `, ${saidBy(body, headers['content-type'])}` : '';
  const error = new ClientError(
    `cannot ${purpose}: ${RESPONDER_NAMES[responder]} answered ${status}${said}: ${meaning}${next === undefined ? '' : `; ${next}`}`,
    code,
    {
      method,
      url: shownUrl(url),
      status,
      responder,
      // A proxy that gave up does not know what the server did.
      isUncertain:
        failureOfStatus(status, headers['retry-after']) === 'uncertain' &&
        method !== 'GET' &&
        method !== 'HEAD',
    },
  );
  return { reading, error };
}

/** The status alone says enough when the rest of the answer does not come. */
function lostBody(error: unknown): string {
  if (error instanceof ClientError) {
    return '';
  }
  throw error;
}
