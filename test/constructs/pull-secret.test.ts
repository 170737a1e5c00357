import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import type { ExternalPullSecretProps, PullServiceAccount } from 'cdk8s-gitea-registry';
import { GiteaRegistry, PullSecret, RemoteCredential, SecretStoreRef } from 'cdk8s-gitea-registry';
import { expectGolden } from 'cdk8s-gitea-registry/testing/golden';
import { golden } from '../support/golden-text';
import { emptyChart, manifest, manifests, minimalProps, registryCase } from '../support/registries';

const EXTERNAL: ExternalPullSecretProps = {
  namespace: 'apps',
  name: 'gitea-pull',
  store: SecretStoreRef.clusterSecretStore('openbao'),
  credential: RemoteCredential.accessToken({ key: 'apps/pull', username: 'puller' }),
};

function pulled(secret: PullSecret, id = 'Apps') {
  const chart = emptyChart();
  const registry = new GiteaRegistry(chart, 'Registry', {
    ...minimalProps(),
    publishDeclaration: false,
  });
  registry.addPullSecret(id, secret);
  return { chart, registry, declared: JSON.parse(registry.declaration).pullSecrets[0] };
}

const external = (change: Partial<ExternalPullSecretProps> = {}) =>
  PullSecret.externalSecret({ ...EXTERNAL, ...change });

const account = (serviceAccount: PullServiceAccount) =>
  PullSecret.fromSecretName('apps', 'gitea-pull', { serviceAccount });

it('has the ExternalSecret as default child, the ServiceAccount below', () => {
  const { registry } = pulled(external({ serviceAccount: { name: 'puller', create: true } }));
  const consumer = registry.node.findChild('PullSecrets').node.findChild('Apps');
  expect(ApiObject.of(consumer).kind).toBe('ExternalSecret');
  expect(ApiObject.of(consumer.node.findChild('ServiceAccount')).kind).toBe('ServiceAccount');
});

it('defaults', () => {
  expectGolden(
    registryCase('pull-secret-docker-config').chart,
    golden('pull-secret-docker-config.yaml'),
  );
  expect(pulled(external()).declared).toEqual({
    id: 'Apps',
    namespace: 'apps',
    secretName: 'gitea-pull',
    source: 'external-secret',
  });
  expect(manifest(pulled(external()).chart, 'ExternalSecret').spec).toMatchObject({
    refreshInterval: '1h',
  });
});

it('all the props', () => {
  const serviceAccount: Required<PullServiceAccount> = { name: 'puller', create: true };
  const props: Required<ExternalPullSecretProps> = {
    ...EXTERNAL,
    refreshInterval: Duration.minutes(90),
    serviceAccount,
  };
  const { chart, declared } = pulled(PullSecret.externalSecret(props));
  expect(declared.serviceAccount).toEqual(serviceAccount);
  expect(manifest(chart, 'ServiceAccount').imagePullSecrets).toEqual([{ name: 'gitea-pull' }]);
  expect(manifest(chart, 'ExternalSecret').spec).toMatchObject({
    refreshInterval: '1h30m',
    secretStoreRef: { kind: 'ClusterSecretStore', name: 'openbao' },
    target: { name: 'gitea-pull', creationPolicy: 'Owner' },
  });
});

it('says on the Secret of a token which scope it needs; those of a stored config are not known', () => {
  const template = (name: string) =>
    (
      manifest(registryCase(name).chart, 'ExternalSecret').spec as never as {
        target: { template: { type: string; metadata: object } };
      }
    ).target.template;
  const labels = {
    'app.kubernetes.io/part-of': 'gitea-registry',
    'app.kubernetes.io/managed-by': 'cdk8s-gitea-registry',
  };
  expect(template('pull-secret-access-token')).toMatchObject({
    type: 'kubernetes.io/dockerconfigjson',
    metadata: { labels, annotations: { 'gitea-registry/token-scopes': 'read:package' } },
  });
  expect(template('pull-secret-docker-config').metadata).toEqual({ labels });
});

it('refuses to read the store never again', () => {
  expect(() => external({ refreshInterval: Duration.seconds(0) })).toThrow(
    /^refreshInterval '0s' must be a duration above zero.*REG621/,
  );
});

it('can name a secret that exists, by name or by interface, and renders nothing for it', () => {
  const byName = pulled(PullSecret.fromSecretName('apps', 'gitea-pull'));
  const byInterface = pulled(PullSecret.fromSecret('apps', { name: 'gitea-pull' } as never));
  expect(byName.declared).toEqual({
    id: 'Apps',
    namespace: 'apps',
    secretName: 'gitea-pull',
    source: 'existing',
  });
  expect(byInterface.declared).toEqual(byName.declared);
  expect(manifests(byName.chart)).toEqual([]);
  expect(manifests(byInterface.chart)).toEqual([]);
});

it('can render a dedicated ServiceAccount, never one that exists', () => {
  const created = pulled(account({ name: 'puller', create: true }));
  expect(manifests(created.chart).map(({ kind }) => kind)).toEqual(['ServiceAccount']);
  for (const existing of [account({ name: 'app' }), account({ name: 'default', create: false })]) {
    const { chart, declared, registry } = pulled(existing);
    expect(manifests(chart)).toEqual([]);
    expect(declared.serviceAccount.create).toBe(false);
    expect(registry.handoff).toContain(
      `kubectl patch serviceaccount ${declared.serviceAccount.name} -n apps`,
    );
  }
});

describe('throws when', () => {
  it.each([
    [() => PullSecret.fromSecretName('a.b', 'x'), /^pullSecret\.namespace 'a\.b' .*\(REG660\)$/],
    [() => PullSecret.fromSecretName('apps', 'X'), /^pullSecret\.secretName 'X' .*\(REG660\)$/],
    [() => PullSecret.fromSecret('apps', { name: 'X' } as never), /secretName 'X' .*\(REG660\)$/],
    [() => external({ namespace: '' }), /^pullSecret\.namespace '' .*\(REG660\)$/],
    [() => external({ name: '' }), /^pullSecret\.secretName '' .*\(REG660\)$/],
    [() => account({ name: 'A' }), /^pullSecret\.serviceAccount\.name 'A' .*\(REG660\)$/],
  ])('a name is none (%#)', (make, message) => {
    expect(make).toThrow(message);
  });

  it('the default ServiceAccount is to be created', () => {
    for (const make of [
      () => account({ name: 'default', create: true }),
      () => external({ serviceAccount: { name: 'default', create: true } }),
    ]) {
      expect(make).toThrow(
        /^pullSecret\.serviceAccount\.name 'default' exists in every namespace.*\(REG541\)$/,
      );
    }
  });
});

it('keeps its names: Secret, ExternalSecret and ServiceAccount are named by their props', () => {
  const secret = external({ serviceAccount: { name: 'puller', create: true } });
  const names = (id: string) =>
    manifests(pulled(secret, id).chart).map(({ metadata }) => metadata.name);
  expect(names('Apps')).toEqual(['puller', 'gitea-pull']);
  expect(names('Renamed')).toEqual(names('Apps'));
});

it('honours a patch it does not know', () => {
  const { chart, registry } = pulled(
    external({ serviceAccount: { name: 'puller', create: true } }),
  );
  const consumer = registry.node.findChild('PullSecrets').node.findChild('Apps');
  ApiObject.of(consumer).addJsonPatch(
    JsonPatch.add('/spec/unknownField', 'kept'),
    JsonPatch.add('/spec/target/template/unknownField', 'kept'),
  );
  ApiObject.of(consumer.node.findChild('ServiceAccount')).addJsonPatch(JsonPatch.add('/x', 'kept'));
  expect(manifest(chart, 'ExternalSecret').spec).toMatchObject({
    unknownField: 'kept',
    target: { template: { unknownField: 'kept', type: 'kubernetes.io/dockerconfigjson' } },
  });
  expect(manifest(chart, 'ServiceAccount')).toMatchObject({ x: 'kept' });
});
