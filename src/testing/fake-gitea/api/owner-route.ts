import { atLeast, packageAccess } from '../access-rights';
import type { FakeAnswer } from '../exchange';
import type { FakeOwner } from '../state';
import { isPublicOnly } from '../token-scopes';
import { apiError } from './call';
import type { ApiCall } from './call';
import { ownerOfPath } from './users';

/** A call about an owner's packages. */
export type OwnerCall = ApiCall & { readonly owner: FakeOwner };

const NO_ACCESS = 'user should have specific permission or be a site admin';

/** Looks the owner up and judges the right: rows 6 to 9 of section 4.3 of the reference. */
export function forOwner(
  level: 'read' | 'write',
  answer: (call: OwnerCall) => FakeAnswer,
): (call: ApiCall) => FakeAnswer {
  return (call) => {
    const { forge, identity } = call;
    const owner = ownerOfPath(call, call.params.owner!);
    if ('status' in owner) return owner;
    const access = packageAccess(forge, identity, owner);
    if (!atLeast(access, 'read')) return apiError(forge, 403, NO_ACCESS);
    const { honoursPublicOnly } = forge.behavior;
    if (
      honoursPublicOnly &&
      isPublicOnly(identity.scopes ?? []) &&
      owner.visibility === 'private'
    ) {
      return apiError(forge, 403, 'token scope is limited to public packages');
    }
    if (!atLeast(access, level)) return apiError(forge, 403, NO_ACCESS);
    return answer({ ...call, owner });
  };
}
