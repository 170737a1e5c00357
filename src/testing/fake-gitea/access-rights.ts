import type { Identity } from './authentication';
import type { Forge } from './forge';
import { ownerById } from './forge';
import type { Access, FakeOwner, FakeRepository, FakeTeam } from './state';

const ORDER: readonly Access[] = ['none', 'read', 'write', 'admin', 'owner'];

/** Whether a right is at least another. */
export function atLeast(access: Access, wanted: Access): boolean {
  return ORDER.indexOf(access) >= ORDER.indexOf(wanted);
}

function strongest(rights: readonly Access[]): Access {
  return rights.reduce((best, right) => (atLeast(right, best) ? right : best), 'none');
}

/** Whether the user may do whatever an admin may. */
export function isSiteAdmin(identity: Identity): boolean {
  return identity.user?.account?.isAdmin === true;
}

/** The right on an owner's packages (section 7 of the reference). */
export function packageAccess(forge: Forge, identity: Identity, owner: FakeOwner): Access {
  const { user } = identity;
  if (user === undefined) {
    return forge.settings.requireSignIn || owner.visibility !== 'public' ? 'none' : 'read';
  }
  if (user.account?.isActive === false || user.account?.prohibitLogin === true) return 'none';
  if (isSiteAdmin(identity) || user.id === owner.id) return 'owner';
  const visible: Access = owner.visibility === 'private' ? 'none' : 'read';
  const teams = teamsOf(owner, user.id);
  const general = strongest(teams.map((team) => team.authorize));
  if (atLeast(general, 'write')) return general;
  return strongest([visible, general, ...teams.map((team) => team.packages)]);
}

/** Whether an owner may be seen at all. */
export function canSeeOwner(identity: Identity, owner: FakeOwner): boolean {
  if (owner.visibility === 'public' || isSiteAdmin(identity)) return true;
  if (identity.user === undefined) return false;
  return (
    owner.visibility === 'limited' ||
    owner.id === identity.user.id ||
    teamsOf(owner, identity.user.id).length > 0
  );
}

/** Whether the user owns an organization, or is the user. */
export function ownsOwner(identity: Identity, owner: FakeOwner): boolean {
  const { user } = identity;
  if (user === undefined) return false;
  return (
    owner.id === user.id || teamsOf(owner, user.id).some((team) => atLeast(team.authorize, 'owner'))
  );
}

/** Whether a repository may be read. */
export function canReadRepository(
  forge: Forge,
  identity: Identity,
  repository: FakeRepository,
): boolean {
  const owner = ownerById(forge, repository.ownerId);
  if (isSiteAdmin(identity) || owner.id === identity.user?.id) return true;
  if (!repository.isPrivate) return canSeeOwner(identity, owner);
  return repositoryTeams(owner, identity, repository).some(
    (team) => team.authorize !== 'none' || team.packages !== 'none',
  );
}

/** General right on a repository's code. */
export function repositoryAccess(
  identity: Identity,
  owner: FakeOwner,
  repository: FakeRepository,
): Access {
  if (isSiteAdmin(identity) || owner.id === identity.user?.id) return 'owner';
  return strongest(repositoryTeams(owner, identity, repository).map((team) => team.authorize));
}

/** Whether the user may write to the packages unit of a repository, which linking needs (section 1.7). */
export function canWritePackagesUnit(
  forge: Forge,
  identity: Identity,
  repository: FakeRepository,
): boolean {
  if (!hasPackagesUnit(forge, repository)) return false;
  const owner = ownerById(forge, repository.ownerId);
  if (atLeast(repositoryAccess(identity, owner, repository), 'admin')) return true;
  return repositoryTeams(owner, identity, repository).some((team) =>
    atLeast(team.packages, 'write'),
  );
}

/** Whether a repository has its packages unit, server settings included. */
export function hasPackagesUnit(forge: Forge, repository: FakeRepository): boolean {
  const { packagesEnabled, packagesUnitDisabled } = forge.settings;
  return repository.hasPackages && packagesEnabled && !packagesUnitDisabled;
}

function teamsOf(owner: FakeOwner, userId: number): readonly FakeTeam[] {
  return owner.teams.filter((team) => team.members.has(userId));
}

function repositoryTeams(
  owner: FakeOwner,
  identity: Identity,
  repository: FakeRepository,
): readonly FakeTeam[] {
  if (identity.user === undefined) return [];
  return teamsOf(owner, identity.user.id).filter(
    (team) => team.includesAllRepositories || team.repositories.has(repository.id),
  );
}
