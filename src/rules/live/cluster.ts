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
];
