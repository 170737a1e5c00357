import type { Forge } from './forge';
import { findOwner } from './forge';
import type { FakeOwner, FakeRepository, FakeTeam, OwnerVisibility } from './state';

/** A new user. */
export interface NewUser {
  readonly name: string;
  readonly password: string;
  readonly email: string;
  readonly isAdmin: boolean;
  readonly mustChangePassword: boolean;
  readonly visibility: OwnerVisibility;
}

/** A new repository. */
export interface NewRepository {
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isEmpty: boolean;
  readonly hasPackages: boolean;
  readonly parentId?: number;
  /** User who makes it. */
  readonly creatorId: number;
}

/** Adds a user row; the caller saw that the name is free. */
export function addUser(forge: Forge, user: NewUser): FakeOwner {
  return addOwner(forge, {
    kind: 'user',
    name: user.name,
    visibility: user.visibility,
    account: {
      password: user.password,
      loginName: '',
      email: user.email,
      language: '',
      isAdmin: user.isAdmin,
      isActive: true,
      prohibitLogin: false,
      mustChangePassword: user.mustChangePassword,
      tokens: [],
    },
  });
}

/** Adds an organization and its team `Owners`. */
export function addOrganization(
  forge: Forge,
  name: string,
  visibility: OwnerVisibility,
  ownerIds: readonly number[],
): FakeOwner {
  const organization = addOwner(forge, { kind: 'organization', name, visibility });
  addTeam(forge, organization, {
    name: 'Owners',
    authorize: 'owner',
    packages: 'owner',
    includesAllRepositories: true,
    repositories: new Set(),
    members: new Set(ownerIds),
  });
  return organization;
}

/** Adds a team to an organization. */
export function addTeam(
  forge: Forge,
  organization: FakeOwner,
  team: Omit<FakeTeam, 'id'>,
): FakeTeam {
  const created: FakeTeam = { id: forge.state.nextId('team'), ...team };
  organization.teams.push(created);
  return created;
}

/** Adds a repository; whoever is in a team of its organization watches it. */
export function addRepository(
  forge: Forge,
  owner: FakeOwner,
  { creatorId, ...repository }: NewRepository,
): FakeRepository {
  const members = owner.teams.flatMap((team) => [...team.members]);
  const created: FakeRepository = {
    id: forge.state.nextId('repository'),
    ownerId: owner.id,
    watchers: new Set([creatorId, ...members]).size,
    createdAt: forge.settings.now(),
    ...repository,
  };
  forge.state.repositories.push(created);
  return created;
}

/** A repository by owner and name, without case. */
export function findRepository(
  forge: Forge,
  owner: FakeOwner,
  name: string,
): FakeRepository | undefined {
  const wanted = name.toLowerCase();
  return forge.state.repositories.find(
    (candidate) => candidate.ownerId === owner.id && candidate.name.toLowerCase() === wanted,
  );
}

/** Takes a repository away; links to it end, the packages stay. */
export function removeRepository(forge: Forge, repository: FakeRepository): void {
  const { repositories, packages } = forge.state;
  repositories.splice(repositories.indexOf(repository), 1);
  for (const each of packages) {
    if (each.repositoryId === repository.id) delete each.repositoryId;
  }
}

/** Gives an owner another name and keeps the former one as a redirect. */
export function renameOwner(forge: Forge, owner: FakeOwner, name: string): void {
  const { ownerRedirects } = forge.state;
  ownerRedirects.delete(name.toLowerCase());
  ownerRedirects.set(owner.name.toLowerCase(), owner.id);
  owner.name = name;
}

/** Gives a repository another name and keeps the former one as a redirect. */
export function renameRepository(forge: Forge, repository: FakeRepository, name: string): void {
  const { repositoryRedirects } = forge.state;
  repositoryRedirects.delete(redirectKey(repository.ownerId, name));
  repositoryRedirects.set(redirectKey(repository.ownerId, repository.name), repository.id);
  repository.name = name;
}

/** Where the state keeps a former name. */
export function redirectKey(ownerId: number, name: string): string {
  return `${ownerId}/${name.toLowerCase()}`;
}

function addOwner(forge: Forge, owner: Omit<FakeOwner, 'id' | 'createdAt' | 'teams'>): FakeOwner {
  if (findOwner(forge, owner.name) !== undefined) {
    throw new Error(`owner '${owner.name}' must not exist yet`);
  }
  const created: FakeOwner = {
    id: forge.state.nextId('user'),
    createdAt: forge.settings.now(),
    teams: [],
    ...owner,
  };
  forge.state.owners.push(created);
  return created;
}
