import fc from 'fast-check';
import { asManifest } from '../../../src/rules/manifest';
import type { CertificateProducer } from '../../../src/rules/read/certificate';
import {
  certificateProducers,
  PRODUCER_KINDS,
  shimIssuer,
} from '../../../src/rules/read/certificate';

type Annotations = { readonly [name: string]: unknown };

const CLUSTER_ISSUER = { 'cert-manager.io/cluster-issuer': 'letsencrypt' };

function produced(kind: string, spec: object, metadata: object = {}): CertificateProducer[] {
  const named = { name: 'gitea', namespace: 'git', ...metadata };
  return certificateProducers(asManifest({ kind, metadata: named, spec }, {}));
}

const annotated = (annotations: Annotations = CLUSTER_ISSUER) => ({ annotations });

describe('the issuer an annotation asks', () => {
  const issuer = (annotations: Annotations) => {
    const found = shimIssuer(asManifest({ kind: 'Ingress', metadata: { annotations } }, {}));
    return found && [found.group, found.kind, found.name];
  };

  test.each<[Annotations, string[] | undefined]>([
    [{}, undefined],
    [CLUSTER_ISSUER, ['cert-manager.io', 'ClusterIssuer', 'letsencrypt']],
    [{ 'cert-manager.io/issuer': 'own' }, ['cert-manager.io', 'Issuer', 'own']],
    [{ 'cert-manager.io/issuer': '' }, undefined],
    [
      {
        'cert-manager.io/issuer': 'step',
        'cert-manager.io/issuer-kind': 'StepIssuer',
        'cert-manager.io/issuer-group': 'certmanager.step.sm',
      },
      ['certmanager.step.sm', 'StepIssuer', 'step'],
    ],
    [
      { ...CLUSTER_ISSUER, 'cert-manager.io/issuer-kind': 'StepIssuer' },
      ['cert-manager.io', 'ClusterIssuer', 'letsencrypt'],
    ],
    [{ 'kubernetes.io/tls-acme': 'true' }, ['cert-manager.io', 'ClusterIssuer', '']],
    [{ 'kubernetes.io/tls-acme': true }, ['cert-manager.io', 'ClusterIssuer', '']],
    [{ 'kubernetes.io/tls-acme': 'false' }, undefined],
  ])('%j: %j', (annotations, expected) => {
    expect(issuer(annotations)).toEqual(expected);
  });
});

describe('a Certificate', () => {
  const spec = { secretName: 'tls', dnsNames: ['Git.example.org'], commonName: 'git.example.org' };

  test('produces its secret in its namespace', () => {
    const [one] = produced('Certificate', { ...spec, issuerRef: { name: 'own' } });
    expect(one).toMatchObject({
      source: 'certificate',
      secretName: 'tls',
      namespace: 'git',
      dnsNames: ['git.example.org', 'git.example.org'],
      issuer: { group: 'cert-manager.io', kind: 'Issuer', name: 'own' },
    });
    expect(one.at.path).toBe('spec.secretName');
  });

  test('may ask an issuer of another vendor', () => {
    const issuerRef = { group: 'certmanager.step.sm', kind: 'StepIssuer', name: 'step' };
    expect(produced('Certificate', { ...spec, issuerRef })[0].issuer).toMatchObject(issuerRef);
  });

  test('without an issuer or names is read all the same', () => {
    const [one] = produced('Certificate', { secretName: 'tls' });
    expect([one.issuer?.name, one.dnsNames]).toEqual(['', []]);
  });

  test('without a secret produces nothing', () => {
    expect(produced('Certificate', { dnsNames: ['git.example.org'] })).toEqual([]);
    expect(produced('Certificate', { ...spec, secretName: '' })).toEqual([]);
  });

  test.each([['Ingress'], ['Gateway'], ['ListenerSet']])(
    "of the shim for a %s is the shim's",
    (kind) => {
      expect(produced('Certificate', spec, { ownerReferences: [{ kind, name: 'gitea' }] })).toEqual(
        [],
      );
    },
  );

  test('owned by something else is its own producer', () => {
    const ownerReferences = [{ kind: 'Application', name: 'gitea' }];
    expect(produced('Certificate', spec, { ownerReferences })).toHaveLength(1);
  });
});

describe('an annotated Ingress', () => {
  const spec = {
    tls: [
      { secretName: 'one', hosts: ['Git.example.org', 7] },
      { hosts: ['x'] },
      { secretName: '' },
      { secretName: 'two' },
    ],
  };

  test('produces each secret its TLS entries name', () => {
    const all = produced('Ingress', spec, annotated());
    expect(all.map(({ secretName, dnsNames, at }) => [secretName, dnsNames, at.path])).toEqual([
      ['one', ['git.example.org'], 'spec.tls[0].secretName'],
      ['two', [], 'spec.tls[3].secretName'],
    ]);
    expect(all[0]).toMatchObject({
      source: 'shim',
      namespace: 'git',
      issuer: { name: 'letsencrypt' },
    });
  });

  test('produces nothing without the annotation', () => {
    expect(produced('Ingress', spec)).toEqual([]);
  });
});

describe('an annotated Gateway', () => {
  const listener = (fields: object) => ({
    hostname: 'Git.example.org',
    tls: { certificateRefs: [{ name: 'tls' }] },
    ...fields,
  });
  const names = (...listeners: object[]): string[] =>
    produced('Gateway', { listeners }, annotated()).map(({ secretName }) => secretName);

  test('produces the secrets of its listeners', () => {
    const [one] = produced('Gateway', { listeners: [listener({})] }, annotated());
    expect(one).toMatchObject({
      source: 'shim',
      secretName: 'tls',
      namespace: 'git',
      dnsNames: ['git.example.org'],
    });
    expect(one.at.path).toBe('spec.listeners[0].tls.certificateRefs[0].name');
  });

  test.each<[string, object, string[]]>([
    ['two secrets', { tls: { certificateRefs: [{ name: 'a' }, { name: 'b' }] } }, ['a', 'b']],
    [
      'its own namespace named',
      { tls: { certificateRefs: [{ name: 'a', namespace: 'git' }] } },
      ['a'],
    ],
    [
      'a secret of another namespace',
      { tls: { certificateRefs: [{ name: 'a', namespace: 'web' }] } },
      [],
    ],
    ['no hostname', { hostname: undefined }, []],
    ['an empty hostname', { hostname: '' }, []],
    ['mode Terminate', { tls: { mode: 'Terminate', certificateRefs: [{ name: 'a' }] } }, ['a']],
    ['mode Passthrough', { tls: { mode: 'Passthrough', certificateRefs: [{ name: 'a' }] } }, []],
    ['a nameless secret', { tls: { certificateRefs: [{}] } }, []],
  ])('with %s', (_, fields, expected) => {
    expect(names(listener(fields))).toEqual(expected);
  });

  test.each([['ListenerSet'], ['XListenerSet']])('is read as a %s is', (kind) => {
    expect(produced(kind, { listeners: [listener({})] }, annotated())).toHaveLength(1);
  });
});

test('other kinds produce nothing', () => {
  expect(produced('IngressRoute', { tls: { secretName: 'tls' } }, annotated())).toEqual([]);
});

test('any document of any of the kinds is read', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PRODUCER_KINDS),
      fc.jsonValue(),
      fc.jsonValue(),
      (kind, tls, listeners) => {
        const spec = { tls, listeners, secretName: tls, issuerRef: listeners };
        expect(Array.isArray(produced(kind, spec, annotated()))).toBe(true);
      },
    ),
  );
});
