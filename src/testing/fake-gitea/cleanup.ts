import type { Forge } from './forge';
import { removeVersion } from './package-store';

/**
 * `[cron.cleanup_packages]` without rules (section 1.5 of the reference): stale upload sessions, layers no manifest
 * claimed, packages without a version and with them their links, blobs nobody names.
 */
export function cleanUp(forge: Forge): void {
  const { state, settings } = forge;
  const limit = settings.now() - settings.cleanupOlderThan * 1000;
  const isStale = (time: number): boolean => time < limit;
  for (const upload of [...state.uploads.values()]) {
    if (isStale(upload.touchedAt)) state.uploads.delete(upload.id);
  }
  for (const each of state.packages) {
    for (const version of each.versions.filter((candidate) => candidate.isInternal)) {
      const kept = version.files.filter((file) => !isStale(file.createdAt));
      version.files.splice(0, version.files.length, ...kept);
      if (kept.length === 0) removeVersion(each, version);
    }
  }
  state.packages.splice(
    0,
    state.packages.length,
    ...state.packages.filter((each) => each.versions.length > 0),
  );
  removeUnnamedBlobs(forge, isStale);
}

function removeUnnamedBlobs(forge: Forge, isStale: (time: number) => boolean): void {
  const { packages, blobRows, blobs } = forge.state;
  const named = new Set(
    packages.flatMap((each) =>
      each.versions.flatMap((version) => version.files.map((file) => file.sha256)),
    ),
  );
  for (const [digest, row] of [...blobRows]) {
    if (named.has(digest) || !isStale(row.createdAt)) continue;
    blobRows.delete(digest);
    blobs.delete(digest);
  }
}
