import { listenerTakes } from '../../declaration/gateway-listener';
import { quote } from '../../declaration/problem';
import type { GatewayParent, Listener } from '../read/gateway';
import { gatewayParents } from '../read/gateway';
import type { Route } from '../read/route';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { refusedRoute } from './listener-admission';
import { listenerPort } from './listener-port';

/** REG221: a Gateway takes a route only where port, hostname and namespace fit; a route nobody took serves nothing. */
export const gatewayBinding: Rule = {
  code: 'REG221',
  slug: 'gateway-binding',
  title: 'the HTTPRoute is accepted: listener port, hostname, allowed namespace fit',
  severity: 'error',
  gate: 'Gateway API',
  why: 'a route no listener accepts is applied without an error and serves nothing; Traefik takes a listener only on the port an entry point has inside the pod, 8443 and not 443',
  shows: [
    '`kubectl get httproute -o yaml`: `status.parents[].conditions` with `NotAllowedByListeners`, `NoMatchingListenerHostname` or `NoMatchingParent`',
    'Traefik\'s log: `Cannot find entryPoint for Gateway: no matching entryPoint for port 443 and protocol "HTTPS"`; the listener says `PortUnavailable`',
  ],
  fix: "listener port 8443 (the entry point's own), no hostname or one that covers the registry's, `allowedRoutes.namespaces.from: All` or a selector",
  unseen:
    'an HTTPRoute that is not accepted answers over the network as a missing route does (REG211); its conditions stand in the cluster',
  links: [
    'https://github.com/traefik/traefik/issues/8974',
    'https://github.com/AndriyKalashnykov/kind-cluster/pull/122',
    'https://gateway-api.sigs.k8s.io/guides/multiple-ns/',
  ],
  judgeRegistry: (registry) =>
    registry.routes
      .filter(({ kind }) => kind === 'HTTPRoute')
      .filter((route, index, all) => isFirst(route, all.slice(0, index)))
      .flatMap((route) => bindingFaults(route, registry)),
};

/** All rules of an HTTPRoute are bound alike: the first for this host speaks for them. */
function isFirst({ manifest }: Route, before: readonly Route[]): boolean {
  return before.every((route) => route.manifest !== manifest);
}

function bindingFaults(route: Route, registry: RegistryView): Violation[] {
  return gatewayParents(route.manifest, registry.estate).flatMap((parent) =>
    parent.listeners.length === 0
      ? [unknownListener(parent)]
      : listenerFaults(parent.listeners, route, registry),
  );
}

/** `sectionName` and `port` of the parent name no listener. */
function unknownListener({ gateway, at }: GatewayParent): Violation {
  const section = at.get('sectionName');
  const named = section.exists ? section : at.get('port');
  const known = gateway.root
    .get('spec', 'listeners')
    .items()
    .map(
      (listener) =>
        `${quote(listener.get('name').text ?? '')} on port ${listener.get('port').scalar}`,
    );
  return {
    at: named.exists ? named : at,
    observed: `Gateway ${quote(gateway.name)} has no such listener`,
    expected: known.length === 0 ? 'a Gateway with listeners' : `one of ${known.join(', ')}`,
  };
}

/** One listener that takes the route is enough; where none does, what each has against it. */
function listenerFaults(
  listeners: readonly Listener[],
  route: Route,
  registry: RegistryView,
): Violation[] {
  const { hostName = '', estate } = registry;
  const named = listeners.filter(({ hostname }) => listenerTakes(hostname, hostName));
  if (named.length === 0) {
    return [otherHostnames(listeners, route, hostName)];
  }
  // Registry clients speak https: beside a listener for it the others serve them nothing.
  const secure = named.filter(({ protocol }) => protocol === 'HTTPS');
  const faults = (secure.length > 0 ? secure : named).map(
    (listener) => refusedRoute(listener, route.manifest, estate) ?? listenerPort(listener, estate),
  );
  return faults.some((fault) => fault === undefined) ? [] : faults.flatMap((fault) => fault ?? []);
}

function otherHostnames(
  listeners: readonly Listener[],
  { hostAt }: Route,
  hostName: string,
): Violation {
  const hostnames = [...new Set(listeners.map(({ hostname = '' }) => quote(hostname)))];
  return {
    at: hostAt,
    observed: `the listeners take ${hostnames.join(', ')} only`,
    expected: `a listener without hostname, or one that covers ${quote(hostName)}`,
  };
}
