import { added, coulombBut, edited, without } from './edit';
import type { ClusterScenario } from './scenario';

const NAME = 'default/gitea-tls';

/** The chain of objects cert-manager makes on its way to a certificate, ending in what waits. */
function chain(order: object, challenge?: object): object[] {
  const labels = { 'cert-manager.io/certificate-name': 'gitea-tls' };
  const owned = (kind: string, name: string): object[] => [
    { apiVersion: 'cert-manager.io/v1', kind, name, controller: true },
  ];
  return [
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'CertificateRequest',
      metadata: {
        name: 'gitea-tls-1',
        namespace: 'default',
        annotations: labels,
        ownerReferences: owned('Certificate', 'gitea-tls'),
      },
      spec: { issuerRef: { name: 'letsencrypt-prod', kind: 'ClusterIssuer' } },
      status: {
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            reason: 'Pending',
            message: 'Waiting on certificate issuance from order default/gitea-tls-1-1: "pending"',
          },
        ],
      },
    },
    {
      apiVersion: 'acme.cert-manager.io/v1',
      kind: 'Order',
      metadata: {
        name: 'gitea-tls-1-1',
        namespace: 'default',
        annotations: labels,
        ownerReferences: owned('CertificateRequest', 'gitea-tls-1'),
      },
      spec: { dnsNames: ['gitea.coulomb.social'] },
      status: order,
    },
    ...(challenge === undefined
      ? []
      : [
          {
            apiVersion: 'acme.cert-manager.io/v1',
            kind: 'Challenge',
            metadata: {
              name: 'gitea-tls-1-1-1',
              namespace: 'default',
              ownerReferences: owned('Order', 'gitea-tls-1-1'),
            },
            spec: { dnsName: 'gitea.coulomb.social', type: 'HTTP-01' },
            status: challenge,
          },
        ]),
  ];
}

const notReady = edited('Certificate', NAME, (certificate) => {
  certificate.status = {
    conditions: [
      { type: 'Issuing', status: 'True', reason: 'DoesNotExist' },
      {
        type: 'Ready',
        status: 'False',
        reason: 'DoesNotExist',
        message: 'Issuing certificate as Secret does not exist',
      },
    ],
  };
});

/** Step P2a: from the Certificate to the challenge. */
export const CERTIFICATES: readonly ClusterScenario[] = [
  {
    name: 'the challenge of the certificate does not come through',
    code: 'REG552',
    find: coulombBut(
      notReady,
      without('Secret', NAME),
      added(
        ...chain(
          { state: 'pending' },
          {
            state: 'pending',
            presented: true,
            processing: true,
            reason:
              "Waiting for HTTP-01 challenge propagation: wrong status code '404', expected '200'",
          },
        ),
      ),
    ),
  },
  {
    name: 'the issuer of the certificate is not ready',
    code: 'REG552',
    find: coulombBut(
      notReady,
      without('Secret', NAME),
      edited('ClusterIssuer', 'letsencrypt-prod', (issuer) => {
        issuer.status = {
          conditions: [
            {
              type: 'Ready',
              status: 'False',
              reason: 'ErrRegisterACMEAccount',
              message: 'Failed to register ACME account: context deadline exceeded',
            },
          ],
        };
      }),
    ),
  },
  {
    name: 'the authority gives no more certificates for the name',
    code: 'REG557',
    find: coulombBut(
      notReady,
      without('Secret', NAME),
      added(
        ...chain({
          state: 'errored',
          reason:
            'Failed to create Order: 429 urn:ietf:params:acme:error:rateLimited: too many certificates (5) already issued for this exact set of domains',
        }),
      ),
    ),
  },
  {
    name: 'two Certificates write one secret',
    code: 'REG550',
    find: coulombBut(
      added({
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata: { name: 'gitea', namespace: 'default' },
        spec: {
          secretName: 'gitea-tls',
          dnsNames: ['gitea.coulomb.social'],
          issuerRef: { name: 'letsencrypt-prod', kind: 'ClusterIssuer' },
        },
        status: {
          conditions: [
            {
              type: 'Ready',
              status: 'False',
              reason: 'IncorrectCertificate',
              message: 'Secret was issued for "gitea-tls"',
            },
          ],
        },
      }),
    ),
  },
  {
    name: 'the solver is of another class than the controller',
    code: 'REG553',
    find: coulombBut(
      edited('ClusterIssuer', 'letsencrypt-prod', (issuer) => {
        issuer.spec.acme.solvers = [{ http01: { ingress: { ingressClassName: 'nginx' } } }];
      }),
    ),
  },
];
