import type { Estate } from '../estate';
import { controllerOf } from '../read/controller';
import type { Route } from '../read/route';
import { covers, V2 } from '../read/route';
import { answersPlainHttpOnly } from '../read/taken-entry-points';
import type { RegistryView } from '../registry-view';
import { priorityOf } from './router';

/** A path every OCI client asks. */
export const V2_PING = `${V2}/`;

/** Where npm, Maven, generic and the other package types live (Gitea's router, `/api/packages/{owner}/{type}`). */
export const PACKAGES = '/api/packages/';

/** The routes that answer https requests for `path` on the host of a registry: of those that take it the strongest. */
export function servingRoutes(registry: RegistryView, path: string): readonly Route[] {
  return registry.remember(`routes serving ${path}`, () => {
    const { estate, routes, v2Routes } = registry;
    const taking = (path === V2_PING ? v2Routes : routes).filter(
      (route) => covers(route, path) && route.conditions.every((one) => one === 'method'),
    );
    const secure = taking.filter((route) => !answersPlainHttpOnly(route, estate));
    return strongestByMethod(secure.length > 0 ? secure : taking, estate);
  });
}

/** A route that names a method leaves the others to weaker ones. */
function strongestByMethod(routes: readonly Route[], estate: Estate): readonly Route[] {
  const methods = new Set([undefined, ...routes.map(({ method }) => method)]);
  const serving = [...methods].flatMap((asked) => {
    const taking = routes.filter(({ method }) => method === undefined || method === asked);
    return strongest(taking, estate);
  });
  return [...new Set(serving)];
}

/** A host by name before a wildcard, then the largest priority. */
function strongest(routes: readonly Route[], estate: Estate): readonly Route[] {
  const own = routes.filter(({ host }) => !host?.includes('*'));
  const known = own.length > 0 ? own : routes;
  const most = Math.max(...known.map((route) => strengthOf(route, estate)));
  return known.filter((route) => strengthOf(route, estate) === most);
}

/** Beyond every length of a path. */
const EXACT = 10_000;

/** Traefik counts the length of its rules; Gateways and nginx take exact paths before prefixes, then longer ones. */
function strengthOf(route: Route, estate: Estate): number {
  return controllerOf(route, estate) === 'traefik' && route.kind !== 'HTTPRoute'
    ? priorityOf(route, estate)
    : route.path.length + (route.match === 'exact' ? EXACT : 0);
}
