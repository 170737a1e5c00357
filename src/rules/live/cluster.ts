import type { Check } from '../check';

/** What only the certificates of a running cluster show. */
export const CLUSTER_CHECKS: readonly Check[] = [
  {
    code: 'REG552',
    slug: 'certificate-ready',
    title: 'the Certificate is Ready',
    severity: 'error',
    gate: 'cert-manager',
    why: 'until the certificate is there the proxy shows one of its own, which no client trusts; and one that cannot be renewed runs out',
    shows: [
      '`kubectl get certificate`: READY False',
      'docker: `x509: certificate is valid for …traefik.default, not HOST`',
      'Challenge: `Waiting for HTTP-01 challenge propagation`',
    ],
    fix: 'mend the first object that is not ready, of Issuer, CertificateRequest, Order and Challenge: the others wait for it',
    links: ['https://cert-manager.io/docs/troubleshooting/acme/'],
  },
  {
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
  },
];
