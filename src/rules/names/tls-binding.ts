import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import { namespaceOrDefault } from '../manifest';
import type { CertificateProducer } from '../read/certificate';
import { servingListeners } from '../read/gateway';
import { annotation } from '../read/ingress';
import type { Reference } from '../read/route';
import { takesHost } from '../read/route';
import type { RegistryView } from '../registry-view';

/** A place that says with which certificate the registry host is served. */
export interface TlsBinding {
  readonly manifest: Manifest;
  /** The entry of `spec.tls`, the `spec.tls` of an IngressRoute, the listener of a Gateway. */
  readonly at: Cursor;
  /** The TLS secret; absent where none is named. */
  readonly secret?: Reference;
  /** Where a certificate resolver of Traefik is named. */
  readonly resolver?: Cursor;
}

/** The TLS entries of every route of the host, each once. */
export function tlsBindings(registry: RegistryView): readonly TlsBinding[] {
  return registry.remember('tls bindings', () => {
    const { routes, hostName } = registry;
    const manifests = [...new Set(routes.map(({ manifest }) => manifest))];
    return hostName === undefined
      ? []
      : manifests.flatMap((manifest) => bindingsOf(manifest, hostName, registry));
  });
}

function bindingsOf(manifest: Manifest, host: string, registry: RegistryView): TlsBinding[] {
  switch (manifest.kind) {
    case 'Ingress':
      return ofIngress(manifest, host);
    case 'IngressRoute':
      return ofIngressRoute(manifest);
    default:
      return ofHttpRoute(manifest, host, registry);
  }
}

/** Entries for the host; where none names it all of them, because Traefik loads every certificate it is given. */
function ofIngress(manifest: Manifest, host: string): TlsBinding[] {
  const entries = tlsEntries(manifest);
  const ours = entries.filter((entry) =>
    entry
      .get('hosts')
      .items()
      .some(({ text }) => text !== undefined && takesHost({ host: text }, host)),
  );
  const resolver = annotation(manifest, 'traefik.ingress.kubernetes.io/router.tls.certresolver');
  return (ours.length > 0 ? ours : entries).map((at) =>
    bound(manifest, at, at.get('secretName'), resolver),
  );
}

/** The entries of `spec.tls`; for an Ingress that is https by Traefik's annotation alone its spec. */
function tlsEntries(manifest: Manifest): Cursor[] {
  const spec = manifest.root.get('spec');
  const entries = spec.get('tls').items();
  const https = annotation(manifest, 'traefik.ingress.kubernetes.io/router.tls').scalar === 'true';
  return entries.length === 0 && https ? [spec] : entries;
}

function ofIngressRoute(manifest: Manifest): TlsBinding[] {
  const at = manifest.root.get('spec', 'tls');
  return at.isMap ? [bound(manifest, at, at.get('secretName'), at.get('certResolver'))] : [];
}

function bound(manifest: Manifest, at: Cursor, secret: Cursor, resolver: Cursor): TlsBinding {
  const namespace = namespaceOrDefault(manifest);
  return {
    manifest,
    at,
    ...(secret.text && { secret: { name: secret.text, namespace, at: secret } }),
    ...(resolver.text && { resolver }),
  };
}

/** An HTTPRoute is served with the certificates of the Gateways it names as parents. */
function ofHttpRoute(manifest: Manifest, host: string, { estate }: RegistryView): TlsBinding[] {
  return servingListeners(manifest, host, estate).flatMap(({ gateway, at }) =>
    at
      .get('tls', 'certificateRefs')
      .items()
      .flatMap((reference) => certificateOf(gateway, at, reference)),
  );
}

function certificateOf(manifest: Manifest, at: Cursor, reference: Cursor): TlsBinding[] {
  const name = reference.get('name');
  const namespace = reference.get('namespace').text ?? namespaceOrDefault(manifest);
  return name.text ? [{ manifest, at, secret: { name: name.text, namespace, at: name } }] : [];
}

/** What writes a TLS secret: the Certificates of that name; the shim leaves a secret of theirs alone. */
export function writersOf(
  { namespace, name }: Reference,
  { estate }: RegistryView,
): readonly CertificateProducer[] {
  const producers = estate.producersOf(namespace, name);
  const explicit = producers.filter(({ source }) => source === 'certificate');
  return explicit.length > 0 ? explicit : producers;
}

/** Whether a certificate with this name is good for the host. */
export function isNameFor(name: string, host: string): boolean {
  return takesHost({ host: name }, host);
}
