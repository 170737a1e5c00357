import { quote } from '../../declaration/problem';
import { issuerObject } from '../names/issuer-trust';
import type { CertificateProducer, IssuerName } from '../read/certificate';
import { CERT_MANAGER } from '../read/certificate';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { tlsProducers } from './tls-producers';

/** REG557: an authority counts the orders for a name, and what is installed anew orders anew. */
export const acmeBudget: Rule = {
  code: 'REG557',
  slug: 'acme-budget',
  title: 'certificates are not ordered again and again',
  severity: 'warning',
  gate: 'cert-manager with an ACME issuer',
  why: 'an authority gives only a few certificates for the same names in a week; a loop of installing and deleting spends them, and nothing but waiting brings a new one',
  shows: [
    'Order: `429 urn:ietf:params:acme:error:rateLimited: too many certificates (5) already issued for this exact set of domains`',
  ],
  fix: 'wait until the time the message names; keep the TLS Secret when something is installed again, and let tests use the staging server of the authority',
  links: [
    'https://letsencrypt.org/docs/rate-limits/',
    'https://cert-manager.io/docs/configuration/acme/',
  ],
  judgeRegistry: (registry) =>
    tlsProducers(registry)
      .flat()
      .flatMap((producer) => {
        const { issuer } = producer;
        return issuer && ordersForGood(issuer, producer, registry)
          ? [...inPassing(producer, issuer, registry), ...underHash(producer)]
          : [];
      }),
};

/** Let's Encrypt's production directory (https://letsencrypt.org/docs/acme-protocol-updates/). */
const PRODUCTION = /^https:\/\/acme-v\d+\.api\.letsencrypt\.org(:443)?\//;

/** Whether the issuer is here and orders from a server that counts. What only its name says is no evidence. */
function ordersForGood(
  issuer: IssuerName,
  { namespace }: CertificateProducer,
  { estate }: RegistryView,
): boolean {
  const object =
    issuer.group === CERT_MANAGER ? issuerObject(issuer, namespace, estate) : undefined;
  return PRODUCTION.test(object?.root.get('spec', 'acme', 'server').text ?? '');
}

function inPassing(
  { namespace }: CertificateProducer,
  { name, at }: IssuerName,
  { hostName = '' }: RegistryView,
): Violation[] {
  const host = hostName.split('.').some(isPassing) ? `host ${quote(hostName)}` : undefined;
  const place = isPassing(namespace) ? `namespace ${quote(namespace)}` : host;
  return place === undefined
    ? []
    : [
        {
          at,
          observed: `issuer ${quote(name)} orders from the production server for ${place}, which comes and goes`,
          expected: "an issuer with the authority's staging server",
          why: "each such environment orders a certificate of its own, and a deleted one orders again when it comes back: the week's orders for the domain are spent, those of the real registry among them",
          fix: 'name an issuer whose server is https://acme-staging-v02.api.letsencrypt.org/directory here, or one wildcard certificate that outlives the environments',
        },
      ];
}

/** Names tools give to the environment of a pull request: `pr-123`, `git-mr-7`, `preview-login`. */
function isPassing(name: string): boolean {
  return /(^|-)(pr|mr|pull|merge-request)-\d+(-|$)/.test(name) || /^preview-./.test(name);
}

/** cdk8s ends a generated name with `-c8` and six digits of a hash over the path of the construct. */
const HASHED = /-c8[0-9a-f]{6}$/;

function underHash({ secretName, at }: CertificateProducer): Violation[] {
  return HASHED.test(secretName)
    ? [
        {
          at,
          observed: `secret ${quote(secretName)} carries a hash of its construct's place in the app`,
          expected: `a name without it, such as ${quote(secretName.replace(HASHED, ''))}`,
          why: 'whoever moves or renames the construct, or a parent of it, renames the secret: a new certificate is ordered for the same names each time, and the old one is thrown away',
          fix: 'give the TLS secret a fixed name, made of the host',
        },
      ]
    : [];
}
