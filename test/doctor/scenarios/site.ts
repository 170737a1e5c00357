import type { FakeGitea, FakePackage } from '../../../src/testing';
import type { TestImage } from '../../testing/images';
import { basic } from '../../testing/raw-request';
import {
  digestOf,
  imageOf,
  INDEX_TYPE,
  indexOf,
  pushImage,
  pushManifest,
} from '../../testing/images';
import type { PushPlace } from '../../testing/images';
import type { Login } from './world';

/** The public organization. */
export const OWNER = 'coulomb';

/** Its image, linked to its repository `hub`. */
export const IMAGE = 'state-hub';
export const TAG = '6186a99';
export const STATE_HUB = imageOf('state hub');

/** Scopes of a publisher who may also see repositories and itself. */
export const CURIOUS = ['write:package', 'read:repository', 'read:user', 'read:organization'];

/**
 * The users `ci`, who may write packages of `coulomb`, and `puller`, who may not; the organization, its repository and
 * its image.
 */
export async function seed(gitea: FakeGitea): Promise<void> {
  gitea.addUser('root', { admin: true });
  gitea.addUser('ci');
  gitea.addUser('puller');
  addOwner(gitea, OWNER);
  gitea.addRepository(OWNER, 'hub');
  await push(gitea, `${OWNER}/${IMAGE}`, TAG, STATE_HUB);
  link(gitea, IMAGE, 'hub');
}

/** An organization whose packages `ci` may write. */
export function addOwner(
  gitea: FakeGitea,
  name: string,
  visibility: 'public' | 'limited' | 'private' = 'public',
): void {
  gitea.addOrganization(name, { visibility, owners: ['root'] });
  gitea.addTeam(name, 'packagers', { packages: 'write', members: ['ci'] });
}

/** Pushes an image as the site admin. */
export async function push(
  gitea: FakeGitea,
  repository: string,
  tag: string,
  image: TestImage = imageOf(repository),
): Promise<void> {
  const { status } = await pushImage(placeOf(gitea, repository), tag, image);
  expectCreated(status, `${repository}:${tag}`);
}

/** Pushes two images by digest and an index over them by tag. */
export async function pushIndex(
  gitea: FakeGitea,
  repository: string,
  tag: string,
): Promise<readonly TestImage[]> {
  const children = [imageOf(`${repository} amd64`), imageOf(`${repository} arm64`)];
  for (const child of children) {
    await push(gitea, repository, digestOf(child.manifest), child);
  }
  const { status } = await pushManifest(
    placeOf(gitea, repository),
    tag,
    indexOf(...children),
    INDEX_TYPE,
  );
  expectCreated(status, `${repository}:${tag}`);
  return children;
}

/** Logs in with a new token. */
export function withToken(
  user: string,
  scopes: readonly string[] = ['write:package'],
): (gitea: FakeGitea) => Login {
  return (gitea) => ({ user, secret: gitea.createToken(user, scopes) });
}

/** A container package. */
export function packageNamed(gitea: FakeGitea, name: string): FakePackage {
  const found = gitea.state.packages.find((each) => each.name === name);
  if (found === undefined) {
    throw new Error(`package '${name}' must be pushed first`);
  }
  return found;
}

/** Links a package to a repository, by their bare names. */
export function link(gitea: FakeGitea, name: string, repository: string): void {
  packageNamed(gitea, name).repositoryId = gitea.state.repositories.find(
    (each) => each.name === repository,
  )!.id;
}

/** Changes what makes a user a user. */
export function changeAccount(
  gitea: FakeGitea,
  name: string,
  change: Partial<NonNullable<FakeGitea['state']['owners'][number]['account']>>,
): void {
  Object.assign(gitea.state.owners.find((owner) => owner.name === name)!.account!, change);
}

function placeOf(gitea: FakeGitea, repository: string): PushPlace {
  return { url: gitea.url, repository, headers: basic('root', 'root-password') };
}

function expectCreated(status: number, what: string): void {
  if (status !== 201) {
    throw new Error(`'${what}' was not pushed: status ${status}`);
  }
}
