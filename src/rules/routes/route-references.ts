import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import { controllerOf } from '../read/controller';
import type { Route } from '../read/route';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { backendFaults, certificateFaults } from './backend-references';
import { basicAuthFaults } from './basic-auth-users';
import { chainFaults, membersOf, middlewareFaults } from './middleware-references';

/** REG215: one name that leads nowhere unmounts the whole router. */
export const routeReferences: Rule = {
  code: 'REG215',
  slug: 'route-references',
  title:
    'every Middleware, Service, Secret and certificateRef a route names exists where the controller may read it',
  severity: 'error',
  gate: 'crossProviderNamespaces since Traefik 3.6.17 and 3.7.1, members of a chain since 3.6.14, basicAuth without users since 3.6.19 and 3.7.3',
  why: 'one bad middleware or service unmounts the whole router, and the proxy answers 404 as if the route were not there; references into other namespaces are off by default',
  shows: [
    'Traefik\'s log: `middleware "git-auth@kubernetescrd" does not exist`, or `is not in the IngressRoute namespace`',
    '`curl -i https://HOST/v2/`: 404 `404 page not found` (19 bytes) although the route is there; a Gateway answers 500 without a body',
    '`kubectl describe httproute`: `RefNotPermitted` or `BackendNotFound`',
  ],
  fix: 'name an object of the same namespace that exists, or allow the reference (allowCrossNamespace, ReferenceGrant)',
  links: [
    'https://github.com/traefik/traefik/issues/8380',
    'https://github.com/traefik/traefik/pull/8322',
    'https://gateway-api.sigs.k8s.io/api-types/referencegrant/',
  ],
  judgeRegistry: (registry) => registry.routes.flatMap((route) => routeFaults(route, registry)),
};

function routeFaults(route: Route, registry: RegistryView): Violation[] {
  const { estate } = registry;
  const controller = controllerOf(route, estate);
  const byTraefik = controller === 'traefik' || controller === undefined;
  return [
    ...(byTraefik ? middlewareFaults(route, estate) : []),
    ...(byTraefik ? middlewaresOf(route, estate).flatMap((one) => objectFaults(one, estate)) : []),
    ...backendFaults(route, registry),
    ...certificateFaults(route, registry),
  ];
}

function objectFaults(middleware: Manifest, estate: Estate): Violation[] {
  return [...chainFaults(middleware, estate), ...basicAuthFaults(middleware, estate)];
}

/** The Middleware objects of a route, members of chains included, each once. */
function middlewaresOf(route: Route, estate: Estate): readonly Manifest[] {
  const found = new Set<Manifest>();
  const open = [...route.middlewares];
  for (let reference = open.shift(); reference; reference = open.shift()) {
    const manifest = estate.middleware(reference);
    if (manifest && !found.has(manifest)) {
      found.add(manifest);
      open.push(...membersOf(manifest));
    }
  }
  return [...found];
}
