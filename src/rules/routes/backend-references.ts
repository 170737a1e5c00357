import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import { namespaceOrDefault, objectName } from '../manifest';
import { controllerOf } from '../read/controller';
import { servingListeners } from '../read/gateway';
import type { Backend, Route } from '../read/route';
import { option } from '../read/traefik-static';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';
import { crossing } from './cross-namespace';
import { isGranted, isMissing, seenNamespaces } from './seen-objects';
import { PACKAGES, servingRoutes, V2_PING } from './serving';

/** Services of a route that the controller will not find, or may not take. */
export function backendFaults(route: Route, registry: RegistryView): Violation[] {
  const { estate } = registry;
  return route.backends.flatMap((backend) => {
    const refused = outside(backend, route, estate);
    return refused.length > 0
      ? refused
      : [
          ...(backend.kind !== 'Service' || servesForge(route, registry)
            ? lost(backend, registry)
            : []),
          ...externalName(backend, route, estate),
        ];
  });
}

/** Whether requests for packages come this way; on a shared host another application's route may be half rendered. */
function servesForge(route: Route, registry: RegistryView): boolean {
  return [V2_PING, PACKAGES].some((path) => servingRoutes(registry, path).includes(route));
}

function outside(backend: Backend, route: Route, estate: Estate): Violation[] {
  const namespace = namespaceOrDefault(route.manifest);
  if (backend.namespace === namespace) {
    return [];
  }
  // A name with a provider is looked up there, whatever namespace stands beside it.
  return route.kind === 'HTTPRoute'
    ? ungranted(route.manifest, backend.kind, backend, estate)
    : backend.name.includes('@')
      ? []
      : crossing(backend, backend.kind, estate);
}

interface Target {
  readonly name: string;
  readonly namespace: string;
  readonly at: Cursor;
}

/** A reference of Gateway API into a namespace that gives no permission. */
function ungranted(from: Manifest, kind: string, target: Target, estate: Estate): Violation[] {
  const { name, namespace, at } = target;
  const own = { kind: from.kind, namespace: namespaceOrDefault(from) };
  return isGranted(own, { kind, namespace, name }, estate)
    ? []
    : [
        {
          at,
          // The permission may come from whoever owns the other namespace.
          ...(!seenNamespaces(estate).has(namespace) && { severity: 'warning' as const }),
          observed: `${kind} ${quote(name)} of another namespace, ${quote(namespace)}, without a ReferenceGrant there`,
          expected: `a ReferenceGrant in ${quote(namespace)} from ${own.kind} of ${quote(own.namespace)} to ${kind}`,
          fix: `add the ReferenceGrant to namespace ${quote(namespace)}, or refer to a ${kind} beside the ${own.kind}`,
        },
      ];
}

/** Certificates of the listeners of a route's Gateways. */
export function certificateFaults(
  route: Route,
  { estate, hostName = '' }: RegistryView,
): Violation[] {
  return servingListeners(route.manifest, hostName, estate).flatMap(({ gateway, at }) =>
    at
      .get('tls', 'certificateRefs')
      .items()
      .flatMap((reference) => {
        const name = reference.get('name').text ?? '';
        const namespace = reference.get('namespace').text ?? namespaceOrDefault(gateway);
        return namespace === namespaceOrDefault(gateway)
          ? []
          : ungranted(gateway, 'Secret', { name, namespace, at: reference }, estate);
      }),
  );
}

/** A backend that is not among the rendered ones. The Service of the release itself comes from its chart. */
function lost({ kind, namespace, name, at }: Backend, registry: RegistryView): Violation[] {
  const { estate } = registry;
  const isOurs = kind === 'Service' && !isRendered(namespace, registry);
  return name.includes('@') || isOurs || !isMissing(kind, namespace, name, estate)
    ? []
    : [
        {
          at,
          observed: `${kind} ${quote(name)}, which namespace ${quote(namespace)} does not have`,
          expected: `a ${kind} of namespace ${quote(namespace)}`,
        },
      ];
}

/** Whether the release's own Services are here: then what is not, does not exist. Declared ones are REG220's. */
function isRendered(namespace: string, { estate, facts }: RegistryView): boolean {
  const forges = estate.remember('namespaces with a rendered forge', () => {
    const services = estate
      .ofKind('Service')
      .filter(({ root }) =>
        /^(gitea|forgejo)$/.test(
          root.get('metadata', 'labels', 'app.kubernetes.io/name').text ?? '',
        ),
      );
    return new Set(services.map(namespaceOrDefault));
  });
  return facts.service === undefined && forges.has(namespace);
}

/** Traefik follows a Service of type ExternalName only when told to. */
function externalName(
  { kind, namespace, name, at }: Backend,
  route: Route,
  estate: Estate,
): Violation[] {
  const service = kind === 'Service' ? estate.object('Service', namespace, name) : undefined;
  const isAlias = service?.root.get('spec', 'type').text === 'ExternalName';
  if (!service || !isAlias || controllerOf(route, estate) !== 'traefik') {
    return [];
  }
  const provider = route.kind === 'Ingress' ? 'kubernetesIngress' : 'kubernetesCRD';
  const path = `providers.${provider}.allowExternalNameServices`;
  const { traefiks } = estate;
  return traefiks.some((traefik) => option(traefik, path)?.text === 'true')
    ? []
    : [
        {
          at,
          ...(!traefiks.some(({ complete }) => complete) && { severity: 'warning' as const }),
          observed: `${objectName(service)} is of type ExternalName, which Traefik follows only when told to`,
          expected: `${path}: true`,
          fix: `start Traefik with --${path}=true, or route to a Service with endpoints`,
        },
      ];
}
