import { canWritePackagesUnit, isSiteAdmin, ownsOwner } from '../access-rights';
import { apiEmpty } from '../answers';
import type { FakeAnswer } from '../exchange';
import { findPackage } from '../package-store';
import type { FakePackage } from '../state';
import { apiError } from './call';
import type { OwnerCall } from './owner-route';

/** `POST …/{name}/-/link/{repo}`: rows 10 to 14 of section 4.3 of the reference, in their order. */
export function linkPackage(call: OwnerCall): FakeAnswer {
  const { forge, owner, identity } = call;
  const found = packageOf(call);
  if (found === undefined) return apiError(forge, 404, 'package does not exist');
  const name = paramOf(call, 'repo');
  const repository = forge.state.repositories.find(
    (candidate) =>
      candidate.ownerId === owner.id && candidate.name.toLowerCase() === name.toLowerCase(),
  );
  if (repository === undefined) {
    const asked = `id: 0, uid: ${owner.id}, owner_name: , name: ${name}`;
    return apiError(forge, 404, `repository does not exist [${asked}]`);
  }
  if (found.repositoryId !== undefined) return apiError(forge, 400, 'invalid argument');
  if (!canWritePackagesUnit(forge, identity, repository)) {
    return apiError(forge, 403, 'permission denied');
  }
  found.repositoryId = repository.id;
  return apiEmpty(201);
}

/** `POST …/{name}/-/unlink`: a team member may link and not unlink. */
export function unlinkPackage(call: OwnerCall): FakeAnswer {
  const { forge, owner, identity } = call;
  const found = packageOf(call);
  if (found === undefined) return apiError(forge, 404, 'package does not exist');
  const repository = forge.state.repositories.find(({ id }) => id === found.repositoryId);
  if (found.repositoryId === undefined) return apiError(forge, 400, 'invalid argument');
  if (repository !== undefined && !canWritePackagesUnit(forge, identity, repository)) {
    return apiError(forge, 403, 'permission denied');
  }
  if (!isSiteAdmin(identity) && !ownsOwner(identity, owner)) return apiError(forge, 500, '');
  delete found.repositoryId;
  return apiEmpty(204);
}

function packageOf(call: OwnerCall): FakePackage | undefined {
  return findPackage(call.forge, call.owner, call.params.type!, paramOf(call, 'name'));
}

/** Forgejo takes what stands between the slashes, so it finds no name that had to be escaped. */
function paramOf({ forge, params, rawParams }: OwnerCall, name: string): string {
  return forge.behavior.decodesLinkName ? params[name]! : rawParams[name]!;
}
