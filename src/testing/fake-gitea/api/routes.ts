import { API_PAGE_NOT_FOUND, apiEmpty } from '../answers';
import type { FakeAnswer, FakeHeader } from '../exchange';
import type { ScopeCategory } from '../token-scopes';
import type { ApiCall, SignedCall } from './call';

interface RouteBase {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below `/api/v1`, `{name}` for a segment of any text. */
  readonly path: string;
  /** What a token must reach; read for GET, else write. @default - any token */
  readonly scope?: ScopeCategory;
}

/** A route for everybody. */
export interface OpenRoute extends RouteBase {
  readonly needs?: undefined;
  readonly answer: (call: ApiCall) => FakeAnswer | Promise<FakeAnswer>;
}

/** A route for users, or for site admins. */
export interface SignedRoute extends RouteBase {
  readonly needs: 'sign-in' | 'site-admin';
  readonly answer: (call: SignedCall) => FakeAnswer | Promise<FakeAnswer>;
}

/** A route of REST. */
export type ApiRoute = OpenRoute | SignedRoute;

/** A route that fits a request, with the texts of its parameters as sent. */
export interface RouteMatch {
  readonly route: ApiRoute;
  readonly rawParams: Readonly<Record<string, string>>;
}

/** Finds the route of a request, or answers that there is none, or none with the method. */
export function matchRoute(
  routes: readonly ApiRoute[],
  method: string,
  path: string,
): RouteMatch | FakeAnswer {
  const matches = routes.flatMap((route) => {
    const rawParams = paramsOf(route.path, path);
    return rawParams === undefined ? [] : [{ route, rawParams }];
  });
  const fitting = matches.find(({ route }) => route.method === method);
  if (fitting !== undefined) return fitting;
  if (matches.length === 0) return API_PAGE_NOT_FOUND;
  return apiEmpty(
    405,
    matches.map(({ route }): FakeHeader => ['Allow', route.method]),
  );
}

function paramsOf(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const text = given[index]!;
    if (segment.startsWith('{')) {
      if (text === '') return undefined;
      params[segment.slice(1, -1)] = text;
    } else if (segment !== text) {
      return undefined;
    }
  }
  return params;
}
