import { releaseTls, renderedRoute } from '../../declaration/route';
import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { CertificateProducer } from '../read/certificate';
import { option } from '../read/traefik-static';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { distrustOf, distrustOfServer } from './issuer-trust';
import { tlsBindings, writersOf } from './tls-binding';

/** REG123: kubelet and containerd know the certification authorities of the node, and no others. */
export const nodeTrustsIssuer: Rule = {
  code: 'REG123',
  slug: 'node-trusts-issuer',
  title: "every node and client trusts the certificate's issuer, and the chain is complete",
  severity: 'error',
  why: 'nodes pull with the roots their operating system knows; a certificate of a private authority, of a self-signed issuer or of a staging server is refused until every node, builder and client is told',
  shows: [
    'pod events: `x509: certificate signed by unknown authority`',
    'docker login: `tls: failed to verify certificate: x509: certificate signed by unknown authority`',
  ],
  fix: 'a publicly trusted issuer (letsencrypt-prod); else give the CA to every node: `registries.yaml` of k3s and RKE2, `certs.d/HOST/hosts.toml` of containerd, `certs.d/HOST/ca.crt` of docker, and say so in the declaration (`nodeTrust`), or accept this finding with the reason',
  links: [
    'https://github.com/k3s-io/k3s/issues/1148',
    'https://github.com/kubernetes/kubernetes/issues/43924',
    'https://letsencrypt.org/docs/staging-environment/',
  ],
  judgeRegistry: (registry) =>
    isAcknowledged(registry) ? [] : [...issuers(registry), ...resolvers(registry)],
};

/** Whether the declaration says how nodes and clients trust the authority. */
function isAcknowledged({ declaration }: RegistryView): boolean {
  return renderedRoute(declaration?.route)?.tls.nodeTrust !== undefined;
}

function issuers(registry: RegistryView): Violation[] {
  const producers = tlsBindings(registry).flatMap(({ secret }) =>
    secret ? writersOf(secret, registry) : [],
  );
  return producers.length > 0
    ? [...new Set(producers)].flatMap((producer) => ofProducer(producer, registry))
    : declaredIssuer(registry);
}

function ofProducer(
  { issuer, namespace }: CertificateProducer,
  { estate }: RegistryView,
): Violation[] {
  const reason = issuer && distrustOf(issuer, namespace, estate);
  return issuer && reason ? [untrusted(issuer.at, issuer, reason)] : [];
}

/** The declared issuer, where nothing that asks it is rendered here. */
function declaredIssuer({ declaration, facts, estate }: RegistryView): Violation[] {
  const issuer = releaseTls(declaration?.route)?.issuer;
  const reason = issuer && distrustOf(issuer, facts.namespace ?? '', estate);
  return issuer && reason
    ? [untrusted(facts.at.get('route', 'tls', 'issuer'), issuer, reason)]
    : [];
}

function untrusted(
  at: Cursor,
  { kind, name }: { readonly kind: string; readonly name: string },
  reason: string,
): Violation {
  return {
    at,
    severity: 'warning',
    observed: `${kind} ${quote(name)} ${reason}`,
    expected: 'an issuer that every node and client trusts',
  };
}

/** Resolvers of Traefik itself, where their server is written. */
function resolvers(registry: RegistryView): Violation[] {
  return tlsBindings(registry).flatMap(({ resolver }) => {
    const name = resolver?.text;
    const reason = name && distrustOfResolver(name, registry);
    return resolver && reason
      ? [untrusted(resolver, { kind: 'resolver', name: name ?? '' }, reason)]
      : [];
  });
}

function distrustOfResolver(name: string, { estate }: RegistryView): string | undefined {
  const servers = estate.traefiks.flatMap(
    (traefik) => option(traefik, `certificatesResolvers.${name}.acme.caServer`)?.text ?? [],
  );
  return servers.map(distrustOfServer).find((reason) => reason !== undefined);
}
