import { readRefusal } from '../refusal';
import { joined } from './address';
import type { Api } from './api';
import { ApiDocument } from './api-document';
import { PAGE_SIZE } from './paging';

/** A repository as the API shows it to this account. */
export interface Repository {
  /** `owner/name`. */
  readonly fullName: string;
  readonly isPrivate: boolean;
  /** Whether its packages unit is on; without it nothing can be linked. @default - the server does not say */
  readonly hasPackages?: boolean;
}

/** What became of a name. */
export type Found<T> =
  | { readonly kind: 'found'; readonly value: T }
  /** The name is old; `to` is the new one: `owner/name` of a repository, else the name of the owner. */
  | { readonly kind: 'renamed'; readonly to: string }
  /** Nothing, or nothing this account may see. */
  | { readonly kind: 'absent' };

/** A user or an organization. */
export interface Owner {
  readonly name: string;
  /** `public`, `limited` or `private`. @default - the server does not say */
  readonly visibility?: string;
}

/** The account that asks. */
export interface Account {
  readonly name: string;
  readonly isAdmin: boolean;
}

/**
 * Looks a repository up; needs `read:repository`.
 *
 * @throws ClientError REG314 when the token may not look, and the code of any other refusal
 */
export async function findRepository(
  api: Api,
  owner: string,
  name: string,
): Promise<Found<Repository>> {
  return lookUp(api, {
    path: `/api/v1/repos/${joined(owner, name)}`,
    purpose: `look up repository '${owner}/${name}'`,
    decode: repository,
    absent: ['repository-missing', 'owner-unknown'],
    renamed: 'repository-renamed',
  });
}

/** Which repositories are looked for. */
export interface RepositorySearch {
  /** Text the name holds. @default - any */
  readonly name?: string;
  /** Number of the owner. @default - any owner */
  readonly ownerId?: string;
}

/**
 * Looks for repositories; needs `read:repository`.
 *
 * @returns full names this account may see, one page of them
 * @throws ClientError as {@link findRepository}
 */
export async function searchRepositories(
  api: Api,
  { name, ownerId }: RepositorySearch,
): Promise<string[]> {
  const query = new URLSearchParams({
    limit: `${PAGE_SIZE}`,
    ...(name !== undefined && { q: name }),
    ...(ownerId !== undefined && { uid: ownerId, exclusive: 'true' }),
  });
  const { document } = await api.read({
    path: `/api/v1/repos/search?${query}`,
    purpose: 'look for repositories',
  });
  const data = (document as { readonly data?: unknown } | null)?.data;
  return ApiDocument.listOf(data, 'repository').map((found) => repository(found).fullName);
}

/**
 * Looks a user or an organization up; needs `read:user`.
 *
 * @throws ClientError as {@link findRepository}
 */
export async function findOwner(api: Api, name: string): Promise<Found<Owner>> {
  return lookUp(api, {
    path: `/api/v1/users/${joined(name)}`,
    purpose: `look up owner '${name}'`,
    decode: (document) => {
      const visibility = document.textIfAny('visibility');
      return { name: document.text('login'), ...(visibility !== undefined && { visibility }) };
    },
    absent: ['owner-unknown', 'thing-missing'],
    renamed: 'owner-renamed',
  });
}

/**
 * The account of the credential; needs `read:user`.
 *
 * @throws ClientError REG312 for a wrong token, REG314 when it may not look, and the code of any other refusal
 */
export async function readAccount(api: Api): Promise<Account> {
  const { document } = await api.read({
    path: '/api/v1/user',
    purpose: 'ask who the credential belongs to',
  });
  const account = ApiDocument.of(document, 'an account');
  return { name: account.text('login'), isAdmin: account.flag('is_admin') ?? false };
}

interface LookUp<T> {
  readonly path: string;
  readonly purpose: string;
  readonly decode: (document: ApiDocument) => T;
  /** Rows of the fingerprint table that say that there is nothing. */
  readonly absent: readonly string[];
  /** Row that says that there is a new name. */
  readonly renamed: string;
}

async function lookUp<T>(api: Api, request: LookUp<T>): Promise<Found<T>> {
  const { path, purpose, decode, absent, renamed } = request;
  const answer = await api.send({ path, purpose, followRedirects: false });
  if (answer.status === 200) {
    return {
      kind: 'found',
      value: decode(ApiDocument.of(await answer.json(), `the answer to '${purpose}'`)),
    };
  }
  const { reading, error } = await readRefusal(answer, { method: 'GET', purpose, surface: 'api' });
  if (reading.id === renamed) {
    const { owner, now } = reading.parts;
    return { kind: 'renamed', to: owner === undefined ? now : `${owner}/${now}` };
  }
  if (absent.includes(reading.id)) {
    return { kind: 'absent' };
  }
  throw error;
}

function repository(document: ApiDocument): Repository {
  const hasPackages = document.flag('has_packages');
  return {
    fullName: document.text('full_name'),
    isPrivate: document.flag('private') ?? false,
    ...(hasPackages !== undefined && { hasPackages }),
  };
}
