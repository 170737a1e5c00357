import type { FakeRequest } from './exchange';
import type { Forge } from './forge';
import { findOwner } from './forge';
import { GHOST_ID, readToken } from './registry-token';
import type { FakeOwner, FakeToken } from './state';

/** Who asks. */
export interface Identity {
  /** Absent for somebody without an account. */
  readonly user?: FakeOwner;
  /** Scopes of the access token used, directly or through a registry token. @default - not by a token: all rights */
  readonly scopes?: readonly string[];
  /** Came by the Basic scheme. */
  readonly byBasic: boolean;
}

/** A user who signed in: their owner row has an account. */
export type Account = FakeOwner & Required<Pick<FakeOwner, 'account'>>;

/** What looking for credentials ends in. */
export type Authentication =
  | { readonly kind: 'none' }
  /** Carries the registry token of somebody without an account. */
  | { readonly kind: 'ghost'; readonly identity: Identity }
  | { readonly kind: 'user'; readonly identity: Identity & { readonly user: Account } }
  /** Credentials that are not right; the text is REST's. */
  | { readonly kind: 'refused'; readonly message: string };

const NONE: Authentication = { kind: 'none' };

/** `/v2`: Basic, then the registry's own token as Bearer (section 3.2 of the reference). */
export function authenticateRegistry(
  forge: Forge,
  request: FakeRequest,
  path: string,
): Authentication {
  const header = request.headers.authorization;
  if (header === undefined || header === '') return NONE;
  const readsBasic = forge.behavior.basicOnPing || path.startsWith('/v2/');
  const basic = readsBasic ? basicOf(forge, header) : NONE;
  if (basic.kind !== 'none') return basic;
  const [, bearer] = /^bearer (.+)$/i.exec(header) ?? [];
  const claims =
    bearer === undefined
      ? undefined
      : readToken(bearer, forge.jwtSecret, forge.settings.now() / 1000);
  if (claims === undefined) return { kind: 'refused', message: 'token is malformed' };
  if (claims.UserID === GHOST_ID) return { kind: 'ghost', identity: { byBasic: false } };
  const user = forge.state.owners.find((owner) => owner.id === claims.UserID);
  if (!isAccount(user)) return { kind: 'refused', message: 'user does not exist' };
  const scopes = claims.Scope ? { scopes: claims.Scope.split(',') } : {};
  return { kind: 'user', identity: { user, byBasic: false, ...scopes } };
}

/** REST and `/api/packages`: an access token in header or query, then Basic (sections 5 and 6 of the reference). */
export function authenticateApi(forge: Forge, request: FakeRequest): Authentication {
  const text = tokenText(forge, request);
  if (text !== undefined) {
    return (
      byToken(forge, text, false) ?? {
        kind: 'refused',
        message: 'user does not exist [uid: 0, name: ]',
      }
    );
  }
  return basicOf(forge, request.headers.authorization ?? '');
}

/** Whether a token stands in the query, where it does not belong. */
export function hasQueryToken(request: FakeRequest): boolean {
  return request.query.has('token') || request.query.has('access_token');
}

function tokenText(forge: Forge, request: FakeRequest): string | undefined {
  const inQuery = request.query.get('token') || request.query.get('access_token');
  if (inQuery && !forge.settings.disableQueryToken) return inQuery;
  return /^(?:token|bearer) (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

function basicOf(forge: Forge, header: string): Authentication {
  const [, encoded] = /^basic (.*)$/i.exec(header) ?? [];
  if (encoded === undefined) return NONE;
  const decoded = Buffer.from(encoded, 'base64').toString();
  const colon = decoded.indexOf(':');
  if (colon === -1) return NONE;
  const [name, password] = [decoded.slice(0, colon), decoded.slice(colon + 1)];
  const isNameToken = password === '' || password === 'x-oauth-basic';
  return (
    byToken(forge, isNameToken ? name : password, true) ??
    (forge.settings.basicPasswords ? byPassword(forge, name, password) : NONE)
  );
}

function byToken(forge: Forge, secret: string, byBasic: boolean): Authentication | undefined {
  for (const owner of forge.state.owners) {
    const token = owner.account?.tokens.find((candidate: FakeToken) => candidate.secret === secret);
    if (token !== undefined && isAccount(owner)) {
      return { kind: 'user', identity: { user: owner, scopes: token.scopes, byBasic } };
    }
  }
  return undefined;
}

/** The texts of refusals were not recorded for passwords; `/v2` and `/api/packages` show none. */
function byPassword(forge: Forge, name: string, password: string): Authentication {
  const user = findOwner(forge, name);
  if (!isAccount(user))
    return { kind: 'refused', message: `user does not exist [uid: 0, name: ${name}]` };
  if (user.account.password !== password) {
    return {
      kind: 'refused',
      message: `user's password is invalid [uid: ${user.id}, name: ${user.name}]`,
    };
  }
  if (user.account.prohibitLogin) {
    return {
      kind: 'refused',
      message: `user is not allowed login [uid: ${user.id}, name: ${user.name}]`,
    };
  }
  return { kind: 'user', identity: { user, byBasic: true } };
}

/** Whether an owner is a user, not an organization. */
export function isAccount(owner: FakeOwner | undefined): owner is Account {
  return owner?.account !== undefined;
}
