import { releaseTls } from '../../declaration/route';
import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { indexed } from '../estate-index';
import type { Manifest } from '../manifest';
import { namespaceOrDefault, objectName } from '../manifest';
import type { CertificateProducer } from '../read/certificate';
import { shimIssuer } from '../read/certificate';
import type { Reference } from '../read/route';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import type { TlsBinding } from './tls-binding';
import { isNameFor, tlsBindings } from './tls-binding';

/** REG121: without a usable secret in the namespace of the route the proxy shows a certificate it made up itself. */
export const ownCertificate: Rule = {
  code: 'REG121',
  slug: 'own-certificate',
  title: 'the proxy presents its own certificate for the registry host, not a default one',
  severity: 'error',
  why: 'a proxy reads a TLS secret only in the namespace of the route; where it finds none, Traefik logs it, serves the route all the same and shows its default certificate, which no client trusts',
  shows: [
    'docker: `x509: certificate is valid for <hash>.traefik.default, not git.example.org`',
    'the subject of the leaf is `TRAEFIK DEFAULT CERT`, or `Kubernetes Ingress Controller Fake Certificate`',
    "Traefik's log: `Error configuring TLS … secret git/git-tls does not exist`",
  ],
  fix: 'make the secret in the namespace of the route and name it there: a Certificate beside the route (RegistryTls.certificate does)',
  links: [
    'https://github.com/traefik/traefik/issues/5906',
    'https://github.com/traefik/traefik/issues/10793',
    'https://cert-manager.io/docs/usage/ingress/',
  ],
  judgeRegistry: (registry) =>
    registry.hostName === undefined
      ? []
      : [
          ...madeElsewhere(registry, registry.hostName),
          ...notNamed(registry, registry.hostName),
          ...unusable(registry),
          ...shimWithoutSecret(registry),
        ],
};

function secretsOf(registry: RegistryView): Reference[] {
  return tlsBindings(registry).flatMap(({ secret }) => secret ?? []);
}

/** The secret of the route is made, for this host, in a namespace the proxy does not look into. */
function madeElsewhere(registry: RegistryView, host: string): Violation[] {
  const { estate } = registry;
  return secretsOf(registry).flatMap((secret) => {
    const other = isMade(secret, registry)
      ? undefined
      : certificatesNamed(secret.name, estate).find(
          (one) => names(one, host) && !isCopied(one.manifest),
        );
    return other ? [elsewhere(secret, other)] : [];
  });
}

/** Whether anything here, or anything declared, may make the secret where the route is. */
function isMade({ namespace, name }: Reference, { estate, declaration }: RegistryView): boolean {
  const tls = releaseTls(declaration?.route);
  const declared =
    tls?.source === 'existing-secret' &&
    tls.secretName === name &&
    declaration?.release.namespace === namespace;
  return (
    declared ||
    estate.producersOf(namespace, name).length > 0 ||
    estate.sourcesOfSecret(namespace, name).length > 0
  );
}

function certificatesNamed(secretName: string, estate: Estate): readonly CertificateProducer[] {
  const index = estate.remember('certificates by name of the secret', () =>
    indexed(explicitCertificates(estate), (one) => one.secretName),
  );
  return index.get(secretName) ?? [];
}

function explicitCertificates(estate: Estate): CertificateProducer[] {
  return estate.certificates.filter(({ source }) => source === 'certificate');
}

function names({ dnsNames }: CertificateProducer, host: string): boolean {
  return dnsNames.some((name) => isNameFor(name, host));
}

/** Whether cert-manager marks the secret for a controller that copies secrets. */
function isCopied({ root }: Manifest): boolean {
  return hasCopyMark(root.get('spec', 'secretTemplate'));
}

/** Annotations and labels of reflector, replicator, kubed and their like. */
function hasCopyMark(metadata: Cursor): boolean {
  return [metadata.get('annotations'), metadata.get('labels')].some((marks) =>
    marks.entries().some(([name]) => /reflect|replicat|kubed|kyverno/.test(name)),
  );
}

function elsewhere(
  { name, namespace, at }: Reference,
  { manifest }: CertificateProducer,
): Violation {
  const made = namespaceOrDefault(manifest);
  return {
    at,
    observed: `secret ${quote(name)} is made in namespace ${quote(made)}, by ${objectName(manifest)}`,
    expected: `a secret ${quote(name)} in namespace ${quote(namespace)}, where the proxy looks for it`,
    fix: `move ${objectName(manifest)} to namespace ${quote(namespace)}`,
  };
}

/** A certificate for the host is made beside the route, and no route names its secret. */
function notNamed(registry: RegistryView, host: string): Violation[] {
  const { estate } = registry;
  const made = certificatesFor(host, estate);
  return tlsBindings(registry)
    .filter(isBare)
    .flatMap(({ at, manifest }) => {
      const namespace = namespaceOrDefault(manifest);
      const beside = made.filter((one) => one.namespace === namespace);
      const used = beside.some(({ secretName }) => isLoaded(namespace, secretName, estate));
      return beside.length === 0 || used ? [] : [unnamed(at, beside[0])];
    });
}

/** A TLS entry without a secret, for which no shim is asked and no resolver of Traefik. */
function isBare({ secret, resolver, manifest }: TlsBinding): boolean {
  return secret === undefined && resolver === undefined && shimIssuer(manifest) === undefined;
}

/** Certificates with exactly this name; a wildcard is often the default certificate of the whole proxy. */
function certificatesFor(host: string, estate: Estate): readonly CertificateProducer[] {
  const index = estate.remember('certificates by name', () =>
    indexed(explicitCertificates(estate), ({ dnsNames }) => dnsNames),
  );
  return index.get(host) ?? [];
}

/** Whether the proxy is given the secret by any route or TLSStore: it chooses by name, not by route. */
function isLoaded(namespace: string, secretName: string, estate: Estate): boolean {
  const loaded = estate.remember('loaded TLS secrets', () => {
    const ofRoutes = estate.routes.flatMap(({ tlsSecrets }) => tlsSecrets);
    const ofStores = estate.ofKind('TLSStore').flatMap(secretsOfStore);
    return new Set([...ofRoutes, ...ofStores].map((one) => `${one.namespace}/${one.name}`));
  });
  return loaded.has(`${namespace}/${secretName}`);
}

function secretsOfStore(manifest: Manifest): Reference[] {
  const spec = manifest.root.get('spec');
  return [spec.get('defaultCertificate'), ...spec.get('certificates').items()].flatMap((at) => {
    const name = at.get('secretName').text;
    return name ? [{ name, namespace: namespaceOrDefault(manifest), at }] : [];
  });
}

function unnamed(at: Cursor, { manifest, secretName }: CertificateProducer): Violation {
  return {
    at,
    observed: `no secretName, while ${objectName(manifest)} makes secret ${quote(secretName)} for the host`,
    expected: `secretName ${quote(secretName)}`,
    fix: `set secretName to ${quote(secretName)} in the TLS entry of the route`,
  };
}

/** A Secret written out here that holds no certificate where the proxy looks for one. */
function unusable(registry: RegistryView): Violation[] {
  const { estate } = registry;
  return secretsOf(registry).flatMap(({ name, namespace }) => {
    const manifest = estate.object('Secret', namespace, name);
    const filled = estate.producersOf(namespace, name).length > 0;
    return manifest && !filled ? missingKeys(manifest) : [];
  });
}

/** Keys every proxy reads (type `kubernetes.io/tls`). */
const TLS_KEYS = ['tls.crt', 'tls.key'] as const;

function missingKeys({ root }: Manifest): Violation[] {
  const fields = [root.get('stringData'), root.get('data')].filter(
    (field) => field.entries().length > 0,
  );
  if (fields.length === 0 || hasCopyMark(root.get('metadata'))) {
    return [];
  }
  const missing = TLS_KEYS.filter((key) => !fields.some((field) => field.get(key).text));
  return missing.length === 0
    ? []
    : [
        {
          at: fields[0],
          observed: `the TLS secret of the route has no ${missing.map(quote).join(' and no ')}`,
          expected: 'a certificate in `tls.crt` and its key in `tls.key`',
        },
      ];
}

/** cert-manager is asked by annotation, and no TLS entry says into which secret. */
function shimWithoutSecret({ routes }: RegistryView): Violation[] {
  const ingresses = routes.flatMap(({ kind, manifest }) => (kind === 'Ingress' ? manifest : []));
  return [...new Set(ingresses)].flatMap((manifest) => {
    const issuer = shimIssuer(manifest);
    const tls = manifest.root.get('spec', 'tls');
    const named = tls.items().some((entry) => entry.get('secretName').text);
    return issuer === undefined || named
      ? []
      : [
          {
            at: tls.exists ? tls : manifest.root.get('spec'),
            observed: `an annotation asks cert-manager for a certificate, and ${tls.exists ? 'no entry of spec.tls names a secret' : 'there is no spec.tls'}`,
            expected: 'a TLS entry with the host and a secretName',
            fix: 'add to spec.tls an entry with `hosts: [HOST]` and a `secretName`',
          },
        ];
  });
}
