import type { Check } from '../check';

/** Names, ports and certificates as a client meets them. */
export const CONNECTION_CHECKS: readonly Check[] = [
  {
    code: 'REG112',
    slug: 'dns-resolves',
    title:
      'the host resolves from where the command runs, and every address family it publishes is served',
    severity: 'error',
    why: 'a client tries every address DNS gives it; a name without a record, or an AAAA record in front of a load balancer that serves IPv4 only, ends the pull before anything of the registry is asked',
    shows: [
      'docker: `dial tcp: lookup git.example.org: no such host`',
      'some clients work and others time out: they prefer different address families',
    ],
    fix: 'create the record, or remove the one no server stands behind',
    links: ['https://datatracker.ietf.org/doc/html/rfc8305'],
  },
  {
    code: 'REG113',
    slug: 'tcp-connects',
    title: 'the registry port accepts TCP',
    severity: 'error',
    why: 'nothing listens, or a firewall drops the connection: no setting of the registry matters until it stands',
    shows: [
      'docker: `dial tcp 203.0.113.10:443: connect: connection refused`',
      'docker: `dial tcp 203.0.113.10:443: i/o timeout`',
    ],
    fix: 'open the port, and check type and external address of the Service of the ingress controller',
    links: [
      'https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types',
    ],
  },
  {
    code: 'REG124',
    slug: 'certificate-time',
    title: 'the certificate is valid now and for 14 more days',
    severity: 'warning',
    why: 'an expired certificate stops every pull and push at once, new nodes first; a renewal that is stuck shows two weeks before',
    shows: [
      'docker: `x509: certificate has expired or is not yet valid`',
      '`kubectl get certificate` shows False, or a renewal time in the past',
    ],
    fix: 'read the events of the Certificate and its Order and Challenge, and mend what they name; check the clock of the client',
    links: ['https://cert-manager.io/docs/troubleshooting/acme/'],
  },
];
