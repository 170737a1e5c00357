import { quote } from '../../declaration/problem';
import { controllerOf } from '../read/controller';
import { annotation } from '../read/ingress';
import type { Route } from '../read/route';
import { option } from '../read/traefik-static';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';
import type { ForgeBackend } from './forge-backend';

/** Traefik's nativeLB sends to the address of the Service; a headless one has none. */
export function nativeLbFaults(backend: ForgeBackend, registry: RegistryView): Violation[] {
  const { route, backend: named } = backend;
  const isNative =
    controllerOf(route, registry.estate) === 'traefik' && asksNativeLb(backend, registry);
  if (!isNative || !isHeadless(backend, registry)) {
    return [];
  }
  const written = named.at.get('nativeLB');
  return [
    {
      at: written.exists ? written : named.at,
      observed: `nativeLB with the headless Service ${quote(named.name)}`,
      expected: 'endpoints of the pods, or a Service with an address',
      fix: 'drop nativeLB for this backend; or `service.http.clusterIP: ""` in the values, for which the Service must be created anew',
    },
  ];
}

/** By the IngressRoute, by annotations of the Service, by default of the provider. */
function asksNativeLb(
  { route, backend, service }: ForgeBackend,
  { estate }: RegistryView,
): boolean {
  if (backend.nativeLb || backend.at.get('nativeLB').value === false) {
    return backend.nativeLb;
  }
  const names = ['traefik.ingress.kubernetes.io/service.nativelb', 'traefik.io/service.nativelb'];
  const written = names.flatMap((name) =>
    service ? (annotation(service, name).scalar ?? []) : [],
  );
  return written.length > 0
    ? written[0] === 'true'
    : estate.traefiks.some(
        (traefik) => option(traefik, `${PROVIDER[route.kind]}.nativelbbydefault`)?.text === 'true',
      );
}

const PROVIDER: { readonly [kind in Route['kind']]: string } = {
  Ingress: 'providers.kubernetesingress',
  IngressRoute: 'providers.kubernetescrd',
  HTTPRoute: 'providers.kubernetesgateway',
};

/** By the Service itself, else by the values it is rendered from. */
function isHeadless({ backend, service }: ForgeBackend, { values, facts }: RegistryView): boolean {
  if (service) {
    return service.root.get('spec', 'clusterIP').text === 'None';
  }
  const isChart = backend.name === (facts.service?.name ?? backend.name);
  return (
    isChart && values.some(({ root }) => root.get('service', 'http', 'clusterIP').text === 'None')
  );
}
