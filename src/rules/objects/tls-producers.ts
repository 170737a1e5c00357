import { releaseTls } from '../../declaration/route';
import { indexed } from '../estate-index';
import type { Manifest } from '../manifest';
import { tlsBindings } from '../names/tls-binding';
import type { CertificateProducer } from '../read/certificate';
import type { Listener } from '../read/gateway';
import { servingListeners } from '../read/gateway';
import type { Reference } from '../read/route';
import type { RegistryView } from '../registry-view';

/** TLS secrets the registry's routes and Gateways name, one for each namespace and name. */
export function tlsNames(registry: RegistryView): readonly Reference[] {
  return registry.remember('tls secrets', () =>
    firstOfEach(tlsBindings(registry).flatMap(({ secret }) => secret ?? [])),
  );
}

function firstOfEach(references: readonly Reference[]): Reference[] {
  const byName = indexed(references, ({ namespace, name }) => `${namespace}/${name}`);
  return [...byName.values()].map(([first]) => first);
}

/** What produces the TLS secrets of the registry, those no route names among them, by secret. */
export function tlsProducers(registry: RegistryView): readonly (readonly CertificateProducer[])[] {
  const { estate, hostName = '' } = registry;
  const byHost = estate.remember('certificates by name in them', () =>
    indexed(estate.certificates, ({ dnsNames }) => dnsNames),
  );
  const certified = (byHost.get(hostName) ?? []).map(({ namespace, secretName, at }) => ({
    namespace,
    name: secretName,
    at,
  }));
  return firstOfEach([...tlsNames(registry), ...certified]).map(({ namespace, name }) =>
    estate.producersOf(namespace, name),
  );
}

/** Listeners that serve the registry's HTTPRoutes. */
export function listenersOf(registry: RegistryView): readonly Listener[] {
  const { routes, estate, hostName = '' } = registry;
  const httpRoutes = new Set(
    routes.flatMap(({ kind, manifest }) => (kind === 'HTTPRoute' ? manifest : [])),
  );
  return [...httpRoutes].flatMap((manifest) => servingListeners(manifest, hostName, estate));
}

/** The objects of the registry's routes of these kinds, each once. */
export function routeObjects({ routes }: RegistryView, ...kinds: readonly string[]): Manifest[] {
  const objects = routes.filter(({ kind }) => kinds.includes(kind)).map(({ manifest }) => manifest);
  return [...new Set(objects)];
}

/** Whether the declaration says that somebody else makes a TLS secret. */
export function isElsewhere({ declaration }: RegistryView, secretName: string): boolean {
  const tls = releaseTls(declaration?.route);
  return tls?.source === 'existing-secret' && tls.secretName === secretName;
}
