import { createHash } from 'node:crypto';
import {
  atLeast,
  canReadRepository,
  hasPackagesUnit,
  isSiteAdmin,
  repositoryAccess,
} from '../access-rights';
import type { Identity } from '../authentication';
import { ownerById, rootUrlOf } from '../forge';
import type { Forge } from '../forge';
import { goPathEscape } from '../go-path-escape';
import { sizeOf } from '../package-store';
import type { FakeFile, FakeOwner, FakePackage, FakeRepository, FakeVersion } from '../state';

/** Keys and their order are the recorded servers' (Gitea 1.26-dev, Forgejo 11.0.2). */
export type Document = Readonly<Record<string, unknown>>;

/** A time as Go writes it. */
export function goTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.[0-9]+Z$/, 'Z');
}

const NEVER = '0001-01-01T00:00:00Z';

/** No recording shows these keys or what follows them: written after Gitea's API description. */
const MERGE_SETTINGS: Document = {
  ignore_whitespace_conflicts: false,
  allow_merge_commits: true,
  allow_rebase: true,
  allow_rebase_explicit: true,
  allow_squash_merge: true,
  allow_fast_forward_only_merge: true,
  allow_rebase_update: true,
  allow_manual_merge: false,
  autodetect_manual_merge: false,
  default_delete_branch_after_merge: false,
  default_merge_style: 'merge',
  default_allow_maintainer_edit: false,
};

/** A user or organization; more of it for site admins and for the user. */
export function userDocument(forge: Forge, owner: FakeOwner, viewer: Identity): Document {
  const { account } = owner;
  const isClose = isSiteAdmin(viewer) || viewer.user?.id === owner.id;
  const root = rootUrlOf(forge);
  const { htmlUrlOfUsers, isForgejo } = forge.behavior;
  return {
    id: owner.id,
    login: owner.name,
    login_name: isClose ? (account?.loginName ?? '') : '',
    source_id: 0,
    full_name: '',
    email: account?.email ?? '',
    avatar_url: avatarUrl(forge, owner),
    ...(htmlUrlOfUsers ? { html_url: `${root}${owner.name}` } : {}),
    language: isClose ? (account?.language ?? '') : '',
    is_admin: isClose && account?.isAdmin === true,
    last_login: NEVER,
    created: goTime(owner.createdAt),
    restricted: false,
    active: isClose && (account?.isActive ?? true),
    prohibit_login: isClose && account?.prohibitLogin === true,
    location: '',
    ...(isForgejo ? { pronouns: '' } : {}),
    website: '',
    description: '',
    visibility: owner.visibility,
    followers_count: 0,
    following_count: 0,
    starred_repos_count: 0,
    username: owner.name,
  };
}

/** An organization, as `/orgs` has it. */
export function organizationDocument(forge: Forge, owner: FakeOwner): Document {
  return {
    id: owner.id,
    name: owner.name,
    full_name: '',
    email: '',
    avatar_url: avatarUrl(forge, owner),
    description: '',
    website: '',
    location: '',
    visibility: owner.visibility,
    repo_admin_change_team_access: false,
    username: owner.name,
  };
}

/** A repository. */
export function repositoryDocument(
  forge: Forge,
  repository: FakeRepository,
  viewer: Identity,
): Document {
  const owner = ownerById(forge, repository.ownerId);
  const fullName = `${owner.name}/${repository.name}`;
  return {
    id: repository.id,
    // The owner is told as to somebody without an account.
    owner: userDocument(forge, owner, { byBasic: false }),
    name: repository.name,
    full_name: fullName,
    description: '',
    empty: repository.isEmpty,
    private: repository.isPrivate,
    fork: repository.parentId !== undefined,
    template: false,
    ...parentOf(forge, repository, viewer),
    mirror: false,
    size: repository.isEmpty ? 24 : 25,
    language: '',
    ...addresses(forge, fullName),
    original_url: '',
    website: '',
    stars_count: 0,
    forks_count: forge.state.repositories.filter(({ parentId }) => parentId === repository.id)
      .length,
    watchers_count: repository.watchers,
    open_issues_count: 0,
    open_pr_counter: 0,
    release_counter: 0,
    default_branch: 'main',
    archived: false,
    created_at: goTime(repository.createdAt),
    updated_at: goTime(repository.createdAt),
    archived_at: '1970-01-01T00:00:00Z',
    permissions: permissionsOf(forge, repository, owner, viewer),
    ...(forge.behavior.repositoryHasCode ? { has_code: !repository.isEmpty } : {}),
    has_issues: true,
    ...unitsOf(forge, repository),
  };
}

/** A package version. */
export function packageDocument(
  forge: Forge,
  of: FakePackage,
  version: FakeVersion,
  viewer: Identity,
): Document {
  const owner = ownerById(forge, of.ownerId);
  const linked = forge.state.repositories.find(({ id }) => id === of.repositoryId);
  const isVisible = linked !== undefined && canReadRepository(forge, viewer, linked);
  const creator = forge.state.owners.find(({ id }) => id === version.creatorId);
  const path = [of.name, version.version].map(goPathEscape).join('/');
  return {
    id: version.id,
    owner: userDocument(forge, owner, viewer),
    repository: isVisible ? repositoryDocument(forge, linked, viewer) : null,
    creator: creator === undefined ? null : userDocument(forge, creator, viewer),
    type: of.type,
    name: of.name,
    version: version.version,
    html_url: `${rootUrlOf(forge)}${owner.name}/-/packages/${of.type}/${path}`,
    created_at: goTime(version.createdAt),
  };
}

/** A file of a package version. */
export function fileDocument(forge: Forge, file: FakeFile): Document {
  const { md5, sha1, sha512 } = forge.state.blobRows.get(file.sha256)!.digests;
  return {
    id: file.id,
    [forge.behavior.fileSizeKey]: sizeOf(forge, file.sha256),
    name: file.name,
    md5,
    sha1,
    sha256: file.sha256,
    sha512,
  };
}

function avatarUrl(forge: Forge, owner: FakeOwner): string {
  const seed = owner.account?.email ?? owner.name.toLowerCase();
  return `${rootUrlOf(forge)}avatars/${createHash('md5').update(seed).digest('hex')}`;
}

function parentOf(forge: Forge, repository: FakeRepository, viewer: Identity): Document {
  const parent = forge.state.repositories.find(({ id }) => id === repository.parentId);
  if (parent !== undefined) return { parent: repositoryDocument(forge, parent, viewer) };
  return forge.behavior.repositoryNullParent ? { parent: null } : {};
}

function addresses(forge: Forge, fullName: string): Document {
  const root = rootUrlOf(forge);
  const host = new URL(root).hostname;
  return {
    languages_url: `${root}api/v1/repos/${fullName}/languages`,
    html_url: `${root}${fullName}`,
    url: `${root}api/v1/repos/${fullName}`,
    link: '',
    ssh_url: forge.behavior.isForgejo
      ? `ssh://root@${host}/${fullName}.git`
      : `root@${host}:${fullName}.git`,
    clone_url: `${root}${fullName}.git`,
  };
}

function permissionsOf(
  forge: Forge,
  repository: FakeRepository,
  owner: FakeOwner,
  viewer: Identity,
): Document {
  const access = repositoryAccess(viewer, owner, repository);
  return {
    admin: atLeast(access, 'admin'),
    push: atLeast(access, 'write'),
    pull: atLeast(access, 'read') || canReadRepository(forge, viewer, repository),
  };
}

function unitsOf(forge: Forge, repository: FakeRepository): Document {
  const { isForgejo } = forge.behavior;
  return {
    internal_tracker: {
      enable_time_tracker: true,
      allow_only_contributors_to_track_time: true,
      enable_issue_dependencies: true,
    },
    has_wiki: true,
    ...(isForgejo ? { wiki_branch: 'main', globally_editable_wiki: false } : {}),
    has_pull_requests: true,
    has_projects: true,
    ...(isForgejo ? {} : { projects_mode: 'all' }),
    has_releases: true,
    has_packages: hasPackagesUnit(forge, repository),
    has_actions: false,
    ...MERGE_SETTINGS,
    avatar_url: '',
    internal: false,
    mirror_interval: '',
    object_format_name: 'sha1',
    mirror_updated: NEVER,
    topics: [],
    licenses: [],
  };
}
