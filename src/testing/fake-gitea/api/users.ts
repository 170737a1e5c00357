import { apiEmpty, apiJson } from '../answers';
import { canSeeOwner } from '../access-rights';
import type { FakeAnswer } from '../exchange';
import { findOwner, ownerById } from '../forge';
import type { FakeOwner } from '../state';
import { apiError, apiNotFound } from './call';
import type { ApiCall, SignedCall } from './call';
import { userDocument } from './documents';
import type { ApiRoute } from './routes';

/** Who one is, and who others are. */
export const USER_ROUTES: readonly ApiRoute[] = [
  { method: 'GET', path: '/user', scope: 'user', needs: 'sign-in', answer: getSelf },
  { method: 'GET', path: '/users/{user}', scope: 'user', answer: getUser },
];

/** The owner a path names, or the answer that there is none, or that it has another name now. */
export function ownerOfPath(call: ApiCall, name: string): FakeOwner | FakeAnswer {
  const { forge, request } = call;
  const owner = findOwner(forge, name);
  if (owner !== undefined) return owner;
  const id = forge.state.ownerRedirects.get(name.toLowerCase());
  if (id === undefined) {
    return apiError(forge, 404, `user redirect does not exist [name: ${name.toLowerCase()}]`);
  }
  const path = request.path.replace(`/${name}`, `/${ownerById(forge, id).name}`);
  return apiEmpty(307, [['Location', path]]);
}

function getSelf({ forge, identity }: SignedCall): FakeAnswer {
  return apiJson(200, userDocument(forge, identity.user, identity));
}

function getUser(call: ApiCall): FakeAnswer {
  const { forge, identity } = call;
  const owner = ownerOfPath(call, call.params.user!);
  if ('status' in owner) return owner;
  if (!canSeeOwner(identity, owner)) {
    return apiNotFound(forge, 'GetUserByName', [
      `user does not exist [uid: 0, name: ${owner.name}]`,
    ]);
  }
  return apiJson(200, userDocument(forge, owner, identity));
}
