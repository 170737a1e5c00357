import { panicPage, registryEmpty, registryError } from '../answers';
import type { FakeAnswer, FakeRequest } from '../exchange';
import type { Forge } from '../forge';
import {
  addFile,
  addVersion,
  ensurePackage,
  findVersion,
  removeVersion,
  sizeOf,
  storeBlob,
} from '../package-store';
import { countRefusal } from '../quota';
import type { FakeFile, FakePackage, FakeVersion } from '../state';
import {
  blobFileName,
  contentHeaders,
  findBlob,
  findManifestFile,
  imagePackage,
  imagePath,
  isDigest,
  uploadVersion,
} from './image';
import type { ImageScope } from './image';
import {
  isImageConfigType,
  isImageType,
  isIndexType,
  isJson,
  isRegistryType,
  readManifest,
} from './manifest-content';
import type { ManifestContent } from './manifest-content';
import { isTag } from './manifests';

const MAX_MANIFEST_BYTES = 10 * 1024 * 1024;

const DAY_MS = 86_400_000;

/** What a manifest needs, found, or why it is refused. */
type Needs = { readonly blobs: readonly FakeFile[] } | { readonly refusal: FakeAnswer };

/** `PUT …/manifests/<reference>` (section 3.5 of the reference). */
export async function putManifest(
  forge: Forge,
  scope: ImageScope,
  reference: string,
  request: FakeRequest,
): Promise<FakeAnswer> {
  const isTagged = !isDigest(reference);
  if (isTagged && !isTag(reference))
    return registryError(400, 'MANIFEST_INVALID', 'Tag is invalid');
  const bytes = await request.bytes();
  if (bytes.length > MAX_MANIFEST_BYTES) {
    return registryError(413, 'MANIFEST_INVALID', 'Manifest exceeds maximum size');
  }
  const content = readManifest(bytes);
  if (content === undefined) return registryEmpty(500);
  if (content.schemaVersion !== 2) {
    return registryError(501, 'UNSUPPORTED', 'Schema version is not supported');
  }
  const mediaType = typeOf(request, content);
  if (!isRegistryType(mediaType)) {
    return registryError(400, 'MANIFEST_INVALID', 'MediaType not recognized');
  }
  const needs = needsOf(forge, scope, mediaType, content);
  if ('refusal' in needs) return needs.refusal;
  return store(forge, scope, reference, mediaType, bytes, needs.blobs);
}

function typeOf(request: FakeRequest, content: ManifestContent): string {
  const given = request.headers['content-type'] ?? '';
  return isRegistryType(given) ? given : content.mediaType;
}

function needsOf(
  forge: Forge,
  scope: ImageScope,
  mediaType: string,
  content: ManifestContent,
): Needs {
  const image = imagePackage(forge, scope);
  if (isImageType(mediaType)) return imageNeeds(forge, image, content);
  if (isIndexType(mediaType)) return indexNeeds(forge, image, content);
  return { refusal: registryError(400, 'MANIFEST_INVALID') };
}

function imageNeeds(forge: Forge, image: FakePackage | undefined, content: ManifestContent): Needs {
  const { config, layers } = content;
  const configFile = config && findBlob(forge, image, config.digest);
  if (config === undefined || configFile === undefined) {
    return { refusal: registryError(404, 'BLOB_UNKNOWN') };
  }
  const readsConfig = !forge.behavior.anyConfig || isImageConfigType(config.mediaType);
  if (readsConfig && !isJson(forge.state.blobs.get(configFile.sha256)!)) {
    return { refusal: registryEmpty(500) };
  }
  const blobs: FakeFile[] = [];
  for (const descriptor of [config, ...layers]) {
    const file = findBlob(forge, image, descriptor.digest);
    if (file === undefined) return { refusal: fault(forge, registryError(404, 'BLOB_UNKNOWN')) };
    if (sizeOf(forge, file.sha256) !== descriptor.size) {
      return { refusal: fault(forge, registryError(400, 'SIZE_INVALID')) };
    }
    blobs.push(file);
  }
  return { blobs };
}

function indexNeeds(forge: Forge, image: FakePackage | undefined, content: ManifestContent): Needs {
  for (const child of content.manifests) {
    if (!isImageType(child.mediaType)) {
      return { refusal: fault(forge, registryError(400, 'MANIFEST_INVALID')) };
    }
    if (findManifestFile(image, child.digest) === undefined) {
      return { refusal: fault(forge, registryError(404, 'MANIFEST_BLOB_UNKNOWN')) };
    }
  }
  return { blobs: [] };
}

/** What 1.25.0 to 1.25.2 make of a refused manifest: a panic. */
function fault(forge: Forge, refusal: FakeAnswer): FakeAnswer {
  return forge.behavior.panicsOnPush ? panicPage() : refusal;
}

function store(
  forge: Forge,
  scope: ImageScope,
  reference: string,
  mediaType: string,
  bytes: Buffer,
  blobs: readonly FakeFile[],
): FakeAnswer {
  const image = ensurePackage(forge, scope.owner, 'container', scope.image);
  const previous = findVersion(image, reference);
  const kept = previous && keeps(forge, previous, mediaType) ? previous : undefined;
  if (kept === undefined) {
    if (countRefusal(forge, scope.identity, scope.owner) !== undefined && previous === undefined) {
      return fault(forge, registryEmpty(403));
    }
    if (previous !== undefined) removeVersion(image, previous);
  }
  const version =
    kept ?? addVersion(forge, image, reference.toLowerCase(), scope.identity.user?.id ?? 0);
  for (const blob of blobs) claim(forge, image, version, blob);
  const digest = storeBlob(forge, bytes, true);
  if (!version.files.some((file) => file.sha256 === digest && file.manifestType !== undefined)) {
    addFile(forge, version, 'manifest.json', digest, mediaType);
  }
  return registryEmpty(201, [
    ...contentHeaders(digest),
    ['Location', `${imagePath(scope)}/manifests/${reference}`],
  ]);
}

/** The fault of 1.25.0 and 1.25.1: a single manifest keeps the old row for ever, an index for its first day. */
function keeps(forge: Forge, previous: FakeVersion, mediaType: string): boolean {
  if (!forge.behavior.keepsVersionOnRetag) return false;
  return !isIndexType(mediaType) || forge.settings.now() - previous.createdAt < DAY_MS;
}

/** A manifest's version takes the file over from `_upload`, or names the blob a second time. */
function claim(forge: Forge, image: FakePackage, version: FakeVersion, blob: FakeFile): void {
  const uploads = uploadVersion(image);
  const at = uploads?.files.indexOf(blob) ?? -1;
  if (at !== -1) uploads!.files.splice(at, 1);
  if (version.files.some((file) => file.sha256 === blob.sha256)) return;
  addFile(forge, version, blobFileName(blob.sha256), blob.sha256);
}
