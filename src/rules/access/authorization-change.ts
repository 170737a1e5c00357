import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { controllerOf } from '../read/controller';
import { annotation } from '../read/ingress';
import { plainPattern } from '../read/path-pattern';
import type { Route } from '../read/route';
import type { Treatment } from '../read/treatment';
import { treatmentsOf } from '../read/treatment';

/** Something on the way of a request that changes its Authorization header. */
export interface AuthorizationChange {
  /** `removed`: gone for everybody. `fixed`: one value for everybody. `auth`: what another server answers. */
  readonly effect: 'removed' | 'fixed' | 'auth';
  readonly at: Cursor;
}

const HEADER = 'authorization';

/** Every change on the way through a route: middlewares, filters, annotations. */
export function authorizationChanges(route: Route, estate: Estate): AuthorizationChange[] {
  return [...treatmentsOf(route, estate).flatMap(ofTreatment), ...copiedHeader(route, estate)];
}

function ofTreatment({ type, at }: Treatment): AuthorizationChange[] {
  return type === 'snippet'
    ? ofSnippet(at)
    : [
        ...ofHeaders(at.get('customRequestHeaders')),
        ...ofModifier(at.get('requestHeaderModifier')),
        ...ofAuthentication(at),
      ];
}

/** Traefik `headers`: an empty value removes the header. */
function ofHeaders(headers: Cursor): AuthorizationChange[] {
  return headers
    .entries()
    .filter(([name]) => isAuthorization(name))
    .map(([, at]) => ({ effect: at.text ? 'fixed' : 'removed', at }));
}

/** Gateway API `RequestHeaderModifier`. */
function ofModifier(modifier: Cursor): AuthorizationChange[] {
  const written = ['set', 'add'].flatMap((list) => modifier.get(list).items());
  return [
    ...written
      .filter((entry) => isAuthorization(entry.get('name').text))
      .map((at) => ({ effect: 'fixed' as const, at })),
    ...modifier
      .get('remove')
      .items()
      .filter(({ text }) => isAuthorization(text))
      .map((at) => ({ effect: 'removed' as const, at })),
  ];
}

/** Traefik `basicAuth`, `digestAuth`, `forwardAuth`: what they do beside asking for a login. */
function ofAuthentication(at: Cursor): AuthorizationChange[] {
  const removes = at.get('removeHeader');
  const user = at.get('headerField');
  const pattern = at.get('authResponseHeadersRegex');
  return [
    ...(removes.value === true ? [{ effect: 'removed' as const, at: removes }] : []),
    ...(isAuthorization(user.text) ? [{ effect: 'auth' as const, at: user }] : []),
    ...at
      .get('authResponseHeaders')
      .items()
      .filter(({ text }) => isAuthorization(text))
      .map((item) => ({ effect: 'auth' as const, at: item })),
    ...(plainPattern(pattern.text ?? '^$')?.test('Authorization')
      ? [{ effect: 'auth' as const, at: pattern }]
      : []),
  ];
}

/** ingress-nginx: headers taken over from an authentication server. */
function copiedHeader(route: Route, estate: Estate): AuthorizationChange[] {
  const at = annotation(route.manifest, 'nginx.ingress.kubernetes.io/auth-response-headers');
  const named = at.text?.split(',').some((name) => isAuthorization(name.trim())) ?? false;
  return named && controllerOf(route, estate) !== 'traefik' ? [{ effect: 'auth', at }] : [];
}

/** Raw configuration of nginx. */
function ofSnippet(at: Cursor): AuthorizationChange[] {
  const effect = effectOfSnippet(at.text ?? '');
  return effect ? [{ effect, at }] : [];
}

/** Longest snippet that is read. */
const MOST_CHARACTERS = 20_000;

/** What nginx directives do to the header; `$http_authorization` passes it on. */
export function effectOfSnippet(snippet: string): 'removed' | 'fixed' | undefined {
  const text = snippet.slice(0, MOST_CHARACTERS);
  if (/\bmore_clear_input_headers\s[^;]{0,200}\bauthorization\b/i.test(text)) {
    return 'removed';
  }
  const value = /\bproxy_set_header\s+["']?authorization["']?\s+([^;\s]+)/i.exec(text)?.[1];
  if (value === undefined || /\$http_authorization/i.test(value)) {
    return undefined;
  }
  return value === '""' || value === "''" ? 'removed' : 'fixed';
}

function isAuthorization(name: string | undefined): boolean {
  return name?.toLowerCase() === HEADER;
}
