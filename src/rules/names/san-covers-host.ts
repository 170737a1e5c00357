import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { CertificateProducer } from '../read/certificate';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { isNameFor, tlsBindings, writersOf } from './tls-binding';

/** REG122: a certificate is good for the names in it and no other. */
export const sanCoversHost: Rule = {
  code: 'REG122',
  slug: 'san-covers-host',
  title: "the certificate's names cover the registry host",
  severity: 'error',
  why: 'the host was added to the route and not to the certificate, so clients are shown a certificate for other names, or the default one of the proxy; the shim of cert-manager never changes a Certificate it does not own',
  shows: [
    'docker: `x509: certificate is valid for docs.example.org, not git.example.org`',
    'Traefik: `x509: certificate is valid for <hash>.traefik.default, not git.example.org`',
    '`openssl s_client -connect HOST:443 -servername HOST | openssl x509 -noout -ext subjectAltName` lists other names',
  ],
  fix: '`dnsNames: [HOST]` on the one Certificate that makes the secret of the route',
  links: [
    'https://cert-manager.io/docs/usage/certificate/',
    'https://github.com/cert-manager/cert-manager/issues/2009',
  ],
  judgeRegistry: uncovered,
};

function uncovered(registry: RegistryView): Violation[] {
  const { hostName } = registry;
  const writers = tlsBindings(registry).flatMap(({ secret }) =>
    secret ? [writersOf(secret, registry)] : [],
  );
  // A secret of unknown origin may be good for the host.
  if (hostName === undefined || writers.some((of) => of.length === 0)) {
    return [];
  }
  const producers = [...new Set(writers.flat())];
  const covered = producers.some(({ dnsNames }) =>
    dnsNames.some((name) => isNameFor(name, hostName)),
  );
  return covered ? [] : producers.map((producer) => violationOf(producer, hostName));
}

function violationOf(producer: CertificateProducer, host: string): Violation {
  const { dnsNames } = producer;
  return {
    at: namesOf(producer),
    observed:
      dnsNames.length > 0 ? `a certificate for ${shown(dnsNames)}` : 'a certificate without names',
    expected: `${quote(host)} among its names`,
    fix: fixOf(producer, host),
  };
}

function fixOf({ source, manifest }: CertificateProducer, host: string): string {
  if (source === 'certificate') {
    return `add ${quote(host)} to dnsNames of Certificate ${quote(manifest.name)}`;
  }
  return manifest.kind === 'Ingress'
    ? `add ${quote(host)} to the hosts of the TLS entry, from which cert-manager takes the names`
    : `give ${quote(host)} a listener of its own: cert-manager takes the name from its hostname`;
}

/** Most names a finding shows. */
const MOST_NAMES = 3;

function shown(names: readonly string[]): string {
  const first = names.slice(0, MOST_NAMES).map(quote).join(', ');
  return names.length > MOST_NAMES ? `${first}, …` : first;
}

/** Where the names stand, or beside which they are missing. */
function namesOf({ source, manifest, at }: CertificateProducer): Cursor {
  if (source === 'certificate') {
    return present(manifest.root.get('spec', 'dnsNames'), manifest.root.get('spec'));
  }
  const entry = at.outer!;
  return manifest.kind === 'Ingress' ? present(entry.get('hosts'), entry) : at;
}

function present(at: Cursor, around: Cursor): Cursor {
  return at.exists ? at : around;
}
