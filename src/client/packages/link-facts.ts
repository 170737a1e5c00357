import type { PackageReference } from '../../declaration/package-reference';
import { ClientError } from '../error';
import type { Reading } from '../fingerprint';
import { joined, packagePath } from './address';
import type { Api } from './api';
import type { LinkFacts } from './link-outcome';
import { findRepository, searchRepositories } from './look-ups';
import type { PackageVersion } from './package-version';
import type { ForgeServer } from './server';
import { describeServer, hasFeature } from './server';
import { similarNames } from './similar-names';

/** Most versions of an owner that are read to find a name like the one that was typed. */
const MOST_READ = 1000;

/** A link that was refused, and where to look for its cause. */
export interface LinkSearch {
  readonly api: Api;
  /** Without a version. */
  readonly reference: PackageReference;
  /** @default - it was an unlink */
  readonly repository?: string;
  /** The server, when it says what it is; asked where it is not known yet. */
  readonly server: () => Promise<ForgeServer | undefined>;
  /** Lists packages of the owner. */
  readonly list: (filter: { readonly name?: string }) => AsyncIterable<PackageVersion>;
}

/** What was found, and the names that go into the message. */
export interface LinkFinding {
  readonly facts: LinkFacts;
  readonly words: { readonly found?: string; readonly similar?: string; readonly server?: string };
}

/**
 * Looks for the cause of a refusal with harmless requests. What the token may not look up stays unknown.
 *
 * @param reading what the answer is
 */
export async function lookForCause(
  { id, parts }: Pick<Reading, 'id' | 'parts'>,
  search: LinkSearch,
): Promise<LinkFinding> {
  const { facts, words } = (await LOOK_UPS[id]?.(search, parts)) ?? NOTHING;
  const release = ABOUT_RELEASE.has(id) ? await lookForRelease(search) : NOTHING;
  return {
    facts: { hasSlash: search.reference.name.includes('/'), ...release.facts, ...facts },
    words: { ...release.words, ...words },
  };
}

type Parts = Reading['parts'];

type LookUp = (search: LinkSearch, parts: Parts) => Promise<LinkFinding>;

const NOTHING: LinkFinding = { facts: {}, words: {} };

const LOOK_UPS: { readonly [answer: string]: LookUp } = {
  'api-route-missing': lookForRoute,
  'package-missing': lookForPackage,
  'repository-missing': lookForRepository,
  'permission-denied': lookForUnit,
  'owner-access': lookForAccess,
};

/** Answers that mean one thing on one release and another on the next. */
const ABOUT_RELEASE: ReadonlySet<string> = new Set(['api-route-missing', 'package-missing']);

async function lookForRelease({ server: ask }: LinkSearch): Promise<LinkFinding> {
  const server = await tried(ask());
  if (server === undefined) {
    return NOTHING;
  }
  const hasLinks = hasFeature(server, 'linkApi');
  return {
    facts: {
      isForgejo: server.product === 'forgejo',
      ...(hasLinks !== undefined && { isTooOld: !hasLinks }),
    },
    words: { server: describeServer(server) },
  };
}

async function lookForRoute({ api, reference, repository }: LinkSearch): Promise<LinkFinding> {
  const action = repository === undefined ? 'unlink' : `link/${joined(repository)}`;
  const answer = await tried(
    api.send({ path: `${packagePath(reference)}/-/${action}`, purpose: 'find the route' }),
  );
  await answer?.discard();
  return answer === undefined
    ? NOTHING
    : {
        facts: { hasRoute: answer.status === 405 && /\bPOST\b/.test(answer.headers.allow ?? '') },
        words: {},
      };
}

async function lookForPackage({ reference, list }: LinkSearch): Promise<LinkFinding> {
  const named = await tried(namesOf(list({ name: reference.name })));
  if (named === undefined) {
    return NOTHING;
  }
  const name = reference.name.toLowerCase();
  const same = [...named].filter((each) => partsOf(each).name.toLowerCase() === name);
  const isListed = same.some((each) => partsOf(each).type === reference.type);
  if (isListed || same.length > 0) {
    return {
      facts: { isListed, hasOtherType: !isListed },
      words: { found: `${reference.owner}/${same[0]}` },
    };
  }
  const all = (await tried(namesOf(list({})))) ?? named;
  const ofType = [...all].map(partsOf).filter(({ type }) => type === reference.type);
  const similar = similarNames(
    reference.name,
    ofType.map((part) => part.name),
  );
  return {
    facts: { isListed, hasSimilarPackage: similar.length > 0 },
    words: { similar: offered(similar) },
  };
}

async function lookForRepository(search: LinkSearch, { uid }: Parts): Promise<LinkFinding> {
  const { api, reference, repository: name = '' } = search;
  const found = await tried(findRepository(api, reference.owner, name));
  if (found === undefined) {
    return { facts: { isLookUpRefused: true }, words: {} };
  }
  if (found.kind === 'renamed') {
    return { facts: { repository: 'renamed' }, words: { found: found.to } };
  }
  const isSame = (fullName: string): boolean => nameOf(fullName) === name.toLowerCase();
  const elsewhere = ((await tried(searchRepositories(api, { name }))) ?? []).find(isSame);
  const ours =
    uid === undefined ? [] : ((await tried(searchRepositories(api, { ownerId: uid }))) ?? []);
  const similar = similarNames(name, ours.map(nameOf));
  return {
    facts: {
      repository: found.kind,
      isElsewhere: elsewhere !== undefined,
      hasSimilarRepository: similar.length > 0,
    },
    words: { similar: offered(similar), ...(elsewhere !== undefined && { found: elsewhere }) },
  };
}

async function lookForUnit({ api, reference, repository = '' }: LinkSearch): Promise<LinkFinding> {
  const found = await tried(findRepository(api, reference.owner, repository));
  if (found === undefined) {
    return { facts: { isLookUpRefused: true }, words: {} };
  }
  const hasPackagesUnit = found.kind === 'found' ? found.value.hasPackages : undefined;
  return {
    facts: { repository: found.kind, ...(hasPackagesUnit !== undefined && { hasPackagesUnit }) },
    words: {},
  };
}

async function lookForAccess({ api, reference }: LinkSearch): Promise<LinkFinding> {
  const purpose = `list the packages of '${reference.owner}'`;
  const answer = await tried(
    api.send({ path: `/api/v1/packages/${joined(reference.owner)}?limit=1`, purpose }),
  );
  await answer?.discard();
  const mayRead = { 200: true, 403: false }[answer?.status ?? 0];
  return { facts: mayRead === undefined ? {} : { mayRead }, words: {} };
}

/** `type/name` of each package, as far as so many versions go. */
async function namesOf(versions: AsyncIterable<PackageVersion>): Promise<Set<string>> {
  const names = new Set<string>();
  let read = 0;
  for await (const { type, name } of versions) {
    names.add(`${type}/${name}`);
    if (++read >= MOST_READ) {
      break;
    }
  }
  return names;
}

function partsOf(text: string): { readonly type: string; readonly name: string } {
  const slash = text.indexOf('/');
  return { type: text.slice(0, slash), name: text.slice(slash + 1) };
}

/** Name of a repository in lower case: Gitea takes names for one that differ by case only. */
function nameOf(fullName: string): string {
  return fullName.slice(fullName.indexOf('/') + 1).toLowerCase();
}

function offered(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}

/** A look-up may be refused, as to a token with a package scope only: then nothing is known. */
async function tried<T>(looked: Promise<T>): Promise<T | undefined> {
  try {
    return await looked;
  } catch (error) {
    if (error instanceof ClientError) {
      return undefined;
    }
    throw error;
  }
}
