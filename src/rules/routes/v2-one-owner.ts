import { quote } from '../../declaration/problem';
import type { Estate } from '../estate';
import { indexed } from '../estate-index';
import { namespaceOrDefault, objectName } from '../manifest';
import { controllerOf } from '../read/controller';
import type { Route } from '../read/route';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import {
  compete,
  haveSameEffect,
  ownPriority,
  priorityAt,
  priorityOf,
  reached,
  routesOfAnyHost,
  takesV2,
  v2Owners,
} from './router';

/** REG214: two routers for one host and path answer by turns, or the wrong one always. */
export const v2OneOwner: Rule = {
  code: 'REG214',
  slug: 'v2-one-owner',
  title: 'exactly one route owns the host and `/v2`, and none outranks it',
  severity: 'error',
  why: 'Traefik takes the router with the largest priority, by default the length of its rule, and of equal ones now this, now that; a second route for /v2, or a broad one above it, sends docker to another backend or through other middlewares',
  shows: [
    'docker pull works on one try and fails on the next; `/api/v1/version` answers with two versions by turns',
    "`kubectl get ingress,ingressroute,httproute -A | grep HOST` lists more than one object for the host's /v2",
    'the answer to /v2/ comes from another backend, although the /v2 rule is accepted',
  ],
  fix: 'delete the other route, and drop the explicit priority',
  links: [
    'https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/',
    'https://github.com/traefik/traefik/issues/8166',
  ],
  judgeRegistry: (registry) => [...duplicates(registry), ...outranking(registry)],
};

function duplicates(registry: RegistryView): Violation[] {
  const byPath = indexed(v2Owners(registry), ({ match, path }) => `${match} ${trimmed(path)}`);
  return [...byPath.values()].flatMap((routes) =>
    routes.flatMap((route, index) => {
      const first = routes.slice(0, index).find((other) => isSecond(route, other, registry.estate));
      return first ? [duplicate(route, first, registry)] : [];
    }),
  );
}

/** `/v2` and `/v2/` are one path to every client. */
function trimmed(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function isSecond(route: Route, other: Route, estate: Estate): boolean {
  const ranked =
    (route.priority !== undefined || other.priority !== undefined) &&
    priorityOf(route, estate) !== priorityOf(other, estate);
  return !ranked && identity(route) !== identity(other) && compete(route, other, estate);
}

/** An object that is read twice is one object. */
function identity({ kind, manifest }: Route): string {
  return `${kind} ${namespaceOrDefault(manifest)}/${manifest.name}`;
}

function duplicate(route: Route, first: Route, { hostName }: RegistryView): Violation {
  const harmless = haveSameEffect(route, first);
  const other = objectName(first.manifest);
  return {
    at: route.pathAt,
    ...(harmless && { severity: 'warning' as const }),
    observed: `${quote(hostName)} with path ${quote(route.path)} is also a route of ${other}, with ${harmless ? 'the same backend and middlewares' : 'another backend or other middlewares'}`,
    expected: 'one object for the route',
    fix: `delete ${objectName(route.manifest)} or ${other}, whichever is left over`,
  };
}

/** Routers of Traefik that take the requests for `/v2` before its owner sees them. */
function outranking(registry: RegistryView): Violation[] {
  const { estate, hostName } = registry;
  const isTraefik = (route: Route): boolean => controllerOf(route, estate) === 'traefik';
  const owners = v2Owners(registry).filter(isTraefik);
  const broad = [...registry.v2Routes, ...routesOfAnyHost(estate)].filter(
    (route) => route.host !== hostName,
  );
  const takers = reached([...registry.routes, ...broad].filter(takesV2), estate);
  const rivals = takers.filter((route) => !owners.includes(route) && isTraefik(route));
  return rivals.flatMap((rival) => {
    const [owner] = owners
      .filter((one) => compete(one, rival, estate))
      .sort((a, b) => priorityOf(b, estate) - priorityOf(a, estate));
    return owner && outranks(rival, owner, estate) ? [outranked(rival, owner, estate)] : [];
  });
}

function outranks(rival: Route, owner: Route, estate: Estate): boolean {
  const foreign = rival.host !== owner.host;
  const indifferent = foreign || rival.manifest === owner.manifest;
  return (
    priorityOf(rival, estate) >= priorityOf(owner, estate) &&
    !(indifferent && haveSameEffect(rival, owner))
  );
}

function outranked(rival: Route, owner: Route, estate: Estate): Violation {
  const written = priorityAt(rival);
  const own = priorityOf(owner, estate);
  const rank = written
    ? `priority ${rival.priority}`
    : `a rule of ${priorityOf(rival, estate)} characters`;
  return {
    at: written ?? rival.pathAt,
    ...(haveSameEffect(rival, owner) && { severity: 'warning' as const }),
    observed: `${rank} for ${hostOf(rival)} with path ${quote(rival.path)} is not below the ${own} of the ${quote(owner.path)} rule of ${objectName(owner.manifest)}`,
    expected: written ? `a priority below ${own}, or none` : 'a rule that ranks below it',
    fix: fixOf(rival, owner, estate),
  };
}

function hostOf({ host }: Route): string {
  return host === undefined ? 'any host' : quote(host);
}

function fixOf(rival: Route, owner: Route, estate: Estate): string {
  const above = priorityOf(rival, estate);
  return ownPriority(rival, estate) < priorityOf(owner, estate)
    ? `drop the priority: without it the rule for ${quote(owner.path)} is the longer one and wins`
    : `give the ${quote(owner.path)} rule a priority above ${above}`;
}
