import { ApiObject, JsonPatch } from 'cdk8s';
import type {
  CertificateTlsProps,
  ExistingSecretTlsProps,
  IngressShimTlsProps,
  ListenerTlsProps,
} from 'cdk8s-gitea-registry';
import { GiteaRegistry, IssuerRef, RegistryTls, V2Route } from 'cdk8s-gitea-registry';
import { expectGolden } from 'cdk8s-gitea-registry/testing/golden';
import { golden } from '../support/golden-text';
import { emptyChart, manifest, manifests, minimalProps, registryCase } from '../support/registries';

const issuer = IssuerRef.clusterIssuer('letsencrypt-prod');

function routed(tls: RegistryTls, host = 'git.example.org', chart = emptyChart()) {
  const registry = new GiteaRegistry(chart, 'Registry', {
    ...minimalProps(),
    host,
    publishDeclaration: false,
  });
  registry.exposeV2(V2Route.traefikIngress({ tls }));
  return { chart, registry };
}

it('has the Certificate as default child', () => {
  const { registry } = routed(RegistryTls.certificate({ secretName: 'tls', issuer }));
  const certificate = registry.node.findChild('V2Route').node.findChild('Certificate');
  expect(ApiObject.of(certificate).kind).toBe('Certificate');
});

it('defaults', () => {
  for (const name of ['tls-certificate', 'tls-ingress-shim-issuer', 'tls-existing-secret']) {
    expectGolden(registryCase(name).chart, golden(`${name}.yaml`));
  }
});

it('all the props', () => {
  const nodeTrust = 'our root CA is in every node image';
  const certificate: Required<CertificateTlsProps> = {
    secretName: 'tls',
    issuer,
    name: 'live',
    nodeTrust,
  };
  const { chart } = routed(RegistryTls.certificate(certificate));
  expect(manifest(chart, 'Certificate').metadata.name).toBe('live');
  expect(manifest(chart, 'Certificate').spec).toEqual({
    secretName: 'tls',
    dnsNames: ['git.example.org'],
    issuerRef: { name: 'letsencrypt-prod', kind: 'ClusterIssuer', group: 'cert-manager.io' },
  });
  const shim: Required<IngressShimTlsProps> = { secretName: 'tls', issuer, nodeTrust };
  expect(RegistryTls.ingressShim(shim)._toDeclaration()).toMatchObject({
    source: 'ingress-shim',
    nodeTrust,
  });
  const existing: Required<ExistingSecretTlsProps> = {
    secretName: 'tls',
    producer: 'platform',
    nodeTrust,
  };
  expect(RegistryTls.existingSecret(existing)._toDeclaration()).toEqual({
    source: 'existing-secret',
    ...existing,
  });
  const listener: Required<ListenerTlsProps> = {
    producer: 'platform',
    secretName: 'wildcard',
    nodeTrust,
  };
  expect(RegistryTls.listener(listener)._toDeclaration()).toEqual({
    source: 'listener',
    ...listener,
  });
});

it('refuses an empty word on who trusts the authority', () => {
  expect(() => RegistryTls.certificate({ secretName: 'tls', issuer, nodeTrust: ' ' })).toThrow(
    /^tls\.nodeTrust ' ' must say in one line how every node and client trusts .*\(REG123\)$/,
  );
});

it('can sign for a host with a port, whose name alone is in the certificate', () => {
  const tls = RegistryTls.certificate({ secretName: 'tls', issuer });
  const { chart } = routed(tls, 'git.example.org:8443');
  expect(manifest(chart, 'Certificate').spec).toMatchObject({ dnsNames: ['git.example.org'] });
});

it('can serve two registries with one value', () => {
  const tls = RegistryTls.certificate({ secretName: 'tls', issuer });
  expect(manifests(routed(tls, 'a.example.org').chart)).toHaveLength(2);
  expect(manifest(routed(tls, 'b.example.org').chart, 'Certificate').spec).toMatchObject({
    dnsNames: ['b.example.org'],
  });
});

it('makes each secret by one producer: with ingress-shim or an existing secret no Certificate is rendered', () => {
  for (const tls of [
    RegistryTls.ingressShim({ secretName: 'tls', issuer }),
    RegistryTls.existingSecret({ secretName: 'tls', producer: 'platform' }),
  ]) {
    expect(manifests(routed(tls).chart).map(({ kind }) => kind)).toEqual(['Ingress']);
  }
});

it('annotates for ingress-shim only', () => {
  const keys = (tls: RegistryTls) =>
    Object.keys(manifest(routed(tls).chart, 'Ingress').metadata.annotations!).filter((key) =>
      key.startsWith('cert-manager.io/'),
    );
  expect(keys(RegistryTls.certificate({ secretName: 'tls', issuer }))).toEqual([]);
  expect(keys(RegistryTls.existingSecret({ secretName: 'tls', producer: 'x' }))).toEqual([]);
  expect(keys(RegistryTls.ingressShim({ secretName: 'tls', issuer }))).toEqual([
    'cert-manager.io/cluster-issuer',
  ]);
});

describe('throws when', () => {
  it.each([
    [
      () => RegistryTls.certificate({ secretName: 'A', issuer }),
      /^tls\.secretName 'A' .*\(REG660\)$/,
    ],
    [
      () => RegistryTls.certificate({ secretName: 'tls', issuer, name: 'A' }),
      /^tls\.name 'A' .*\(REG660\)$/,
    ],
    [
      () => RegistryTls.certificate({ secretName: 'tls', issuer, name: '' }),
      /^tls\.name '' .*\(REG660\)$/,
    ],
    [
      () => RegistryTls.ingressShim({ secretName: '', issuer }),
      /^tls\.secretName '' .*\(REG660\)$/,
    ],
    [
      () => RegistryTls.existingSecret({ secretName: 'tls', producer: ' ' }),
      /^tls\.producer ' ' must say in one line who makes the TLS secret \(REG550\)$/,
    ],
  ])('a name is none or nobody makes the secret (%#)', (make, message) => {
    expect(make).toThrow(message);
  });

  it.each([
    ['certificate', RegistryTls.certificate],
    ['ingressShim', RegistryTls.ingressShim],
  ])('no issuer is given to %s, as JavaScript allows', (_name, make) => {
    expect(() => routed(make({ secretName: 'tls' } as never))).toThrow(
      /^route\.tls\.secretName 'tls' has no producer: name the issuer.*\(REG550\)$/,
    );
  });

  it('no producer is given, as JavaScript allows', () => {
    expect(() => routed(RegistryTls.existingSecret({ secretName: 'tls' } as never))).toThrow(
      /^route\.tls\.secretName 'tls' has no producer: say who.*\(REG550\)$/,
    );
  });
});

it('keeps its names: the Certificate is named as its secret', () => {
  const { chart } = routed(RegistryTls.certificate({ secretName: 'gitea-tls', issuer }));
  expect(manifest(chart, 'Certificate').metadata.name).toBe('gitea-tls');
});

it('honours a patch it does not know', () => {
  const { chart, registry } = routed(RegistryTls.certificate({ secretName: 'tls', issuer }));
  ApiObject.of(registry.node.findChild('V2Route').node.findChild('Certificate')).addJsonPatch(
    JsonPatch.add('/spec/unknownField', 'kept'),
  );
  expect(manifest(chart, 'Certificate').spec).toMatchObject({ unknownField: 'kept' });
});
