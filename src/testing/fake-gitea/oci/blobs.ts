import { DISTRIBUTION_VERSION, registryEmpty, registryError } from '../answers';
import type { FakeAnswer, FakeRequest } from '../exchange';
import type { Forge } from '../forge';
import { sizeRefusal } from '../quota';
import { sha256, sizeOf, storeBlob } from '../package-store';
import {
  addToUploads,
  contentHeaders,
  findBlob,
  hexOf,
  imagePackage,
  imagePath,
  servedDirectly,
} from './image';
import type { ImageScope } from './image';
import { sniff } from './sniff';

/** A digest that is wrong, or of an algorithm other than sha256. */
export const DIGEST_INVALID: FakeAnswer = registryError(400, 'DIGEST_INVALID');

const BLOB_UNKNOWN: FakeAnswer = registryError(404, 'BLOB_UNKNOWN');

/** `GET` and `HEAD …/blobs/<digest>`; no Range, no Content-Type of its own. */
export function getBlob(
  forge: Forge,
  scope: ImageScope,
  digest: string,
  request: FakeRequest,
): FakeAnswer {
  const file = findBlob(forge, imagePackage(forge, scope), digest);
  if (file === undefined) return BLOB_UNKNOWN;
  const elsewhere = servedDirectly(forge, request, file.sha256);
  if (elsewhere !== undefined) return elsewhere;
  const bytes = forge.state.blobs.get(file.sha256)!;
  return {
    status: 200,
    headers: [
      ['Content-Length', String(sizeOf(forge, file.sha256))],
      ...contentHeaders(file.sha256),
      DISTRIBUTION_VERSION,
    ],
    body: bytes,
    sniffedType: sniff(bytes),
  };
}

/** `DELETE …/blobs/<digest>`: 202 even when nothing matched. */
export function deleteBlob(forge: Forge, scope: ImageScope, digest: string): FakeAnswer {
  const hex = hexOf(digest);
  if (hex === undefined) return BLOB_UNKNOWN;
  for (const version of imagePackage(forge, scope)?.versions ?? []) {
    const kept = version.files.filter(
      (file) => file.sha256 !== hex || file.manifestType !== undefined,
    );
    version.files.splice(0, version.files.length, ...kept);
  }
  return registryEmpty(202);
}

/** Keeps bytes as a blob of an image, where their digest is the wanted one and no limit stands against it. */
export function keepBlob(
  forge: Forge,
  scope: ImageScope,
  bytes: Buffer,
  digest: string,
): FakeAnswer {
  const actual = sha256(bytes);
  if (digest !== `sha256:${actual}`) return DIGEST_INVALID;
  if (sizeRefusal(forge, scope.identity, scope.owner, 'container', bytes.length) !== undefined) {
    // Every release tried takes the stored bytes away from all who use them (section 3.7 of the reference).
    forge.state.blobs.delete(actual);
    return registryEmpty(403);
  }
  storeBlob(forge, bytes, true);
  addToUploads(forge, scope, actual);
  return blobCreated(scope, actual);
}

/** The 201 of an upload or a mount. */
export function blobCreated(scope: ImageScope, digest: string): FakeAnswer {
  return registryEmpty(201, [
    ...contentHeaders(digest),
    ['Location', `${imagePath(scope)}/blobs/sha256:${digest}`],
  ]);
}
