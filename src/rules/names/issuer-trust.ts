import type { Estate } from '../estate';
import { indexed } from '../estate-index';
import type { Manifest } from '../manifest';
import type { IssuerName } from '../read/certificate';
import { CERT_MANAGER } from '../read/certificate';

/** An issuer by name, as a Certificate or an annotation refers to it. */
type Issuer = Pick<IssuerName, 'group' | 'kind' | 'name'>;

/** Why nothing trusts what an issuer signs unless told to; undefined where that cannot be said. */
export function distrustOf(issuer: Issuer, namespace: string, estate: Estate): string | undefined {
  if (issuer.group !== CERT_MANAGER) {
    return PRIVATE_KINDS.get(issuer.kind);
  }
  const manifest = issuerObject(issuer, namespace, estate);
  return manifest ? distrustOfObject(manifest) : distrustOfName(issuer.name);
}

/** Issuers of other vendors that sign with a certification authority of one's own. */
const PRIVATE_KINDS: ReadonlyMap<string, string> = new Map(
  [
    ['Step', 'step-ca'],
    ['AWSPCA', 'AWS Private CA'],
    ['GoogleCAS', 'Google CAS'],
  ].flatMap(([prefix, product]) =>
    ['Issuer', 'ClusterIssuer'].map((kind) => [
      `${prefix}${kind}`,
      `is a private certification authority (${product})`,
    ]),
  ) as [string, string][],
);

/** The Issuer or ClusterIssuer of this name, where it is among the manifests. */
export function issuerObject(
  { kind, name }: Issuer,
  namespace: string,
  estate: Estate,
): Manifest | undefined {
  if (kind !== 'ClusterIssuer') {
    return estate.object(kind, namespace, name);
  }
  const index = estate.remember('cluster issuers', () =>
    indexed(estate.ofKind('ClusterIssuer'), (manifest) => manifest.name),
  );
  return index.get(name)?.[0];
}

function distrustOfObject({ root }: Manifest): string | undefined {
  const spec = root.get('spec');
  if (spec.get('selfSigned').exists) {
    return 'signs each certificate with its own key';
  }
  if (spec.get('ca').exists) {
    return 'signs with a certification authority of your own';
  }
  const server = spec.get('acme', 'server').text;
  return server === undefined ? undefined : distrustOfServer(server);
}

/** Test servers of public authorities, and servers only the cluster can reach, which are private authorities. */
export function distrustOfServer(url: string): string | undefined {
  const host = /^https?:\/\/([^/:]+)/.exec(url)?.[1] ?? '';
  if (/staging/.test(host) || host === 'dv.acme-v02.test-api.pki.goog') {
    return 'asks a staging server, whose root nobody trusts';
  }
  return /\.(svc|local)$/.test(host)
    ? 'asks an ACME server inside the cluster, a private certification authority'
    : undefined;
}

/** What the name of an issuer that is not rendered here says. */
function distrustOfName(name: string): string | undefined {
  if (/self-?signed/.test(name)) {
    return 'signs each certificate with its own key, as its name says';
  }
  const words = new Set(name.split(/[-_.]/));
  const acme = ['letsencrypt', 'encrypt', 'le', 'acme'].some((word) => words.has(word));
  const staging = words.has('staging') || words.has('stage') || words.has('stg');
  const production = words.has('prod') || words.has('production');
  return acme && staging && !production
    ? 'asks a staging server, whose root nobody trusts, as its name says'
    : undefined;
}
