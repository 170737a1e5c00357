import { atLeast, canReadRepository, ownsOwner, repositoryAccess } from '../access-rights';
import {
  addRepository,
  findRepository,
  redirectKey,
  removeRepository,
  renameRepository,
} from '../accounts';
import { apiEmpty, apiJson } from '../answers';
import type { FakeAnswer } from '../exchange';
import { findOwner, ownerById } from '../forge';
import type { Forge } from '../forge';
import type { FakeOwner, FakeRepository } from '../state';
import { apiError, apiNotFound, flagOf, jsonBody, textOf } from './call';
import type { ApiCall, SignedCall } from './call';
import { repositoryDocument } from './documents';
import type { ApiRoute } from './routes';

const PATH = '/repos/{owner}/{repo}';

/** Repositories, as far as packages care. No refusal but the redirect was recorded: the texts follow the documented API. */
export const REPOSITORY_ROUTES: readonly ApiRoute[] = [
  { method: 'GET', path: PATH, scope: 'repository', answer: (call) => onRepository(call, get) },
  {
    method: 'PATCH',
    path: PATH,
    scope: 'repository',
    needs: 'sign-in',
    answer: (call) => onRepository(call, edit),
  },
  {
    method: 'DELETE',
    path: PATH,
    scope: 'repository',
    needs: 'sign-in',
    answer: (call) => onRepository(call, remove),
  },
  {
    method: 'POST',
    path: `${PATH}/forks`,
    scope: 'repository',
    needs: 'sign-in',
    answer: (call) => onRepository(call, fork),
  },
  {
    method: 'POST',
    path: '/orgs/{owner}/repos',
    scope: 'organization',
    needs: 'sign-in',
    answer: (call) => create(call, ownsOwner),
  },
  {
    method: 'POST',
    path: '/user/repos',
    scope: 'repository',
    needs: 'sign-in',
    answer: (call) => createIn(call, call.identity.user),
  },
  {
    method: 'POST',
    path: '/admin/users/{owner}/repos',
    scope: 'admin',
    needs: 'site-admin',
    answer: (call) => create(call, () => true),
  },
];

type RepositoryAnswer = (
  call: ApiCall,
  repository: FakeRepository,
  owner: FakeOwner,
) => FakeAnswer | Promise<FakeAnswer>;

function onRepository(call: ApiCall, answer: RepositoryAnswer): FakeAnswer | Promise<FakeAnswer> {
  const { forge, identity, params } = call;
  const owner = findOwner(forge, params.owner!);
  if (owner === undefined) {
    return apiNotFound(forge, 'GetUserByName', [
      `user redirect does not exist [name: ${params.owner!}]`,
    ]);
  }
  const repository = findRepository(forge, owner, params.repo!);
  if (repository === undefined) return redirected(forge, owner, params.repo!);
  if (!canReadRepository(forge, identity, repository)) return apiNotFound(forge);
  return answer(call, repository, owner);
}

function redirected(forge: Forge, owner: FakeOwner, name: string): FakeAnswer {
  const id = forge.state.repositoryRedirects.get(redirectKey(owner.id, name));
  const repository = forge.state.repositories.find((candidate) => candidate.id === id);
  if (repository === undefined) return apiNotFound(forge);
  const path = `/api/v1/repos/${ownerById(forge, repository.ownerId).name}/${repository.name}`;
  const status = forge.behavior.repositoryRedirect;
  const text = status === 301 ? 'Moved Permanently' : 'Temporary Redirect';
  return {
    ...apiEmpty(status, [
      ['Content-Type', 'text/html; charset=utf-8'],
      ['Location', path],
    ]),
    body: `<a href="${path}">${text}</a>.\n\n`,
  };
}

function get({ forge, identity }: ApiCall, repository: FakeRepository): FakeAnswer {
  return apiJson(200, repositoryDocument(forge, repository, identity));
}

async function edit(
  call: ApiCall,
  repository: FakeRepository,
  owner: FakeOwner,
): Promise<FakeAnswer> {
  const { forge, identity } = call;
  const refusal = unlessAdmin(call, repository, owner);
  if (refusal !== undefined) return refusal;
  const body = await jsonBody(call.request);
  repository.hasPackages = flagOf(body.has_packages, repository.hasPackages);
  repository.isPrivate = flagOf(body.private, repository.isPrivate);
  const name = textOf(body.name, repository.name);
  if (name !== repository.name) renameRepository(forge, repository, name);
  return apiJson(200, repositoryDocument(forge, repository, identity));
}

function remove(call: ApiCall, repository: FakeRepository, owner: FakeOwner): FakeAnswer {
  const refusal = unlessAdmin(call, repository, owner);
  if (refusal !== undefined) return refusal;
  removeRepository(call.forge, repository);
  return apiEmpty(204);
}

function unlessAdmin(
  { forge, identity }: ApiCall,
  repository: FakeRepository,
  owner: FakeOwner,
): FakeAnswer | undefined {
  return atLeast(repositoryAccess(identity, owner, repository), 'admin')
    ? undefined
    : apiError(
        forge,
        403,
        'user should be an owner or a collaborator with admin write of a repository',
      );
}

/** Forks get no packages unit (section 1.7 of the reference). */
async function fork(call: ApiCall, parent: FakeRepository): Promise<FakeAnswer> {
  const { forge, identity, request } = call;
  const body = await jsonBody(request);
  const owner = findOwner(forge, textOf(body.organization, identity.user?.name ?? ''));
  if (owner === undefined || !ownsOwner(identity, owner)) return apiNotFound(forge);
  const forked = addRepository(forge, owner, {
    name: textOf(body.name, parent.name),
    isPrivate: parent.isPrivate,
    isEmpty: parent.isEmpty,
    hasPackages: false,
    parentId: parent.id,
    creatorId: identity.user!.id,
  });
  return apiJson(202, repositoryDocument(forge, forked, identity));
}

function create(
  call: SignedCall,
  mayCreate: (identity: SignedCall['identity'], owner: FakeOwner) => boolean,
): FakeAnswer | Promise<FakeAnswer> {
  const { forge, identity, params } = call;
  const owner = findOwner(forge, params.owner!);
  if (owner === undefined) return apiNotFound(forge);
  const isAdmin = identity.user.account.isAdmin;
  if (!isAdmin && !mayCreate(identity, owner)) {
    return apiError(forge, 403, 'Given user is not allowed to create repository in organization.');
  }
  return createIn(call, owner);
}

async function createIn(
  { forge, identity, request }: SignedCall,
  owner: FakeOwner,
): Promise<FakeAnswer> {
  const body = await jsonBody(request);
  const name = textOf(body.name, '');
  if (findRepository(forge, owner, name) !== undefined) {
    return apiError(forge, 409, 'The repository with the same name already exists.');
  }
  const repository = addRepository(forge, owner, {
    name,
    isPrivate: flagOf(body.private, false),
    isEmpty: !flagOf(body.auto_init, false),
    hasPackages: true,
    creatorId: identity.user.id,
  });
  return apiJson(201, repositoryDocument(forge, repository, identity));
}
