import type { Identity } from '../authentication';
import { registryEmpty } from '../answers';
import type { FakeAnswer, FakeHeader, FakeRequest } from '../exchange';
import type { Forge } from '../forge';
import { UPLOAD_VERSION, addFile, addVersion, ensurePackage, findPackage } from '../package-store';
import type { FakeFile, FakeOwner, FakePackage, FakeVersion } from '../state';

/** What a request below `/v2/{owner}/<image>` is about. */
export interface ImageScope {
  readonly owner: FakeOwner;
  /** As in the path; may hold slashes. */
  readonly image: string;
  readonly identity: Identity;
}

const IMAGE_NAME = /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/;

const DIGESTS: Record<string, number> = { sha256: 64, sha384: 96, sha512: 128 };

/** Whether Gitea takes the name of an image (section 3.3 of the reference). */
export function isImageName(name: string): boolean {
  return IMAGE_NAME.test(name);
}

/** Whether a text is a digest of a known algorithm. */
export function isDigest(text: string): boolean {
  const [algorithm, hex] = text.split(':');
  return hex !== undefined && /^[a-f0-9]+$/.test(hex) && DIGESTS[algorithm!] === hex.length;
}

/** The hex digits of a `sha256:` digest; absent for another text. */
export function hexOf(digest: string): string | undefined {
  return /^sha256:([a-f0-9]{64})$/.exec(digest)?.[1];
}

/** Path of an image, as `Location` headers have it. */
export function imagePath({ owner, image }: ImageScope): string {
  return `/v2/${owner.name.toLowerCase()}/${image}`;
}

/** The image's package. */
export function imagePackage(forge: Forge, { owner, image }: ImageScope): FakePackage | undefined {
  return findPackage(forge, owner, 'container', image);
}

/** File of a blob in any version of an image, `_upload` included; a blob missing in the store counts as unknown. */
export function findBlob(
  forge: Forge,
  of: FakePackage | undefined,
  digest: string,
): FakeFile | undefined {
  const file = filesOf(of).find(
    (candidate) => candidate.sha256 === hexOf(digest) && candidate.manifestType === undefined,
  );
  return file !== undefined && forge.state.blobs.has(file.sha256) ? file : undefined;
}

/** File of a manifest by digest, in whatever version holds it. */
export function findManifestFile(
  of: FakePackage | undefined,
  digest: string,
): FakeFile | undefined {
  return filesOf(of).find(
    (candidate) => candidate.sha256 === hexOf(digest) && candidate.manifestType !== undefined,
  );
}

/** Puts a stored blob under an image, where no manifest claims it yet. */
export function addToUploads(forge: Forge, scope: ImageScope, digest: string): void {
  const image = ensurePackage(forge, scope.owner, 'container', scope.image);
  const uploads = uploadVersion(image) ?? newUploadVersion(forge, image, scope);
  if (uploads.files.some((file) => file.sha256 === digest)) return;
  addFile(forge, uploads, blobFileName(digest), digest);
}

/** The internal version of an image. */
export function uploadVersion(of: FakePackage): FakeVersion | undefined {
  return of.versions.find((version) => version.isInternal);
}

/** Name of a blob's file, as REST lists it. */
export function blobFileName(digest: string): string {
  return `sha256_${digest}`;
}

/** Headers of a blob or manifest. */
export function contentHeaders(digest: string): readonly FakeHeader[] {
  return [
    ['Docker-Content-Digest', `sha256:${digest}`],
    ['Etag', `"sha256:${digest}"`],
  ];
}

/** SERVE_DIRECT: sends a GET to the object store. Written after the reference, section 1.3. */
export function servedDirectly(
  forge: Forge,
  request: FakeRequest,
  digest: string,
): FakeAnswer | undefined {
  const store = forge.settings.serveDirect;
  if (store === undefined || request.method !== 'GET') return undefined;
  return registryEmpty(307, [...contentHeaders(digest), ['Location', `${store}/${digest}`]]);
}

function newUploadVersion(forge: Forge, image: FakePackage, scope: ImageScope): FakeVersion {
  return addVersion(forge, image, UPLOAD_VERSION, scope.identity.user?.id ?? 0, true);
}

function filesOf(of: FakePackage | undefined): readonly FakeFile[] {
  return of?.versions.flatMap((version) => version.files) ?? [];
}
