import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import type {
  ClusterExternalPullSecretProps,
  ExternalPullSecretProps,
  PullServiceAccount,
} from 'cdk8s-gitea-registry';
import {
  ForgeRelease,
  GiteaRegistry,
  NodeDistribution,
  PullSecret,
  RemoteCredential,
  SecretCopier,
  SecretStoreRef,
} from 'cdk8s-gitea-registry';
import { expectGolden } from 'cdk8s-gitea-registry/testing/golden';
import { golden } from '../support/golden-text';
import {
  emptyChart,
  manifest,
  manifests,
  minimalProps,
  registryCase,
  RELEASE,
} from '../support/registries';

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

describe('a cluster-wide secret', () => {
  const CLUSTER: ClusterExternalPullSecretProps = {
    name: 'gitea-pull',
    store: EXTERNAL.store,
    credential: EXTERNAL.credential,
  };
  const clusterWide = (change: Partial<ClusterExternalPullSecretProps> = {}) =>
    PullSecret.clusterExternalSecret({ ...CLUSTER, ...change });
  const selectors = (secret: PullSecret) =>
    (
      manifest(pulled(secret).chart, 'ClusterExternalSecret').spec as never as {
        namespaceSelectors: object[];
      }
    ).namespaceSelectors;

  it('goes to namespaces with the label of the release, unless others are meant', () => {
    const byName = {
      matchExpressions: [
        { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['apps', 'web'] },
      ],
    };
    expect(selectors(clusterWide())).toEqual([{ matchLabels: { 'registry-pull': 'gitea' } }]);
    expect(selectors(clusterWide({ namespaces: ['apps', 'web'] }))).toEqual([byName]);
    expect(selectors(clusterWide({ namespaces: [] }))).toEqual(selectors(clusterWide()));
    expect(
      selectors(clusterWide({ namespaces: ['apps', 'web'], namespaceLabels: { team: 'a' } })),
    ).toEqual([{ matchLabels: { team: 'a' } }, byName]);
  });

  it('is declared without a namespace', () => {
    expect(pulled(clusterWide()).declared).toEqual({
      id: 'Apps',
      secretName: 'gitea-pull',
      source: 'cluster-external-secret',
      namespaceLabels: { 'registry-pull': 'gitea' },
    });
  });

  it('holds what the secret of one namespace holds', () => {
    const { externalSecretSpec } = manifest(
      pulled(clusterWide({ refreshInterval: Duration.minutes(90) })).chart,
      'ClusterExternalSecret',
    ).spec as never as { externalSecretSpec: object };
    expect(externalSecretSpec).toEqual(
      manifest(pulled(external({ refreshInterval: Duration.minutes(90) })).chart, 'ExternalSecret')
        .spec,
    );
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      'the store is of one namespace',
      () => clusterWide({ store: SecretStoreRef.secretStore('vault') }),
      /^pullSecret\.store 'vault' is a SecretStore, .*clusterSecretStore \(REG545\)$/,
    ],
    [
      'an empty selector would take every namespace',
      () => pulled(clusterWide({ namespaceLabels: {} })),
      /^pullSecrets\[0\]\.namespaceLabels is empty and would give .*every namespace.*\(REG545\)$/,
    ],
    [
      'a label is none',
      () => clusterWide({ namespaceLabels: { 'a b': 'x' } }),
      /^pullSecret\.namespaceLabels key 'a b' must be the key of a label.*\(REG660\)$/,
    ],
    [
      'a namespace is none',
      () => clusterWide({ namespaces: ['A'] }),
      /^pullSecret\.namespaces\[0\] 'A' must be a namespace.*\(REG660\)$/,
    ],
    [
      'the store would never be read again',
      () => clusterWide({ refreshInterval: Duration.seconds(0) }),
      /^refreshInterval '0s'.*REG621/,
    ],
  ])('is refused when %s', (_why, make, message) => {
    expect(make).toThrow(message);
  });

  it('is made by one registry of an app only, as the secret of one namespace is', () => {
    for (const make of [clusterWide, external]) {
      const { chart } = pulled(make());
      const second = new GiteaRegistry(chart, 'Second', {
        ...minimalProps(),
        host: 'other.example.org',
        release: ForgeRelease.gitea({ ...RELEASE, namespace: 'other' }),
        publishDeclaration: false,
      });
      expect(() => second.addPullSecret('Apps', make())).toThrow(
        /pull secret '(apps\/)?gitea-pull' is declared by 'chart\/Registry' and again by 'chart\/Second'.*REG540/,
      );
      second.addPullSecret('Shared', PullSecret.fromSecretName('apps', 'gitea-pull'));
    }
  });
});

describe('a secret in a committed file', () => {
  const FILE = { namespace: 'apps', name: 'gitea-pull' };

  it('is declared by its file, and nothing is rendered', () => {
    for (const [secret, source, file] of [
      [PullSecret.sealedSecret({ ...FILE, file: 'a/pull.yaml' }), 'sealed-secret', 'a/pull.yaml'],
      [PullSecret.sopsFile({ ...FILE, file: 'a.sops.yaml' }), 'sops-file', 'a.sops.yaml'],
    ] as const) {
      const { chart, declared } = pulled(secret);
      expect(declared).toEqual({
        id: 'Apps',
        namespace: 'apps',
        secretName: 'gitea-pull',
        source,
        file,
      });
      expect(manifests(chart)).toEqual([]);
    }
  });

  it('has a path a shell takes as it is, and with SOPS a name by which tools decrypt it', () => {
    expect(() => PullSecret.sealedSecret({ ...FILE, file: 'a b.yaml' })).toThrow(
      /^pullSecret\.file 'a b\.yaml' must be a file path.*\(REG660\)$/,
    );
    expect(() => pulled(PullSecret.sopsFile({ ...FILE, file: 'pull.yaml' }))).toThrow(
      /^pullSecrets\[0\]\.file 'pull\.yaml' must end with '\.sops\.yaml'.*\(REG544\)$/,
    );
  });
});

describe('a copy', () => {
  const copy = (namespace: string, by?: SecretCopier) =>
    PullSecret.reflected({
      namespace,
      name: 'gitea-pull',
      fromNamespace: 'apps',
      ...(by && { by }),
    });

  it('is made by reflector, unless replicator is named', () => {
    expect(pulled(copy('web')).declared).toMatchObject({ fromNamespace: 'apps', by: 'reflector' });
    expect(pulled(copy('web', SecretCopier.REPLICATOR)).declared.by).toBe('replicator');
  });

  it('is asked for by the ExternalSecret it is made of, in whatever order they are declared', () => {
    const { chart, registry } = pulled(copy('web'), 'Web');
    registry.addPullSecret('Apps', external());
    registry.addPullSecret('Api', copy('api'));
    registry.addPullSecret('Other', external({ namespace: 'other' }));
    const annotations = manifests(chart).map(
      ({ spec }) =>
        (spec as never as { target: { template: { metadata: { annotations: object } } } }).target
          .template.metadata.annotations,
    );
    expect(annotations).toEqual([
      {
        'gitea-registry/token-scopes': 'read:package',
        'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true',
        'reflector.v1.k8s.emberstack.com/reflection-allowed-namespaces': 'web,api',
        'reflector.v1.k8s.emberstack.com/reflection-auto-enabled': 'true',
        'reflector.v1.k8s.emberstack.com/reflection-auto-namespaces': 'web,api',
      },
      { 'gitea-registry/token-scopes': 'read:package' },
    ]);
  });
});

describe('a credential of the nodes', () => {
  it('is declared by the distribution of the nodes, k3s unless another is named', () => {
    expect(pulled(PullSecret.nodeRegistries()).declared).toEqual({
      id: 'Apps',
      source: 'node-registries',
      distribution: 'k3s',
    });
    const distribution = NodeDistribution.RKE2;
    const { chart, declared } = pulled(PullSecret.nodeRegistries({ distribution }));
    expect(declared.distribution).toBe('rke2');
    expect(manifests(chart)).toEqual([]);
  });

  it('cannot be attached to pods, which name no secret', () => {
    const { chart, registry } = pulled(PullSecret.nodeRegistries());
    expect(() => registry.attachPullSecret(chart, 'Apps')).toThrow(
      /^attachPullSecret 'Apps' is a credential of the nodes.*\(REG541\)$/,
    );
  });
});
