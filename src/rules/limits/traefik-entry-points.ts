import { entryPointsOf } from '../../declaration/route';
import type { Estate } from '../estate';
import { controllerOf } from '../read/controller';
import type { Route } from '../read/route';
import { takenEntryPoints } from '../read/taken-entry-points';
import type { TraefikStatic } from '../read/traefik-static';
import { usesProvider } from '../read/traefik-static';
import type { RegistryView } from '../registry-view';
import { nginxIngresses } from './nginx-ingress';
import { nginxProviders } from './nginx-provider';
import { registryIngresses } from './registry-ingress';

/** Entry point for https in the Traefik chart. */
const HTTPS = 'websecure';

/** The entry points of one Traefik that carry `/v2` of a registry, in lower case. */
export function v2EntryPoints(registry: RegistryView, traefik: TraefikStatic): readonly string[] {
  const { v2Routes, declaration, estate } = registry;
  if (v2Routes.length === 0) {
    const declared = entryPointsOf(declaration?.route) ?? (isForNginx(registry) ? [] : [HTTPS]);
    return declared.map((name) => name.toLowerCase());
  }
  const taken = v2Routes
    .filter((route) => mayServe(traefik, route, estate))
    .flatMap((route) => takenEntryPoints(route, traefik));
  return [...new Set(taken.map(({ name }) => name))];
}

/** Whether values of the chart make Ingresses, and all of them for an nginx. */
function isForNginx(registry: RegistryView): boolean {
  const ingresses = registryIngresses(registry);
  return ingresses.length > 0 && nginxIngresses(registry).length === ingresses.length;
}

/** Whether this Traefik serves a route, unless what is written says otherwise. */
function mayServe(traefik: TraefikStatic, route: Route, estate: Estate): boolean {
  const controller = controllerOf(route, estate);
  if (route.kind === 'HTTPRoute') {
    return controller === 'traefik' && usesProvider(traefik, 'kubernetesgateway');
  }
  return controller === 'nginx' ? nginxProviders(estate).includes(traefik) : controller !== 'other';
}
