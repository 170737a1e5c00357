import { matches } from '../../declaration/grammar';
import type { PackageReference } from '../../declaration/package-reference';
import { formatPackageReference } from '../../declaration/package-reference';
import { quote } from '../../declaration/problem';
import { REPOSITORY_NAME } from '../../declaration/repository-name';
import { ClientError } from '../error';
import type { HttpResponse } from '../http/message';
import { readRefusal } from '../refusal';
import { checkReference, joined, packagePath, withoutVersion } from './address';
import type { Api } from './api';
import type { LinkTask } from './link-refused';
import { refusedLink, refuseUnsupported } from './link-refused';
import type { PackageVersion } from './package-version';
import type { ForgeServer } from './server';

/** What became of a link. */
export type LinkOutcome =
  /** The package is linked now, or was already. */
  | {
      readonly kind: 'linked' | 'unchanged';
      /** `owner/name`. */
      readonly repository: string;
      /** No version is left: package and link go with the next cleanup (REG913). @default false */
      readonly isEmpty?: boolean;
    }
  /** It is linked to another repository: to move it, unlink it first. */
  | {
      readonly kind: 'linked-elsewhere';
      /** `owner/name`. @default - one this account cannot see, or no version is left to show it */
      readonly repository?: string;
      /** No version is left, as above. @default false */
      readonly isEmpty?: boolean;
    };

/** What became of an unlink. */
export type UnlinkOutcome = 'unlinked' | 'unchanged';

/** What linking needs of the packages client. */
export interface LinkContext {
  readonly api: Api;
  /** The server, when it says what it is; asked where it is not known yet. */
  readonly server: () => Promise<ForgeServer | undefined>;
  /** The server, as far as it is known without a request. */
  readonly knownServer: () => ForgeServer | undefined;
  /** Any version of the package. */
  readonly anyVersion: (
    reference: PackageReference,
    purpose: string,
  ) => Promise<PackageVersion | undefined>;
  /** Versions of an owner. */
  readonly list: (
    owner: string,
    filter: { readonly name?: string },
  ) => AsyncIterable<PackageVersion>;
}

/** What is known of a package before it is linked. */
export interface LinkOptions {
  /**
   * Its repository as a list gave it, `owner/name`, or null for none. @default - asked for, one request more
   */
  readonly current?: string | null;
}

/** Links a package to a repository of its owner; see `PackagesClient.link`. */
export async function linkPackage(
  context: LinkContext,
  reference: PackageReference,
  repository: string,
  options: LinkOptions = {},
): Promise<LinkOutcome> {
  const task = prepared(context, reference, repository);
  // The list that tells how the package stands depends on the release as well.
  const server = options.current === undefined ? await context.server() : context.knownServer();
  refuseUnsupported(task, server);
  const wanted = `${reference.owner}/${repository}`;
  const standing = await standingLink(task, options);
  if (standing.current !== null) {
    return compared(standing, wanted);
  }
  const answer = await post(task, `link/${joined(repository)}`);
  if (answer.status === 201) {
    await answer.discard();
    return { kind: 'linked', repository: wanted, ...(standing.isEmpty && { isEmpty: true }) };
  }
  const refused = await readPost(task, answer);
  if (refused.reading.id !== 'invalid-argument') {
    throw await refusedLink(task, refused);
  }
  const now = await standingLink(task);
  const outcome = compared(now, wanted);
  // The first of two attempts made the link, and its answer was lost.
  return answer.isRepeated && outcome.kind === 'unchanged'
    ? { ...outcome, kind: 'linked' }
    : outcome;
}

/** Takes the link of a package away; see `PackagesClient.unlink`. */
export async function unlinkPackage(
  context: LinkContext,
  reference: PackageReference,
): Promise<UnlinkOutcome> {
  const task = prepared(context, reference);
  refuseUnsupported(task, context.knownServer());
  const answer = await post(task, 'unlink');
  // The API description says 201, the servers 204.
  if (answer.status === 204 || answer.status === 201) {
    await answer.discard();
    return 'unlinked';
  }
  const refused = await readPost(task, answer);
  if (refused.reading.id !== 'invalid-argument') {
    throw await refusedLink(task, refused);
  }
  return answer.isRepeated ? 'unlinked' : 'unchanged';
}

function prepared(
  context: LinkContext,
  reference: PackageReference,
  repository?: string,
): LinkTask {
  const unversioned = withoutVersion(reference);
  checkReference(unversioned);
  if (repository !== undefined) {
    checkRepository(reference.owner, repository);
  }
  const { api, list, server } = context;
  const name = `'${formatPackageReference(unversioned)}'`;
  const purpose =
    repository === undefined
      ? `unlink ${name}`
      : `link ${name} to '${reference.owner}/${repository}'`;
  return {
    api,
    reference: unversioned,
    purpose,
    server,
    list: (filter) => list(reference.owner, filter),
    anyVersion: () => context.anyVersion(unversioned, purpose),
    ...(repository !== undefined && { repository }),
  };
}

function checkRepository(owner: string, repository: string): void {
  const [first, ...rest] = repository.split('/');
  const { allowed, code } = REPOSITORY_NAME;
  if (rest.length === 1 && matches(REPOSITORY_NAME, rest[0])) {
    const isOwn = first.toLowerCase() === owner.toLowerCase();
    throw new ClientError(
      `repository ${quote(repository)} ${isOwn ? `must be named without its owner: '${rest[0]}'` : `does not belong to '${owner}', and a link never leaves the owner of the package`}`,
      code,
    );
  }
  if (!matches(REPOSITORY_NAME, repository)) {
    throw new ClientError(`repository ${quote(repository)} ${allowed}`, code);
  }
}

/** How a package stands before it is linked. */
interface StandingLink {
  /** `owner/name`; null for none, or one this account cannot see. */
  readonly current: string | null;
  /** No version is left, or none ever was. */
  readonly isEmpty: boolean;
}

async function standingLink(
  { reference, anyVersion }: LinkTask,
  { current }: LinkOptions = {},
): Promise<StandingLink> {
  if (current !== undefined) {
    return { current, isEmpty: false };
  }
  const version = await anyVersion();
  if (version !== undefined && version.owner.toLowerCase() !== reference.owner.toLowerCase()) {
    throw new ClientError(
      `owner '${reference.owner}' was renamed to '${version.owner}': use the new name, links are not redirected`,
      'REG320',
    );
  }
  return { current: version?.repository?.fullName ?? null, isEmpty: version === undefined };
}

/** What a package that is linked means for a link that is wanted; names are compared without case. */
function compared({ current, isEmpty }: StandingLink, wanted: string): LinkOutcome {
  if (current === null) {
    return { kind: 'linked-elsewhere', ...(isEmpty && { isEmpty }) };
  }
  const kind = current.toLowerCase() === wanted.toLowerCase() ? 'unchanged' : 'linked-elsewhere';
  return { kind, repository: current };
}

async function post({ api, reference, purpose }: LinkTask, action: string): Promise<HttpResponse> {
  return api.send({
    method: 'POST',
    path: `${packagePath(reference)}/-/${action}`,
    purpose,
    // The second of two is refused with 400 and changes nothing.
    isRepeatable: true,
  });
}

async function readPost({ purpose }: LinkTask, answer: HttpResponse) {
  return readRefusal(answer, { method: 'POST', purpose, surface: 'api' });
}
