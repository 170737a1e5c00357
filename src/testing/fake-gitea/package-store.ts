import { createHash } from 'node:crypto';
import type { Forge } from './forge';
import type { FakeFile, FakeOwner, FakePackage, FakeVersion } from './state';

/** Name of the container version that holds blobs before a manifest claims them. */
export const UPLOAD_VERSION = '_upload';

/** Hex digest of bytes. */
export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A package by owner, type and name, without case. */
export function findPackage(
  forge: Forge,
  owner: FakeOwner,
  type: string,
  name: string,
): FakePackage | undefined {
  const wanted = name.toLowerCase();
  return forge.state.packages.find(
    (candidate) =>
      candidate.ownerId === owner.id &&
      candidate.type === type &&
      candidate.name.toLowerCase() === wanted,
  );
}

/** The package, made when there is none yet. */
export function ensurePackage(
  forge: Forge,
  owner: FakeOwner,
  type: string,
  name: string,
): FakePackage {
  const found = findPackage(forge, owner, type, name);
  if (found !== undefined) return found;
  const created: FakePackage = {
    id: forge.state.nextId('package'),
    ownerId: owner.id,
    type,
    name,
    versions: [],
  };
  forge.state.packages.push(created);
  return created;
}

/** A version people see, without case. */
export function findVersion(of: FakePackage, version: string): FakeVersion | undefined {
  const wanted = version.toLowerCase();
  return of.versions.find(
    (candidate) => !candidate.isInternal && candidate.version.toLowerCase() === wanted,
  );
}

/** Versions people see, oldest first. */
export function visibleVersions(of: FakePackage): readonly FakeVersion[] {
  return of.versions.filter((version) => !version.isInternal);
}

/** Adds a version without files. */
export function addVersion(
  forge: Forge,
  to: FakePackage,
  version: string,
  creatorId: number,
  isInternal = false,
): FakeVersion {
  const created: FakeVersion = {
    id: forge.state.nextId('package_version'),
    version,
    isInternal,
    creatorId,
    createdAt: forge.settings.now(),
    files: [],
  };
  to.versions.push(created);
  return created;
}

/** Removes a version and its files; the package stays, and so do the blobs until the cleanup. */
export function removeVersion(from: FakePackage, version: FakeVersion): void {
  from.versions.splice(from.versions.indexOf(version), 1);
}

/** Puts bytes in the store, where they are not yet, and gives their digest. */
export function storeBlob(forge: Forge, bytes: Buffer, heals: boolean): string {
  const digest = sha256(bytes);
  const { blobRows, blobs } = forge.state;
  if (!blobRows.has(digest)) {
    const digestBy = (algorithm: string): string =>
      createHash(algorithm).update(bytes).digest('hex');
    blobRows.set(digest, {
      size: bytes.length,
      digests: { md5: digestBy('md5'), sha1: digestBy('sha1'), sha512: digestBy('sha512') },
      createdAt: forge.settings.now(),
    });
    blobs.set(digest, bytes);
  } else if (heals && !blobs.has(digest)) {
    blobs.set(digest, bytes);
  }
  return digest;
}

/** Adds a file to a version. */
export function addFile(
  forge: Forge,
  to: FakeVersion,
  name: string,
  digest: string,
  manifestType?: string,
): FakeFile {
  const file: FakeFile = {
    id: forge.state.nextId('package_file'),
    name,
    sha256: digest,
    createdAt: forge.settings.now(),
    ...(manifestType === undefined ? {} : { manifestType }),
  };
  to.files.push(file);
  return file;
}

/** Size of a blob by its row. */
export function sizeOf(forge: Forge, digest: string): number {
  return forge.state.blobRows.get(digest)?.size ?? 0;
}
