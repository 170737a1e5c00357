import { ClientError } from '../error';
import { bodyOf } from '../http/message';
import { shownUrl } from '../http/recording';
import type { RegistryConnection } from './connection';
import type { Descriptor } from './descriptor';
import { digestOf, isDigest } from './digest';
import type { ManifestBytes } from './manifest';
import { MOST_MANIFEST_BYTES } from './manifest';
import { explainedRefusal } from './manifest-refusal';
import { manifestUrl, purposeOf } from './manifests';
import { digestHeader } from './read-manifest';
import { pushScopes } from './scopes';

/**
 * Puts a manifest under a tag, or under its digest. Doing it twice does no harm.
 *
 * @throws ClientError REG471 (too large, or parts are missing or of another size), REG475 (the digest is another), or
 * as {@link refusal}
 */
export async function putManifest(
  connection: RegistryConnection,
  repository: string,
  reference: string,
  manifest: ManifestBytes,
): Promise<Descriptor> {
  const { mediaType, bytes } = manifest;
  const digest = digestOf(bytes);
  if (isDigest(reference) && reference !== digest) {
    throw new ClientError(`the digest of the manifest is ${digest}, not ${reference}`, 'REG475');
  }
  if (bytes.length > MOST_MANIFEST_BYTES) {
    throw new ClientError(
      `the manifest has ${bytes.length} bytes, more than the 10 MiB registries take: move annotations and inlined data into layers`,
      'REG471',
    );
  }
  const answer = await connection.send({
    method: 'PUT',
    url: manifestUrl(connection, repository, reference),
    headers: { 'Content-Type': mediaType },
    scopes: pushScopes(repository),
    body: bodyOf(bytes),
    isRepeatable: true,
  });
  if (answer.status !== 201) {
    const purpose = purposeOf('push', repository, reference);
    throw await explainedRefusal(connection, repository, manifest, answer, purpose);
  }
  await answer.discard();
  const named = digestHeader(answer);
  if (named !== undefined && named !== digest) {
    throw new ClientError(
      `'${answer.url.host}' stored another manifest than was sent: ${named}, not ${digest}; a proxy on the way changes bodies`,
      'REG475',
      { method: 'PUT', url: shownUrl(answer.url), status: answer.status },
    );
  }
  return { mediaType, digest, size: bytes.length };
}
