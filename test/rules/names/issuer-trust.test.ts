import { Estate } from '../../../src/rules/estate';
import { distrustOf, distrustOfServer } from '../../../src/rules/names/issuer-trust';

it.each([
  'https://acme-staging-v02.api.letsencrypt.org/directory',
  'https://staging.acme.example.net:8443/dir',
  'https://dv.acme-v02.test-api.pki.goog/directory',
])('%s is a staging server', (url) => {
  expect(distrustOfServer(url)).toMatch(/^asks a staging server/);
});

it.each(['https://step.pki.svc/acme', 'http://step.pki.svc.cluster.local:9000/acme'])(
  '%s is inside the cluster',
  (url) => {
    expect(distrustOfServer(url)).toMatch(/^asks an ACME server inside the cluster/);
  },
);

it.each([
  'https://acme-v02.api.letsencrypt.org/directory',
  'https://acme.example.org/staging',
  'https://svc.example.org/acme',
  'https://xsvc/acme',
  'acme-staging',
  '',
])('%j may be trusted', (url) => {
  expect(distrustOfServer(url)).toBeUndefined();
});

const EMPTY = new Estate([]);

function distrustOfName(name: string): string | undefined {
  return distrustOf({ name, kind: 'ClusterIssuer', group: 'cert-manager.io' }, 'git', EMPTY);
}

it.each([
  'letsencrypt-staging',
  'staging-letsencrypt',
  'lets-encrypt-staging',
  'le_stage',
  'acme.stg.dns',
])('an issuer called %s is one for tests', (name) => {
  expect(distrustOfName(name)).toBe(
    'asks a staging server, whose root nobody trusts, as its name says',
  );
});

it.each(['selfsigned', 'self-signed-issuer', 'my-selfsigned'])(
  'an issuer called %s signs itself',
  (name) => {
    expect(distrustOfName(name)).toBe('signs each certificate with its own key, as its name says');
  },
);

it.each([
  'letsencrypt',
  'letsencrypt-prod',
  'staging',
  'staging-issuer',
  'letsencrypt-staging-prod',
  'letsencrypt-production-staging',
  'backstaging-letsencrypt',
  'stage-acmes',
  '',
])('nothing is said of an issuer called %j', (name) => {
  expect(distrustOfName(name)).toBeUndefined();
});

it.each([
  ['StepIssuer', 'step-ca'],
  ['StepClusterIssuer', 'step-ca'],
  ['AWSPCAIssuer', 'AWS Private CA'],
  ['AWSPCAClusterIssuer', 'AWS Private CA'],
  ['GoogleCASIssuer', 'Google CAS'],
  ['GoogleCASClusterIssuer', 'Google CAS'],
])('%s of another vendor is a private authority', (kind, product) => {
  const issuer = { name: 'letsencrypt-prod', kind, group: 'example.net' };
  expect(distrustOf(issuer, 'git', EMPTY)).toBe(
    `is a private certification authority (${product})`,
  );
});

it.each(['OriginIssuer', 'Issuer', 'toString'])(
  'nothing is said of kind %s of another vendor, whatever its name',
  (kind) => {
    expect(distrustOf({ name: 'selfsigned', kind, group: 'example.net' }, 'git', EMPTY)).toBe(
      undefined,
    );
  },
);
