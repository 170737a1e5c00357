import { isSiteAdmin } from '../access-rights';
import { API_PAGE_NOT_FOUND, apiJson } from '../answers';
import { authenticateApi, hasQueryToken, isAccount } from '../authentication';
import type { Identity } from '../authentication';
import type { FakeAnswer, FakeRequest } from '../exchange';
import { findOwner, rootUrlOf } from '../forge';
import type { Forge } from '../forge';
import { allows } from '../token-scopes';
import type { ScopeCategory } from '../token-scopes';
import { apiError, apiNotFound } from './call';
import type { SignedCall } from './call';
import { matchRoute } from './routes';
import type { ApiRoute, RouteMatch } from './routes';
import { routesOf } from './table';

const PREFIX = '/api/v1';

const QUERY_TOKEN_WARNING =
  'token and access_token API authentication is deprecated and will be removed in gitea 1.23. Please use AuthorizationHeaderToken instead. Existing queries will continue to work but without authorization.';

/**
 * Answers REST (section 4 of the reference).
 *
 * @returns nothing for a path that is not REST's
 */
export async function answerApi(
  forge: Forge,
  request: FakeRequest,
): Promise<FakeAnswer | undefined> {
  const { path } = request;
  if (path !== PREFIX && !path.startsWith(`${PREFIX}/`)) return undefined;
  const answer = await judge(forge, request, path.slice(PREFIX.length));
  if (!hasQueryToken(request)) return answer;
  const { queryTokenWarning } = forge.behavior;
  return { ...answer, headers: [...answer.headers, [queryTokenWarning, QUERY_TOKEN_WARNING]] };
}

async function judge(forge: Forge, request: FakeRequest, path: string): Promise<FakeAnswer> {
  const seen = authenticateApi(forge, request);
  if (seen.kind === 'refused') return apiError(forge, 401, seen.message);
  const identity = seen.kind === 'none' ? { byBasic: false } : seen.identity;
  const shut = shutOut(forge, identity);
  if (shut !== undefined) return shut;
  const match = matchRoute(routesOf(forge), request.method, path);
  return 'route' in match ? onRoute(forge, request, identity, match) : match;
}

/** What keeps an account, or nobody at all, from every route. */
function shutOut(forge: Forge, { user }: Identity): FakeAnswer | undefined {
  const forbid = (message: string): FakeAnswer => apiJson(403, { message });
  if (user === undefined) {
    return forge.settings.requireSignIn
      ? forbid('Only signed in user is allowed to call APIs.')
      : undefined;
  }
  if (!isAccount(user)) return undefined;
  if (!user.account.isActive || user.account.prohibitLogin) {
    return forbid(
      'This account is prohibited from signing in, please contact your site administrator.',
    );
  }
  if (user.account.mustChangePassword) {
    const page = `${rootUrlOf(forge)}/user/change_password`;
    return forbid(`You must change your password. Change it at: ${page}`);
  }
  return undefined;
}

async function onRoute(
  forge: Forge,
  request: FakeRequest,
  caller: Identity,
  { route, rawParams }: RouteMatch,
): Promise<FakeAnswer> {
  const params = decoded(rawParams);
  if (params === undefined) return API_PAGE_NOT_FOUND;
  const identity = impersonated(forge, request, caller);
  if (identity === undefined) return apiNotFound(forge);
  const call = { forge, request, identity, params, rawParams };
  if (route.needs !== undefined && !isAccount(identity.user)) {
    return apiError(forge, 401, 'token is required');
  }
  const missing = missingScope(forge, route, identity.scopes);
  if (missing !== undefined) return missing;
  if (route.needs === undefined) return route.answer(call);
  if (route.needs === 'site-admin' && !isSiteAdmin(identity)) {
    return apiError(forge, 403, 'user should be the site admin');
  }
  return route.answer(call as SignedCall);
}

function decoded(raw: Readonly<Record<string, string>>): Record<string, string> | undefined {
  try {
    return Object.fromEntries(
      Object.entries(raw).map(([name, text]) => [name, decodeURIComponent(text)]),
    );
  } catch {
    return undefined;
  }
}

/** Who a site admin speaks for with `sudo`; absent when there is no such user. */
function impersonated(forge: Forge, request: FakeRequest, caller: Identity): Identity | undefined {
  const header = request.headers.sudo;
  const name = request.query.get('sudo') ?? (typeof header === 'string' ? header : null);
  if (name === null || !isSiteAdmin(caller)) return caller;
  const user = findOwner(forge, name);
  return isAccount(user) ? { ...caller, user } : undefined;
}

function missingScope(
  forge: Forge,
  route: ApiRoute,
  scopes: readonly string[] | undefined,
): FakeAnswer | undefined {
  const level = route.method === 'GET' ? 'read' : 'write';
  const category: ScopeCategory | undefined = route.scope;
  if (scopes === undefined || category === undefined || allows(scopes, level, category)) {
    return undefined;
  }
  const wanted = `[${level}:${category}]`;
  const text = 'token does not have at least one of required scope(s)';
  return apiError(
    forge,
    403,
    forge.behavior.showsTokenScopes
      ? `${text}, required=${wanted}, token scope=${scopes.join(',')}`
      : `${text}: ${wanted}`,
  );
}
