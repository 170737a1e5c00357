import { ClientError } from '../error';
import { graceAfter } from '../http/grace';
import type { HttpResponse } from '../http/message';
import { shownUrl } from '../http/recording';
import type { RegistryConnection } from './connection';
import { expectStatus } from './registry-answer';
import { pushScopes } from './scopes';

/** An upload the registry waits for. */
export interface UploadSession {
  /** `owner/image`. */
  readonly repository: string;
  /** Where its next request goes; each answer may name another place. */
  readonly url: URL;
}

/** What a registry holds of an upload. */
export interface UploadStatus {
  readonly session: UploadSession;
  /**
   * Bytes it holds. Undefined where it says `0-0`, which older Gitea, Forgejo and Docker's registry say of an empty
   * session and of one byte alike.
   */
  readonly received?: number;
}

/** A blob to take over from another repository of the same registry. */
export interface Mount {
  readonly digest: string;
  /** `owner/image` it lies in. */
  readonly from: string;
}

/** How long the last words to a session may take, after Ctrl-C too. */
const CANCEL_MS = 5000;

/**
 * Opens a session, or takes a blob over.
 *
 * @returns undefined when the blob was mounted
 * @throws ClientError REG212 when the session lies on another origin, or as {@link refusal}; the reason of the
 * target's signal, and then no session stays open
 */
export async function startUpload(
  connection: RegistryConnection,
  repository: string,
  mount?: Mount,
): Promise<UploadSession | undefined> {
  const url = connection.url(`${repository}/blobs/uploads/`);
  if (mount) {
    url.searchParams.set('mount', mount.digest);
    url.searchParams.set('from', mount.from);
  }
  const { signal } = connection.target;
  signal?.throwIfAborted();
  // Of an answer that nobody reads, the session is never known, and nobody else removes it.
  const grace = signal && graceAfter(signal, CANCEL_MS);
  try {
    const session = await started(connection, { url, repository, mount, signal: grace?.signal });
    if (signal?.aborted && session) {
      await cancelUpload(connection, session);
    }
    signal?.throwIfAborted();
    return session;
  } finally {
    grace?.end();
  }
}

interface Start {
  readonly url: URL;
  readonly repository: string;
  readonly mount?: Mount;
  readonly signal?: AbortSignal;
}

async function started(
  connection: RegistryConnection,
  { url, repository, mount, signal }: Start,
): Promise<UploadSession | undefined> {
  const answer = await connection.send({
    method: 'POST',
    url,
    scopes: pushScopes(repository, mount?.from),
    ...(signal && { signal }),
  });
  const asked = { method: 'POST', purpose: `start an upload to '${repository}'` } as const;
  await expectStatus(answer, mount ? [201, 202] : [202], asked, connection.target);
  await answer.discard();
  return answer.status === 201 ? undefined : { repository, url: nextUrl(answer) };
}

/**
 * Asks what a session holds.
 *
 * @returns undefined when there is no such session (any more)
 */
export async function uploadStatus(
  connection: RegistryConnection,
  session: UploadSession,
): Promise<UploadStatus | undefined> {
  const { repository, url } = session;
  const answer = await connection.send({
    method: 'GET',
    url,
    scopes: pushScopes(repository),
    followRedirects: false,
  });
  if (answer.status === 404) {
    await answer.discard();
    return undefined;
  }
  const asked = { method: 'GET', purpose: `look after an upload to '${repository}'` } as const;
  await expectStatus(answer, [200, 204], asked, connection.target);
  await answer.discard();
  return {
    session: { repository, url: nextUrl(answer, url) },
    received: receivedBytes(answer, 0),
  };
}

/** Ends a session, with a signal of its own: this is also what happens after Ctrl-C. Nothing it meets is an error. */
export async function cancelUpload(
  connection: RegistryConnection,
  { repository, url }: UploadSession,
): Promise<void> {
  try {
    const answer = await connection.under(AbortSignal.timeout(CANCEL_MS)).send({
      method: 'DELETE',
      url,
      scopes: pushScopes(repository),
      isRepeatable: true,
    });
    await answer.discard();
  } catch {
    // The registry forgets sessions by itself, and what led here matters more.
  }
}

/**
 * Where the next request of a session goes.
 *
 * @param last where the last one went. @default - this was the first answer, which must name a place
 * @throws ClientError REG212 when that is not on the registry's origin below `/v2/`: no credential and no byte goes there
 */
export function nextUrl({ url, headers, status }: HttpResponse, last?: URL): URL {
  const { location } = headers;
  if (location === undefined && last !== undefined) {
    return last;
  }
  const next = URL.canParse(location ?? '', url.href) ? new URL(location ?? '', url) : undefined;
  if (location === undefined || next?.origin !== url.origin || !next.pathname.startsWith('/v2/')) {
    throw new ClientError(
      `'${url.host}' continues an upload at '${shownUrl(location ?? '')}': it must stay below /v2/ of ${url.origin}; the proxy must pass Host and X-Forwarded-Proto on, and not rewrite /v2`,
      'REG212',
      { url: shownUrl(url), status },
    );
  }
  next.username = '';
  next.password = '';
  return next;
}

/**
 * Bytes a session holds, by `Range` (`0-<last>`).
 *
 * @param absent what it means when there is none
 * @returns undefined for `0-0`, and for what is no range
 */
export function receivedBytes({ headers }: HttpResponse, absent?: number): number | undefined {
  const { range } = headers;
  if (range === undefined) {
    return absent;
  }
  const last = /^(?:bytes=)?0-([0-9]+)$/.exec(range)?.[1];
  return last === undefined || last === '0' ? undefined : Number(last) + 1;
}
