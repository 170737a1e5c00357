import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import { plainPattern } from './path-pattern';
import type { Condition, PathTest } from './traefik-matcher';
import { hostMatches } from './traefik-matcher';
import { withoutTrailing } from './without-trailing';

/** A name of another object, as a route writes it. */
export interface Reference {
  readonly name: string;
  readonly namespace: string;
  /** Where it stands. */
  readonly at: Cursor;
  /** Traefik provider the reference names, `kubernetescrd` of `ns-name@kubernetescrd`; absent where none stands. */
  readonly provider?: string;
}

/** Where a route sends requests. */
export interface Backend extends Reference {
  /** Port number or name, as written; absent where none stands. */
  readonly port?: string;
  /** `Service`, `TraefikService` or another kind. */
  readonly kind: string;
  /** Traefik `nativeLB`: the Service's own address instead of its endpoints. */
  readonly nativeLb: boolean;
  /** Scheme spoken to the backend, where written: `http`, `https`, `h2c`. */
  readonly scheme?: string;
}

/** How a route compares the path of a request. */
export type PathMatch = PathTest['kind'];

/** One rule of an Ingress, an IngressRoute or an HTTPRoute: a host, a path, and what is done with them. */
export interface Route {
  readonly kind: 'Ingress' | 'IngressRoute' | 'HTTPRoute';
  readonly manifest: Manifest;
  /** The rule. */
  readonly at: Cursor;
  /** Host in lower case, a wildcard included; absent: any host. */
  readonly host?: string;
  /** Where the host stands, or the rule. */
  readonly hostAt: Cursor;
  readonly path: string;
  readonly match: PathMatch;
  /** Whether a prefix ends at a `/` (Ingress, HTTPRoute) or anywhere (Traefik `PathPrefix`). */
  readonly bySegment: boolean;
  /** Where the path stands, or the rule. */
  readonly pathAt: Cursor;
  /** Paths below {@link path} the route leaves to others: `!PathPrefix(…)`. */
  readonly excludedPaths: readonly PathTest[];
  /** Whether more than host and path decides: a method, a header, something the rules cannot tell. */
  readonly narrowed: boolean;
  /** What more decides. */
  readonly conditions: readonly Condition[];
  /** The one method the route takes, where it names one. */
  readonly method?: string;
  /** Class of the controller, where written. */
  readonly className?: string;
  /** Traefik entry points, where written. */
  readonly entryPoints?: readonly string[];
  /** Whether the router speaks https by what the object itself says (annotation `router.tls`, `spec.tls`). */
  readonly tls: boolean;
  /** Secrets with certificates the object names. */
  readonly tlsSecrets: readonly Reference[];
  /** Traefik middlewares, in order; `@provider` suffixes other than kubernetescrd stay in the name. */
  readonly middlewares: readonly Reference[];
  /** Priority, where written. */
  readonly priority?: number;
  readonly backends: readonly Backend[];
}

/** The path every OCI client asks at the root of the host (OCI distribution spec). */
export const V2 = '/v2';

/** Whether a request for `path` (or below it) can match the route, other conditions aside. */
export function covers(route: Route, path: string): boolean {
  const { match: kind, path: value, bySegment, excludedPaths } = route;
  // ingress-nginx puts `^` before a pattern and ignores case; Traefik and Gateways take it as it is.
  const test =
    kind === 'regex' && route.kind === 'Ingress'
      ? { kind, value: `(?i)^${value}` }
      : { kind, value };
  return takesPath(test, path, bySegment) && !excludedPaths.some((one) => takesPath(one, path));
}

/** Whether a test takes `path`; a prefix ends at a `/` or anywhere. */
export function takesPath({ kind, value }: PathTest, path: string, bySegment = false): boolean {
  switch (kind) {
    case 'exact':
      return value === path;
    case 'regex':
      return plainPattern(value)?.test(path) ?? false;
    default:
      return bySegment ? isBelow(value, path) : path.startsWith(value);
  }
}

function isBelow(prefix: string, path: string): boolean {
  const trimmed = withoutTrailing(prefix, '/');
  return trimmed === '' || path === trimmed || path.startsWith(`${trimmed}/`);
}

/** Whether the route was made for `/v2`: its own path begins there, whatever the way it matches. */
export function isV2Route({ path, match }: Pick<Route, 'path' | 'match'>): boolean {
  return match === 'regex'
    ? /^\^?(\((\?:)?)?\/(\((\?:)?)?v2(?![a-z0-9])/.test(path)
    : path === V2 || path.startsWith(`${V2}/`);
}

/**
 * Whether a route takes requests for `host`. A wildcard takes one label (RFC 6125 §6.4.3); in an HTTPRoute any number
 * (Gateway API, Hostname).
 */
export function takesHost(
  route: Pick<Route, 'host'> & Partial<Pick<Route, 'kind'>>,
  host: string,
): boolean {
  const { host: pattern, kind } = route;
  return (
    pattern === undefined ||
    hostMatches(pattern, host) ||
    (kind === 'HTTPRoute' && pattern.startsWith('*.') && host.endsWith(pattern.slice(1)))
  );
}
