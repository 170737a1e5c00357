import { randomBytes } from 'node:crypto';
import { isSiteAdmin } from '../access-rights';
import { apiEmpty, apiJson } from '../answers';
import { isAccount } from '../authentication';
import type { Account } from '../authentication';
import type { FakeAnswer } from '../exchange';
import type { Forge } from '../forge';
import type { FakeToken } from '../state';
import { isScope } from '../token-scopes';
import { apiError, apiNotFound, jsonBody, textOf } from './call';
import type { SignedCall } from './call';
import { goTime } from './documents';
import type { Document } from './documents';
import { pageOf } from './paging';
import type { ApiRoute } from './routes';
import { ownerOfPath } from './users';

const PATH = '/users/{user}/tokens';

const ONLY_SELF = 'doer should be the site admin or be same as the contextUser';

/** Access tokens (section 6 of the reference). */
export const TOKEN_ROUTES: readonly ApiRoute[] = [
  { method: 'GET', path: PATH, scope: 'user', needs: 'sign-in', answer: forUser(listTokens) },
  { method: 'POST', path: PATH, scope: 'user', needs: 'sign-in', answer: forUser(createToken) },
  {
    method: 'DELETE',
    path: `${PATH}/{token}`,
    scope: 'user',
    needs: 'sign-in',
    answer: forUser(deleteToken),
  },
];

type TokenAnswer = (call: SignedCall, user: Account) => FakeAnswer | Promise<FakeAnswer>;

/** Only the Basic scheme, and only for oneself or by a site admin. */
function forUser(answer: TokenAnswer): (call: SignedCall) => FakeAnswer | Promise<FakeAnswer> {
  return (call) => {
    const { forge, identity } = call;
    const user = ownerOfPath(call, call.params.user!);
    if ('status' in user) return user;
    if (user.id !== identity.user.id && !isSiteAdmin(identity)) {
      return apiError(forge, 403, ONLY_SELF);
    }
    if (!identity.byBasic) return apiError(forge, 401, 'auth required');
    return isAccount(user) ? answer(call, user) : apiNotFound(forge);
  };
}

function listTokens({ forge, request }: SignedCall, user: Account): FakeAnswer {
  const seconds = (token: FakeToken): number => Math.floor(token.createdAt / 1000);
  const tokens = user.account.tokens.toSorted(
    (left, right) => seconds(right) - seconds(left) || left.id - right.id,
  );
  const page = pageOf(forge, request, tokens);
  return apiJson(
    200,
    page.items.map((token) => listedToken(forge, token)),
    page.headers,
  );
}

async function createToken({ forge, request }: SignedCall, user: Account): Promise<FakeAnswer> {
  const body = await jsonBody(request);
  const name = textOf(body.name, '');
  const { tokens } = user.account;
  if (tokens.some((token) => token.name === name)) {
    return apiError(forge, 400, 'access token name has been used already');
  }
  const asked = Array.isArray(body.scopes) ? body.scopes.map(String) : [];
  const scopes = asked.filter((scope) => !forge.behavior.droppedScopes.includes(scope));
  const wrong = scopes.find((scope) => !isScope(scope));
  if (wrong !== undefined) {
    const text = `invalid access token scope: ${wrong}`;
    return apiError(forge, 400, `invalid access token scope provided: ${text}`);
  }
  if (scopes.length === 0 && forge.behavior.tokenNeedsScope) {
    return apiError(forge, 400, 'access token must have a scope');
  }
  const token = addToken(forge, user, name, scopes);
  return apiJson(201, newToken(forge, token));
}

/** Adds a token of forty hex digits. */
export function addToken(
  forge: Forge,
  user: Account,
  name: string,
  scopes: readonly string[],
): FakeToken {
  const token: FakeToken = {
    id: forge.state.nextId('access_token'),
    name,
    secret: randomBytes(20).toString('hex'),
    scopes,
    createdAt: forge.settings.now(),
  };
  user.account.tokens.push(token);
  return token;
}

function deleteToken({ forge, params }: SignedCall, user: Account): FakeAnswer {
  const { tokens } = user.account;
  const at = tokens.findIndex(
    (token) => token.name === params.token || String(token.id) === params.token,
  );
  if (at === -1) return apiNotFound(forge);
  tokens.splice(at, 1);
  return apiEmpty(204);
}

/** The secret is shown once, to who made it. */
function newToken(forge: Forge, token: FakeToken): Document {
  const scopes = forge.behavior.tokenShowsScopes ? token.scopes : null;
  return tokenDocument(forge, token, token.secret, scopes);
}

function listedToken(forge: Forge, token: FakeToken): Document {
  return tokenDocument(forge, token, '', token.scopes.length === 0 ? [''] : token.scopes);
}

function tokenDocument(
  forge: Forge,
  token: FakeToken,
  sha1: string,
  scopes: readonly string[] | null,
): Document {
  const time = goTime(token.createdAt);
  return {
    id: token.id,
    name: token.name,
    sha1,
    token_last_eight: token.secret.slice(-8),
    scopes,
    ...(forge.behavior.tokenTimes ? { created_at: time, last_used_at: time } : {}),
  };
}
