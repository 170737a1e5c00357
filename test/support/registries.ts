import { App, Chart, Duration, Size, Testing } from 'cdk8s';
import type { ForgeReleaseProps, GiteaRegistryProps, StorageFacts } from 'cdk8s-gitea-registry';
import {
  ConfigSource,
  ForgeRelease,
  GiteaRegistry,
  IssuerRef,
  ObjectStorage,
  PackageOwner,
  PackageSize,
  PullSecret,
  RegistryTls,
  RemoteCredential,
  S3BucketLookup,
  S3Checksum,
  SecretCopier,
  SecretStoreRef,
  StorageAccessMode,
  V2Route,
  Visibility,
} from 'cdk8s-gitea-registry';
import { DELIVERIES } from './deliveries';
import { ROUTE_REGISTRIES } from './route-registries';

/** A rendered Kubernetes object, as far as the tests look at it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: { readonly [label: string]: string };
    readonly annotations?: { readonly [annotation: string]: string };
  };
  readonly spec?: Record<string, never>;
  readonly data?: { readonly [key: string]: string };
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

/** Names a construct; the tests of stable names pass another one. */
export type Naming = (id: string) => string;

/** One way to declare a registry, with everything this package can render for it. */
export interface RegistryCase {
  /** Name of the golden file. */
  readonly name: string;
  /** Kinds it renders, sorted. */
  readonly kinds: readonly string[];
  readonly build: (chart: Chart, id: Naming) => GiteaRegistry;
}

/** Facts of a release with nothing optional. */
export const RELEASE: ForgeReleaseProps = {
  name: 'gitea',
  namespace: 'git',
  chartVersion: '12.5.0',
  appVersion: '1.25.4',
  httpService: { name: 'gitea-http', port: 3000 },
};

/** Props of a registry with nothing optional. */
export function minimalProps(): GiteaRegistryProps {
  return { host: 'git.example.org', release: ForgeRelease.gitea(RELEASE) };
}

/** An empty chart of an app of its own; nothing is written unless the app is synthesized. */
export function emptyChart(id = 'chart'): Chart {
  return new Chart(new App(), id);
}

/** What `chart` renders, its validations passed. */
export function manifests(chart: Chart): Manifest[] {
  return Testing.synth(chart) as Manifest[];
}

/** The one object of `kind` that `chart` renders. */
export function manifest(chart: Chart, kind: string): Manifest {
  const found = manifests(chart).filter((object) => object.kind === kind);
  expect(found).toHaveLength(1);
  return found[0];
}

/** Every prop of a release. */
export const FULL_RELEASE: Required<ForgeReleaseProps> = {
  name: 'forge',
  namespace: 'git-system',
  chartVersion: '12.5.0',
  appVersion: '1.25.4',
  httpService: { name: 'forge-http', port: 80, appPort: 3001, nodePort: 32166 },
  chart: 'gitea-charts/gitea',
  valuesFiles: ['helm/gitea-values.yaml', 'helm/gitea-values.sops.yaml'],
  liveConfig: {
    'server.ROOT_URL': 'http://git.example.org',
    'server.DOMAIN': 'git.example.org',
    'packages.LIMIT_SIZE_GENERIC': '1 GiB',
    'cron.cleanup_packages.OLDER_THAN': '12h',
  },
};

/** Props that have renderings of their own: each changes most of what is rendered. */
type Apart =
  | 'delivery'
  | 'objectStorage'
  | 'otherConfigSources'
  | 'replicas'
  | 'cleanup'
  | 'uiHost'
  | 'uiPath'
  | 'uiServesRealm';

/** Every prop of a registry, but for those. */
export function fullProps(): Required<Omit<GiteaRegistryProps, Apart>> {
  return {
    host: 'git.example.org',
    release: ForgeRelease.gitea(FULL_RELEASE),
    owners: [
      PackageOwner.organization('Platform', { visibility: Visibility.PUBLIC }),
      PackageOwner.organization('mosaic', { visibility: Visibility.PRIVATE }),
      PackageOwner.user('dana', { visibility: Visibility.LIMITED }),
    ],
    limits: {
      container: PackageSize.unlimited(),
      generic: PackageSize.gibibytes(5),
      helm: PackageSize.parse('500 MB'),
      others: { npm: PackageSize.mebibytes(64), maven: PackageSize.bytes(1_500_000) },
      totalOwnerSize: PackageSize.gibibytes(200),
      totalOwnerCount: 5000,
      largestLayer: Size.gibibytes(2),
      pushBudget: Duration.minutes(90),
    },
    cdnProxied: ['www.example.org'],
    sshDomain: 'ssh.example.org',
    tunnels: [{ name: 'vpn', url: 'http://10.1.2.3:3000' }],
    storage: {
      claim: 'gitea-shared-storage',
      size: Size.gibibytes(50),
      accessMode: StorageAccessMode.READ_WRITE_ONCE,
      storageClass: 'local-path',
      path: '/data/blobs',
    },
    backup: 'velero, daily at 03:00, restore drilled in May',
    handoff: {
      verifiedImages: [
        {
          repository: 'platform/state-hub',
          tag: '6186a99',
          digest: `sha256:${'0123456789abcdef'.repeat(4)}`,
          provenance: 'CUST-WP-0011',
        },
        { repository: 'mosaic/a/b', tag: 'v1', digest: `sha256:${'f'.repeat(64)}` },
      ],
      references: ['CUST-WP-0011: how the first image was published'],
    },
    suppressions: [
      {
        code: 'REG462',
        object: 'RegistryDeclaration *',
        reason: 'watched by hand',
        until: '2027-03-31',
      },
    ],
    publishDeclaration: true,
    declarationName: 'forge-packages',
  };
}

const ISSUER = IssuerRef.clusterIssuer('letsencrypt-prod');
const TOKEN = RemoteCredential.accessToken({ key: 'mosaic/gitea/ci-pull', username: 'ci-pull' });

function full(chart: Chart, id: Naming): GiteaRegistry {
  const registry = new GiteaRegistry(chart, id('Registry'), fullProps());
  registry.exposeV2(
    V2Route.traefikIngress({
      tls: RegistryTls.certificate({ secretName: 'git-tls', issuer: ISSUER, name: 'git-cert' }),
      name: 'forge-v2',
      ingressClassName: 'traefik-public',
      entryPoints: ['websecure', 'internal'],
    }),
  );
  registry.addPullSecret(
    id('Stack'),
    PullSecret.externalSecret({
      namespace: 'mosaic-stack',
      name: 'gitea-pull',
      store: SecretStoreRef.clusterSecretStore('openbao'),
      credential: RemoteCredential.accessToken({
        key: 'mosaic/gitea/ci-pull',
        username: 'ci-pull',
        tokenProperty: 'pull-token',
      }),
      refreshInterval: Duration.minutes(15),
      serviceAccount: { name: 'mosaic-app', create: true },
    }),
  );
  registry.addPullSecret(
    id('Hub'),
    PullSecret.fromSecretName('state-hub', 'gitea-pull', {
      serviceAccount: { name: 'state-hub' },
    }),
  );
  registry.addPullSecret(id('Batch'), PullSecret.fromSecretName('batch', 'gitea-pull'));
  registry.linkPackages({
    owner: 'Platform',
    repository: 'hub',
    names: ['state-hub', 'state-hub-worker'],
  });
  registry.linkPackages({ owner: 'mosaic', repository: 'Charts', type: 'helm', names: ['stack'] });
  registry.addConfig('cron.cleanup_packages', 'OLDER_THAN', '24h');
  registry.addConfig('ui', 'REACTIONS', "it's, +1");
  registry.resetConfig('service', 'REQUIRE_SIGNIN_VIEW', 'false');
  return registry;
}

function route(tls: RegistryTls): RegistryCase['build'] {
  return (chart, id) => {
    const registry = new GiteaRegistry(chart, id('Registry'), {
      ...minimalProps(),
      publishDeclaration: false,
    });
    registry.exposeV2(V2Route.traefikIngress({ tls }));
    return registry;
  };
}

function pull(secret: PullSecret): RegistryCase['build'] {
  return (chart, id) => {
    const registry = new GiteaRegistry(chart, id('Registry'), {
      ...minimalProps(),
      publishDeclaration: false,
    });
    registry.addPullSecret(id('Consumer'), secret);
    return registry;
  };
}

const RWO_VOLUME: StorageFacts = {
  claim: 'gitea-shared-storage',
  size: Size.gibibytes(50),
  accessMode: StorageAccessMode.READ_WRITE_ONCE,
};

/** Every form of every object: golden, schema, name and label tests run over this list. */
export const REGISTRIES: readonly RegistryCase[] = [
  {
    name: 'minimal',
    kinds: ['ConfigMap'],
    build: (chart, id) => new GiteaRegistry(chart, id('Registry'), minimalProps()),
  },
  {
    name: 'full',
    kinds: ['Certificate', 'ConfigMap', 'ExternalSecret', 'Ingress', 'ServiceAccount'],
    build: full,
  },
  {
    name: 'forgejo',
    kinds: ['ConfigMap', 'Ingress'],
    build: (chart, id) => {
      const registry = new GiteaRegistry(chart, id('Registry'), {
        host: 'forgejo.example.org',
        release: ForgeRelease.forgejo({
          name: 'forgejo',
          namespace: 'forgejo',
          chartVersion: '12.0.1',
          appVersion: '11.0.1+gitea-1.22.0',
          httpService: { name: 'forgejo-http', port: 3000 },
        }),
        limits: { others: { alt: PackageSize.gibibytes(1) } },
      });
      registry.exposeV2(
        V2Route.traefikIngress({
          tls: RegistryTls.existingSecret({ secretName: 'wildcard', producer: 'platform team' }),
        }),
      );
      return registry;
    },
  },
  {
    name: 'object-storage',
    kinds: ['ConfigMap'],
    build: (chart, id) =>
      new GiteaRegistry(chart, id('Registry'), {
        ...minimalProps(),
        owners: [
          PackageOwner.organization('Platform', {
            visibility: Visibility.PRIVATE,
            budget: PackageSize.gibibytes(200),
          }),
        ],
        storage: RWO_VOLUME,
        objectStorage: ObjectStorage.s3({
          endpoint: 's3.eu-central-1.amazonaws.com',
          bucket: 'example-packages',
          region: 'eu-central-1',
          serveDirect: true,
          credentialsSecret: { name: 'gitea-packages-s3', hash: 'v12' },
        }),
        otherConfigSources: [
          ConfigSource.secret('gitea-mail', { reloader: true }),
          ConfigSource.configMap('gitea-ui', { reloader: true }),
          ConfigSource.configMap('gitea-theme', { reloader: true }),
        ],
        replicas: { count: 1 },
        cleanup: { olderThan: Duration.hours(36) },
      }),
  },
  {
    name: 'object-storage-azure',
    kinds: ['ConfigMap'],
    build: (chart, id) =>
      new GiteaRegistry(chart, id('Registry'), {
        ...minimalProps(),
        objectStorage: ObjectStorage.azureBlob({
          endpoint: 'https://exampleblobs.blob.core.windows.net',
          accountName: 'exampleblobs',
          container: 'packages',
          credentialsSecret: { name: 'gitea-packages-azure', reloader: true },
        }),
      }),
  },
  {
    name: 'replicas',
    kinds: ['ConfigMap'],
    build: (chart, id) =>
      new GiteaRegistry(chart, id('Registry'), {
        ...minimalProps(),
        storage: { ...RWO_VOLUME, accessMode: StorageAccessMode.READ_WRITE_MANY },
        objectStorage: ObjectStorage.s3({
          endpoint: 'minio.storage.svc:9000',
          bucket: 'packages',
          useSsl: false,
          checksumAlgorithm: S3Checksum.MD5,
          bucketLookup: S3BucketLookup.PATH,
          credentialsSecret: { name: 'gitea-shared', hash: 'v3' },
        }),
        replicas: {
          count: 3,
          redisSecret: { name: 'gitea-shared', hash: 'v3' },
          fixedSecrets: true,
        },
      }),
  },
  {
    name: 'port-in-host',
    kinds: ['Certificate', 'ConfigMap', 'ExternalSecret', 'Ingress'],
    build: (chart, id) => {
      const registry = new GiteaRegistry(chart, id('Registry'), {
        ...minimalProps(),
        host: 'git.example.org:8443',
      });
      registry.exposeV2(
        V2Route.traefikIngress({
          tls: RegistryTls.certificate({ secretName: 'git-tls', issuer: ISSUER }),
        }),
      );
      registry.addPullSecret(
        id('Stack'),
        PullSecret.externalSecret({
          namespace: 'stack',
          name: 'gitea-pull',
          store: SecretStoreRef.secretStore('vault'),
          credential: TOKEN,
        }),
      );
      return registry;
    },
  },
  {
    name: 'tls-certificate',
    kinds: ['Certificate', 'Ingress'],
    build: route(
      RegistryTls.certificate({ secretName: 'git-tls', issuer: IssuerRef.issuer('internal-ca') }),
    ),
  },
  {
    name: 'tls-certificate-of-another-controller',
    kinds: ['Certificate', 'Ingress'],
    build: route(
      RegistryTls.certificate({
        secretName: 'git-tls',
        issuer: IssuerRef.external('awspca.cert-manager.io', 'AWSPCAClusterIssuer', 'corporate'),
      }),
    ),
  },
  {
    name: 'tls-ingress-shim-cluster-issuer',
    kinds: ['Ingress'],
    build: route(RegistryTls.ingressShim({ secretName: 'git-tls', issuer: ISSUER })),
  },
  {
    name: 'tls-ingress-shim-issuer',
    kinds: ['Ingress'],
    build: route(
      RegistryTls.ingressShim({ secretName: 'git-tls', issuer: IssuerRef.issuer('internal-ca') }),
    ),
  },
  {
    name: 'tls-ingress-shim-of-another-controller',
    kinds: ['Ingress'],
    build: route(
      RegistryTls.ingressShim({
        secretName: 'git-tls',
        issuer: IssuerRef.external('awspca.cert-manager.io', 'AWSPCAClusterIssuer', 'corporate'),
      }),
    ),
  },
  {
    name: 'tls-existing-secret',
    kinds: ['Ingress'],
    build: route(
      RegistryTls.existingSecret({ secretName: 'wildcard', producer: 'reflector, from ns certs' }),
    ),
  },
  {
    name: 'pull-secret-existing',
    kinds: [],
    build: pull(
      PullSecret.fromSecretName('apps', 'gitea-pull', { serviceAccount: { name: 'app' } }),
    ),
  },
  {
    name: 'pull-secret-existing-with-own-account',
    kinds: ['ServiceAccount'],
    build: pull(
      PullSecret.fromSecret(
        'apps',
        { name: 'gitea-pull' } as Parameters<typeof PullSecret.fromSecret>[1],
        { serviceAccount: { name: 'puller', create: true } },
      ),
    ),
  },
  {
    name: 'pull-secret-access-token',
    kinds: ['ExternalSecret', 'ServiceAccount'],
    build: pull(
      PullSecret.externalSecret({
        namespace: 'apps',
        name: 'gitea-pull',
        store: SecretStoreRef.secretStore('vault'),
        credential: TOKEN,
        serviceAccount: { name: 'puller', create: true },
      }),
    ),
  },
  {
    name: 'pull-secret-docker-config',
    kinds: ['ExternalSecret'],
    build: pull(
      PullSecret.externalSecret({
        namespace: 'apps',
        name: 'gitea-pull',
        store: SecretStoreRef.clusterSecretStore('openbao'),
        credential: RemoteCredential.dockerConfig({ key: 'apps/gitea-pull' }),
        refreshInterval: Duration.hours(6),
      }),
    ),
  },
  {
    name: 'pull-secret-docker-config-property',
    kinds: ['ExternalSecret'],
    build: pull(
      PullSecret.externalSecret({
        namespace: 'apps',
        name: 'gitea-pull',
        store: SecretStoreRef.clusterSecretStore('openbao'),
        credential: RemoteCredential.dockerConfig({ key: 'apps/gitea', property: 'config.json' }),
        serviceAccount: { name: 'app' },
      }),
    ),
  },
  ...DELIVERIES,
  ...ROUTE_REGISTRIES,
  {
    name: 'pull-secret-cluster-external-secret',
    kinds: ['ClusterExternalSecret'],
    build: pull(
      PullSecret.clusterExternalSecret({
        name: 'gitea-pull',
        store: SecretStoreRef.clusterSecretStore('openbao'),
        credential: TOKEN,
      }),
    ),
  },
  {
    name: 'pull-secret-cluster-external-secret-of-named-namespaces',
    kinds: ['ClusterExternalSecret'],
    build: pull(
      PullSecret.clusterExternalSecret({
        name: 'gitea-pull',
        namespaceLabels: { 'example.org/team': 'mosaic', tier: 'production' },
        namespaces: ['apps', 'batch'],
        store: SecretStoreRef.clusterSecretStore('openbao'),
        credential: RemoteCredential.dockerConfig({ key: 'apps/gitea-pull' }),
        refreshInterval: Duration.hours(6),
      }),
    ),
  },
  {
    name: 'pull-secret-reflected',
    kinds: ['ExternalSecret', 'ServiceAccount'],
    build: (chart, id) => {
      const registry = pull(
        PullSecret.externalSecret({
          namespace: 'apps',
          name: 'gitea-pull',
          store: SecretStoreRef.secretStore('vault'),
          credential: TOKEN,
        }),
      )(chart, id);
      const copy = { name: 'gitea-pull', fromNamespace: 'apps' };
      registry.addPullSecret(id('Web'), PullSecret.reflected({ ...copy, namespace: 'web' }));
      registry.addPullSecret(
        id('Api'),
        PullSecret.reflected({
          ...copy,
          namespace: 'api',
          serviceAccount: { name: 'puller', create: true },
        }),
      );
      registry.addPullSecret(
        id('Batch'),
        PullSecret.reflected({ ...copy, namespace: 'batch', by: SecretCopier.REPLICATOR }),
      );
      return registry;
    },
  },
  {
    name: 'pull-secret-of-files-and-nodes',
    kinds: [],
    build: (chart, id) => {
      const registry = pull(
        PullSecret.sealedSecret({
          namespace: 'apps',
          name: 'gitea-pull',
          file: 'apps/gitea-pull.sealed.yaml',
        }),
      )(chart, id);
      registry.addPullSecret(
        id('Web'),
        PullSecret.sopsFile({
          namespace: 'web',
          name: 'gitea-pull',
          file: 'web/gitea-pull.sops.yaml',
        }),
      );
      registry.addPullSecret(id('Nodes'), PullSecret.nodeRegistries());
      return registry;
    },
  },
  {
    name: 'network-policy',
    kinds: ['NetworkPolicy'],
    build: (chart, id) => {
      const registry = new GiteaRegistry(chart, id('Registry'), {
        ...minimalProps(),
        publishDeclaration: false,
      });
      registry.addNetworkPolicy({
        ingressController: {
          namespace: 'kube-system',
          podLabels: { 'app.kubernetes.io/name': 'traefik' },
        },
      });
      return registry;
    },
  },
  {
    name: 'network-policy-full',
    kinds: ['ConfigMap', 'NetworkPolicy'],
    build: (chart, id) => {
      const registry = new GiteaRegistry(chart, id('Registry'), {
        ...minimalProps(),
        release: ForgeRelease.gitea(FULL_RELEASE),
      });
      registry.addNetworkPolicy({
        ingressController: { namespace: 'ingress' },
        prometheus: { namespace: 'monitoring', podLabels: { app: 'prometheus' } },
        clients: [{ namespace: 'ci' }],
        addresses: ['10.0.0.0/24', 'fd00::/64'],
        sshFrom: ['10.0.0.0/8'],
        podLabels: { app: 'forge' },
        name: 'forge-only',
      });
      return registry;
    },
  },
];

/** The case with this name, built in a chart of its own. */
export function registryCase(
  name: string,
  chart: Chart = emptyChart(),
): { readonly chart: Chart; readonly registry: GiteaRegistry } {
  const { build } = REGISTRIES.find((entry) => entry.name === name)!;
  return { chart, registry: build(chart, (id) => id) };
}
