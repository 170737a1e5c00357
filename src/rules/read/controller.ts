import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import { DEFAULT_NAMESPACE } from '../manifest';
import { gatewayParents } from './gateway';
import type { Route } from './route';

/** A family of ingress controllers whose words the rules know. */
export type Controller = 'traefik' | 'nginx' | 'other';

/** The controller a route is for, as far as its class (or what only one controller reads) tells. */
export function controllerOf(route: Route, estate: Estate): Controller | undefined {
  switch (route.kind) {
    case 'IngressRoute':
      return 'traefik';
    case 'HTTPRoute':
      return gatewayParents(route.manifest, estate)
        .map(({ gateway }) => gatewayController(gateway, estate))
        .find((controller) => controller !== undefined);
    default:
      return ingressController(route, estate);
  }
}

/** The controller of a Gateway, by its class. */
export function gatewayController(gateway: Manifest, estate: Estate): Controller | undefined {
  const name = gateway.root.get('spec', 'gatewayClassName').text;
  return controllerOfClass(name, estate, 'GatewayClass', 'controllerName');
}

function ingressController({ className, manifest }: Route, estate: Estate): Controller | undefined {
  return (
    controllerOfClass(className, estate, 'IngressClass', 'controller') ??
    controllerOfAnnotations(manifest)
  );
}

/** By the rendered class, else by a name that holds the product's. */
function controllerOfClass(
  name: string | undefined,
  estate: Estate,
  kind: 'IngressClass' | 'GatewayClass',
  field: string,
): Controller | undefined {
  if (!name) {
    return undefined;
  }
  // Classes are cluster-wide: they name no namespace.
  const named = estate.object(kind, DEFAULT_NAMESPACE, name)?.root.get('spec', field).text;
  return named === undefined ? familyOf(name) : (familyOf(named) ?? 'other');
}

/** `traefik.io/ingress-controller`, `k8s.io/ingress-nginx`, `nginx.org/ingress-controller`, `traefik-internal`. */
function familyOf(text: string): Controller | undefined {
  return (['traefik', 'nginx'] as const).find((family) => text.includes(family));
}

/** Without a class: an Ingress with annotations of one controller is meant for it. */
function controllerOfAnnotations({ root }: Manifest): Controller | undefined {
  const names = root
    .get('metadata', 'annotations')
    .entries()
    .map(([name]) => name);
  const has = (prefix: string): boolean => names.some((name) => name.startsWith(prefix));
  if (has('traefik.ingress.kubernetes.io/')) {
    return 'traefik';
  }
  return has('nginx.ingress.kubernetes.io/') || has('nginx.org/') ? 'nginx' : undefined;
}
