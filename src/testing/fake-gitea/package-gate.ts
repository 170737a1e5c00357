import { atLeast, packageAccess } from './access-rights';
import { NO_PACKAGE_ACCESS, PUBLIC_ONLY } from './answers';
import type { Identity } from './authentication';
import type { FakeAnswer } from './exchange';
import type { Forge } from './forge';
import type { FakeOwner } from './state';
import { allows, isPublicOnly } from './token-scopes';

/** Why `/v2` and `/api/packages` turn somebody away from an owner; absent when they do not. */
export function packageRefusal(
  forge: Forge,
  identity: Identity,
  owner: FakeOwner,
  level: 'read' | 'write',
): FakeAnswer | undefined {
  const { scopes } = identity;
  if (scopes !== undefined) {
    if (!allows(scopes, level, 'package')) return NO_PACKAGE_ACCESS;
    if (
      forge.behavior.honoursPublicOnly &&
      isPublicOnly(scopes) &&
      owner.visibility === 'private'
    ) {
      return PUBLIC_ONLY;
    }
  }
  return atLeast(packageAccess(forge, identity, owner), level) ? undefined : NO_PACKAGE_ACCESS;
}
