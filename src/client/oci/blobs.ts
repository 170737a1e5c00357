import type { Readable } from 'node:stream';
import { deleteOnce } from '../delete-once';
import { ClientError } from '../error';
import type { HttpResponse } from '../http/message';
import { shownUrl } from '../http/recording';
import type { RegistryConnection } from './connection';
import type { Descriptor } from './descriptor';
import type { Digest } from './digest';
import { expectStatus, isAbsent, storeUnreachable } from './registry-answer';
import { deleteScope, pullScope } from './scopes';
import { sendDelete } from './send-delete';
import { VerifiedBody } from './verified-body';

/** A blob on its way. */
export interface VerifiedBlob {
  readonly digest: Digest;
  /** Bytes. @default - the registry does not say */
  readonly size?: number;
  /**
   * The bytes. It fails instead of ending when they are not those of the digest (ClientError REG735) or when the
   * connection breaks (REG210); destroy it when it is not read to its end.
   */
  readonly stream: Readable;
}

/** Media type of a blob whose manifest nobody has read. */
export const OCTETS = 'application/octet-stream';

/**
 * Looks for a blob.
 *
 * @throws ClientError REG218 when the answer does not tell its size
 */
export async function headBlob(
  connection: RegistryConnection,
  repository: string,
  digest: Digest,
  scopes = pullScope(repository),
): Promise<Descriptor | undefined> {
  const url = connection.url(`${repository}/blobs/${digest}`);
  const answer = await connection.send({ method: 'HEAD', url, scopes });
  await answer.discard();
  if (isAbsent(answer)) {
    return undefined;
  }
  const asked = { method: 'HEAD', purpose: `look for blob ${digest} in '${repository}'` } as const;
  await expectStatus(answer, [200], asked, connection.target);
  return { mediaType: OCTETS, digest, size: sizeOf(answer) };
}

/**
 * Opens a blob for reading; it is compared with its digest on the way.
 *
 * @param size bytes its descriptor names. @default - what the registry says
 * @throws ClientError REG712 when the registry sends to a store that does not give it, REG735 when it is not there
 */
export async function openBlob(
  connection: RegistryConnection,
  repository: string,
  digest: Digest,
  size?: number,
): Promise<VerifiedBlob> {
  const { target } = connection;
  const request = {
    method: 'GET',
    url: connection.url(`${repository}/blobs/${digest}`),
    scopes: pullScope(repository),
  } as const;
  const purpose = `read blob ${digest} of '${repository}'`;
  const answer = await connection.send(request).catch((error: unknown) => {
    throw isElsewhere(error, target.origin)
      ? storeUnreachable(error, purpose, target.origin)
      : error;
  });
  await expectStatus(answer, [200], { method: 'GET', purpose }, target);
  const told = lengthOf(answer);
  const expected = { digest, size: size ?? told, what: `blob ${digest} of '${repository}'` };
  return {
    digest,
    ...(expected.size !== undefined && { size: expected.size }),
    stream: new VerifiedBody(answer, { ...request, signal: target.signal }, expected),
  };
}

/** Removes a blob from an image. Gitea says "deleted" of a blob that was never there, too. */
export async function deleteBlob(
  connection: RegistryConnection,
  repository: string,
  digest: Digest,
): Promise<'deleted' | 'absent'> {
  const asked = { method: 'DELETE', purpose: `delete blob ${digest} of '${repository}'` } as const;
  const url = connection.url(`${repository}/blobs/${digest}`);
  return deleteOnce({
    send: () => sendDelete(connection, { url, scopes: deleteScope(repository), asked }),
    isGone: async () => (await headBlob(connection, repository, digest)) === undefined,
  });
}

function sizeOf(answer: HttpResponse): number {
  const size = lengthOf(answer);
  if (size === undefined) {
    throw new ClientError(
      `'${answer.url.host}' answered HEAD ${shownUrl(answer.url.pathname)} without Content-Length: a proxy on the way changes answers`,
      'REG218',
      { method: 'HEAD', url: shownUrl(answer.url), status: answer.status },
    );
  }
  return size;
}

function lengthOf({ headers }: HttpResponse): number | undefined {
  const length = headers['content-length'];
  return length === undefined ? undefined : Number(length);
}

/** Whether no connection to another host stood: the one the registry redirects to. */
function isElsewhere(error: unknown, origin: URL): error is ClientError {
  if (!(error instanceof ClientError) || !/^REG(1\d\d|210)$/.test(error.code)) {
    return false;
  }
  const { url } = error.facts;
  return url !== undefined && URL.canParse(url) && new URL(url).origin !== origin.origin;
}
