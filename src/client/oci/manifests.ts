import { deleteOnce } from '../delete-once';
import type { RegistryConnection } from './connection';
import type { Descriptor } from './descriptor';
import { isDigest } from './digest';
import type { Manifest } from './manifest';
import { ACCEPTED_MANIFESTS, essence } from './media-type';
import { digestHeader, readManifest } from './read-manifest';
import { expectStatus, isAbsent } from './registry-answer';
import { deleteScope, pullScope } from './scopes';
import { sendDelete } from './send-delete';

const ACCEPT = { Accept: ACCEPTED_MANIFESTS };

/** Looks for a manifest; where the answer does not name its digest and size, the manifest itself is read. */
export async function headManifest(
  connection: RegistryConnection,
  repository: string,
  reference: string,
): Promise<Descriptor | undefined> {
  const answer = await connection.send({
    method: 'HEAD',
    url: manifestUrl(connection, repository, reference),
    headers: ACCEPT,
    scopes: pullScope(repository),
  });
  await answer.discard();
  if (isAbsent(answer)) {
    return undefined;
  }
  const asked = { method: 'HEAD', purpose: purposeOf('look for', repository, reference) } as const;
  await expectStatus(answer, [200], asked, connection.target);
  const digest = digestHeader(answer);
  const { 'content-type': type, 'content-length': length } = answer.headers;
  return digest === undefined || type === undefined || length === undefined
    ? (await getManifest(connection, repository, reference)).descriptor
    : { mediaType: essence(type), digest, size: Number(length) };
}

/** Reads a manifest. */
export async function getManifest(
  connection: RegistryConnection,
  repository: string,
  reference: string,
): Promise<Manifest> {
  const request = {
    method: 'GET',
    url: manifestUrl(connection, repository, reference),
    headers: ACCEPT,
    scopes: pullScope(repository),
  } as const;
  const answer = await connection.send(request);
  const asked = { method: 'GET', purpose: purposeOf('read', repository, reference) } as const;
  await expectStatus(answer, [200], asked, connection.target);
  const { signal } = connection.target;
  const wanted = isDigest(reference) ? reference : undefined;
  return readManifest(answer, { ...request, signal }, asked.purpose, wanted);
}

/** Deletes a tag, or by digest the manifest with all its tags. */
export async function deleteManifest(
  connection: RegistryConnection,
  repository: string,
  reference: string,
): Promise<'deleted' | 'absent'> {
  const asked = { method: 'DELETE', purpose: purposeOf('delete', repository, reference) } as const;
  return deleteOnce({
    send: () =>
      sendDelete(connection, {
        url: manifestUrl(connection, repository, reference),
        scopes: deleteScope(repository),
        asked,
      }),
    isGone: async () => (await headManifest(connection, repository, reference)) === undefined,
  });
}

/** Where a manifest lies. */
export function manifestUrl(
  connection: RegistryConnection,
  repository: string,
  reference: string,
): URL {
  return connection.url(`${repository}/manifests/${reference}`);
}

/** What is done with a manifest, for messages. */
export function purposeOf(verb: string, repository: string, reference: string): string {
  return `${verb} '${repository}${isDigest(reference) ? '@' : ':'}${reference}'`;
}
