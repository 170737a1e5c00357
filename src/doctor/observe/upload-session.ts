import { ClientError } from '../../client/error';
import { readAnswer } from '../../client/fingerprint';
import type { Reading } from '../../client/fingerprint';
import type { HttpBody, HttpResponse } from '../../client/http/message';
import { OCTETS } from '../../client/oci/blobs';
import { RegistryConnection } from '../../client/oci/connection';
import { checkedRepository } from '../../client/oci/names';
import { pushScopes } from '../../client/oci/scopes';
import { cancelUpload, nextUrl } from '../../client/oci/upload-session';
import { READ_BYTES } from '../../client/refusal';
import { saidBy } from '../../client/server-text';
import type { Observation } from '../sight';
import { Sight } from '../sight';
import { uploadRepository } from './upload-repository';

/** An answer that is no success. */
export interface RefusedAnswer {
  readonly status: number;
  readonly reading: Reading;
  /** What its body says, as it may be shown: `'Not found.'`, `an empty body`. */
  readonly said: string;
}

/** Why there was no session. */
export type NoSession =
  /** Somebody said no. */
  | ({ readonly kind: 'refused' } & RefusedAnswer)
  /** No answer, no token, or a session on another origin (REG212). */
  | { readonly kind: 'failed'; readonly error: ClientError };

/** What became of the wish to upload something. */
export type UploadAttempt<T = undefined> =
  { readonly kind: 'opened'; readonly value: T } | NoSession;

/** How a body is sent to a session. */
export interface BodySending {
  /** Whether `Expect: 100-continue` is sent. */
  readonly expectContinue: boolean;
  /** Milliseconds without any progress, once the body is sent. */
  readonly idleMs: number;
  readonly signal?: AbortSignal;
}

/** A session the registry waits for. It is good for one body. */
export interface WaitingSession {
  /**
   * Sends a body; any status is an answer.
   *
   * @throws ClientError when none came, and the reason of the signal
   */
  patch(body: HttpBody, sending: BodySending): Promise<HttpResponse>;
}

/** Opens a session for the image that is asked about and cancels it; see {@link uploadRepository}. */
export const uploadSession: Observation<UploadAttempt> = (sight) =>
  inUploadSession(sight, uploadRepository(sight)!, async () => undefined);

/** Challenge, token and answer: each may take as long as one request. */
const MOST_REQUESTS = 3;

/**
 * Opens an upload session, uses it and cancels it, whatever happened, the end of the run included: a registry keeps
 * what is left behind for a day.
 *
 * @param repository `owner/image`
 * @throws what `use` throws, and the reason of the run's signal
 */
export async function inUploadSession<T>(
  sight: Sight,
  repository: string,
  use: (session: WaitingSession) => Promise<T>,
): Promise<UploadAttempt<T>> {
  sight.options.signal?.throwIfAborted();
  // Connections of its own: a run that is ended closes those of the sight, and the session is still to be cancelled.
  const own = new Sight(sight.path, sight.request, sight.options, []);
  try {
    // Not ended with the run either: nobody would know what the registry opened.
    const connection = connect(own, AbortSignal.timeout(own.requestMs * MOST_REQUESTS));
    const opened = await open(connection, repository);
    if (!(opened instanceof URL)) {
      return opened;
    }
    try {
      sight.options.signal?.throwIfAborted();
      return { kind: 'opened', value: await use(waiting(connection, repository, opened)) };
    } finally {
      await cancelUpload(connection, { repository, url: opened });
    }
  } finally {
    own.close();
  }
}

/** Reads an answer that is no success; its body is consumed. */
export async function refusedAnswer(
  answer: HttpResponse,
  method: 'POST' | 'PATCH',
): Promise<RefusedAnswer> {
  const { status, headers, url } = answer;
  const body = await answer.text(READ_BYTES).catch(() => '');
  const asked = { method, surface: 'v2', path: url.pathname } as const;
  return {
    status,
    reading: readAnswer({ ...asked, status, headers, body }),
    said: saidBy(body, headers['content-type']),
  };
}

function connect(sight: Sight, signal: AbortSignal): RegistryConnection {
  const { origin, credential } = sight.path;
  const { allowedRealms } = sight.options;
  return new RegistryConnection({
    origin,
    transport: sight.transport(),
    signal,
    ...(credential && { credential }),
    ...(allowedRealms && { allowedRealms }),
  });
}

async function open(connection: RegistryConnection, repository: string): Promise<URL | NoSession> {
  try {
    // What some registry could take; what this one takes, it says itself.
    const name = checkedRepository(repository, 'oci');
    const url = connection.url(`${name}/blobs/uploads/`);
    const answer = await connection.send({ method: 'POST', url, scopes: pushScopes(repository) });
    if (answer.status === 202) {
      await answer.discard();
      return nextUrl(answer);
    }
    return { kind: 'refused', ...(await refusedAnswer(answer, 'POST')) };
  } catch (error) {
    if (error instanceof ClientError) {
      return { kind: 'failed', error };
    }
    if (connection.target.signal?.aborted) {
      return { kind: 'failed', error: tooLate(connection.target.origin) };
    }
    throw error;
  }
}

function waiting(connection: RegistryConnection, repository: string, url: URL): WaitingSession {
  return {
    patch: (body, { expectContinue, idleMs, signal }) =>
      connection.under(signal ?? new AbortController().signal).send({
        method: 'PATCH',
        url,
        headers: { 'Content-Type': OCTETS },
        scopes: pushScopes(repository),
        body,
        expectContinue,
        idleMs,
      }),
  };
}

function tooLate({ host }: URL): ClientError {
  return new ClientError(`'${host}' opened no upload session in time`, 'REG210');
}
