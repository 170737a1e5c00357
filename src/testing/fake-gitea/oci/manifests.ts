import { DISTRIBUTION_VERSION, registryEmpty, registryError } from '../answers';
import type { FakeAnswer, FakeRequest } from '../exchange';
import type { Forge } from '../forge';
import { findVersion, removeVersion, sizeOf } from '../package-store';
import type { FakeFile } from '../state';
import {
  contentHeaders,
  findManifestFile,
  hexOf,
  imagePackage,
  isDigest,
  servedDirectly,
} from './image';
import type { ImageScope } from './image';

const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

const UNKNOWN: FakeAnswer = registryError(404, 'MANIFEST_UNKNOWN');

/** Whether Gitea takes the text as a tag (section 3.3 of the reference). */
export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** `GET` and `HEAD …/manifests/<reference>`. */
export function getManifest(
  forge: Forge,
  scope: ImageScope,
  reference: string,
  request: FakeRequest,
): FakeAnswer {
  const file = findByReference(forge, scope, reference);
  const bytes = file && forge.state.blobs.get(file.sha256);
  if (file?.manifestType === undefined || bytes === undefined) return UNKNOWN;
  const elsewhere = servedDirectly(forge, request, file.sha256);
  if (elsewhere !== undefined) return elsewhere;
  return {
    status: 200,
    headers: [
      ['Content-Length', String(sizeOf(forge, file.sha256))],
      ['Content-Type', file.manifestType],
      ...contentHeaders(file.sha256),
      DISTRIBUTION_VERSION,
    ],
    body: bytes,
  };
}

/** `DELETE …/manifests/<reference>`: a tag alone, or every version of the digest. */
export function deleteManifest(forge: Forge, scope: ImageScope, reference: string): FakeAnswer {
  const image = imagePackage(forge, scope);
  const doomed =
    image?.versions.filter((version) =>
      isDigest(reference)
        ? version.files.some(
            (file) => file.manifestType !== undefined && file.sha256 === hexOf(reference),
          )
        : isTag(reference) && version === findVersion(image, reference),
    ) ?? [];
  if (image === undefined || doomed.length === 0) return UNKNOWN;
  for (const version of doomed) removeVersion(image, version);
  return registryEmpty(202);
}

function findByReference(forge: Forge, scope: ImageScope, reference: string): FakeFile | undefined {
  const image = imagePackage(forge, scope);
  if (isDigest(reference)) return findManifestFile(image, reference);
  if (image === undefined || !isTag(reference)) return undefined;
  // A version kept by a re-push (1.25.0, 1.25.1) holds its old manifest too: the newest is the tag's.
  return findVersion(image, reference)?.files.findLast((file) => file.manifestType !== undefined);
}
