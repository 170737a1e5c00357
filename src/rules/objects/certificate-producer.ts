import { quote } from '../../declaration/problem';
import { indexed } from '../estate-index';
import type { Manifest } from '../manifest';
import { objectName } from '../manifest';
import type { CertificateProducer } from '../read/certificate';
import { shimIssuer } from '../read/certificate';
import type { Reference } from '../read/route';
import { takesHost } from '../read/route';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { sourcesOf } from './pull-secrets';
import { isElsewhere, routeObjects, tlsNames, tlsProducers } from './tls-producers';

/** REG550: of two that write one TLS secret cert-manager serves one; a secret in another namespace serves no route. */
export const certificateProducer: Rule = {
  code: 'REG550',
  slug: 'certificate-producer',
  title: "each TLS secretName has exactly one producer, in the route's namespace",
  severity: 'error',
  why: 'where two write one secret, cert-manager serves the one the secret names, else the oldest, and skips the others without a word; which names the certificate covers depends on who came first',
  shows: [
    'Certificate: `Ready=False`, reason `IncorrectCertificate`: `Secret was issued for "…"`',
    'log of cert-manager: `certificate resource is not owned by this object. refusing to update non-owned certificate resource`',
    'event of the Ingress: `BadConfig: … this secret name must only appear in a single TLS entry`',
    'Traefik log: `secret git/git-example-org-tls does not exist`, and its default certificate is served',
  ],
  fix: "keep one producer, in the route's namespace: a Certificate, or the annotation on one Ingress",
  links: [
    'https://github.com/cert-manager/cert-manager/issues/5675',
    'https://github.com/cert-manager/cert-manager/issues/2585',
    'https://github.com/cert-manager/cert-manager/pull/2611',
  ],
  judgeRegistry: (registry) => [
    ...tlsProducers(registry).flatMap(rivals),
    ...annotatedIngresses(registry).flatMap(repeated),
    ...misplaced(registry),
  ],
};

/** Producers of one secret beside the first, a Certificate before an annotation. */
function rivals(producers: readonly CertificateProducer[]): Violation[] {
  const [first, ...others] = producers
    .filter(
      ({ manifest }, index) => index === producers.findIndex((one) => one.manifest === manifest),
    )
    .sort((a, b) => Number(a.source === 'shim') - Number(b.source === 'shim'));
  return others.map((other) => ({
    at: other.at,
    severity: isTwin(first, other) ? 'warning' : 'error',
    observed: `${objectName(first.manifest)} produces secret ${quote(other.secretName)} too`,
    expected: 'one producer',
    fix:
      other.source === 'shim'
        ? `remove the issuer annotation from ${objectName(other.manifest)}; it may go on naming the secret`
        : `delete ${objectName(other.manifest)}, or ${objectName(first.manifest)}`,
  }));
}

/** Two annotated objects that ask the same: the second is skipped, and nothing differs until the first is deleted. */
function isTwin(first: CertificateProducer, other: CertificateProducer): boolean {
  const asked = ({ dnsNames, issuer }: CertificateProducer): string =>
    JSON.stringify([[...dnsNames].sort(), issuer?.group, issuer?.kind, issuer?.name]);
  return first.source === 'shim' && asked(first) === asked(other);
}

function annotatedIngresses(registry: RegistryView): Manifest[] {
  return routeObjects(registry, 'Ingress').filter((manifest) => shimIssuer(manifest) !== undefined);
}

/** Names that stand twice in the `tls` of one Ingress: the shim then leaves the whole Ingress alone. */
function repeated({ root }: Manifest): Violation[] {
  const names = root
    .get('spec', 'tls')
    .items()
    .map((tls) => tls.get('secretName'))
    .filter(({ text }) => text);
  return names
    .filter((at, index) => names.findIndex(({ text }) => text === at.text) < index)
    .map((at) => ({
      at,
      observed: `secret ${quote(at.text)} stands in two entries of \`tls\``,
      expected: 'one entry with all hosts',
      fix: 'put all hosts of the secret into one entry of `tls`',
    }));
}

/** TLS secrets the shim makes for an object of another namespace; those of Certificates there are REG121's. */
function misplaced(registry: RegistryView): Violation[] {
  const { estate, hostName = '' } = registry;
  const shims = estate.remember('annotated objects by secret name', () =>
    indexed(
      estate.certificates.filter(({ source }) => source === 'shim'),
      ({ secretName }) => secretName,
    ),
  );
  return tlsNames(registry)
    .filter((reference) => isUnmade(registry, reference))
    .flatMap(({ namespace, name, at }) => {
      const producer = (shims.get(name) ?? []).find(({ dnsNames }) =>
        dnsNames.some((host) => takesHost({ host }, hostName)),
      );
      return producer
        ? [
            {
              at,
              observed: `secret ${quote(name)} is produced in namespace '${producer.namespace}', for ${objectName(producer.manifest)}`,
              expected: `a producer in namespace '${namespace}'`,
              fix: `write a Certificate beside the route, in namespace '${namespace}'`,
            },
          ]
        : [];
    });
}

/** Whether nothing makes the secret in its namespace, as far as can be seen. */
function isUnmade(registry: RegistryView, { namespace, name }: Reference): boolean {
  return (
    registry.estate.producersOf(namespace, name).length === 0 &&
    sourcesOf(registry.estate, { namespace, name }).length === 0 &&
    !isElsewhere(registry, name)
  );
}
