import { isSiteAdmin } from './access-rights';
import type { Identity } from './authentication';
import type { Forge } from './forge';
import { sizeOf, visibleVersions } from './package-store';
import type { FakeOwner } from './state';

/** Texts of a refused generic upload; the container routes answer without one (section 3.7 of the reference). */
export type QuotaRefusal =
  | 'maximum allowed package type size exceeded'
  | 'maximum allowed package storage quota exceeded'
  | 'maximum allowed package count exceeded';

/** Why one more upload is too much; a site admin may always. */
export function sizeRefusal(
  forge: Forge,
  identity: Identity,
  owner: FakeOwner,
  type: string,
  size: number,
): QuotaRefusal | undefined {
  if (isSiteAdmin(identity)) return undefined;
  const { sizeLimits, totalOwnerSize } = forge.settings;
  const typeLimit = sizeLimits[type] ?? -1;
  if (typeLimit > -1 && size > typeLimit) return 'maximum allowed package type size exceeded';
  if (totalOwnerSize > -1 && usedBytes(forge, owner) + size > totalOwnerSize) {
    return 'maximum allowed package storage quota exceeded';
  }
  return undefined;
}

/** Why one more version is too much; a site admin may always. */
export function countRefusal(
  forge: Forge,
  identity: Identity,
  owner: FakeOwner,
): QuotaRefusal | undefined {
  const { totalOwnerCount } = forge.settings;
  if (isSiteAdmin(identity) || totalOwnerCount === -1) return undefined;
  const count = versionsOf(forge, owner).length;
  return count >= totalOwnerCount ? 'maximum allowed package count exceeded' : undefined;
}

/** Shared layers count once a file row. */
function usedBytes(forge: Forge, owner: FakeOwner): number {
  return versionsOf(forge, owner)
    .flatMap((version) => version.files)
    .reduce((sum, file) => sum + sizeOf(forge, file.sha256), 0);
}

function versionsOf(forge: Forge, owner: FakeOwner): ReturnType<typeof visibleVersions> {
  return forge.state.packages
    .filter((candidate) => candidate.ownerId === owner.id)
    .flatMap(visibleVersions);
}
