import { resolve } from 'node:path';
import { Chart, Duration, Size } from 'cdk8s';
import {
  ConfigSource,
  ForgeRelease,
  GiteaRegistry,
  IssuerRef,
  ObjectStorage,
  PackageOwner,
  PackageSize,
  RegistryApp,
  RegistryTls,
  StorageAccessMode,
  V2Route,
  Visibility,
} from 'cdk8s-gitea-registry';

const repositoryRoot = resolve(__dirname, '../..');

const app = new RegistryApp({
  sideFiles: { root: repositoryRoot, folder: 'examples/object-storage' },
});
const chart = new Chart(app, 'harbourlight-registry', { namespace: 'forge' });

const registry = new GiteaRegistry(chart, 'Registry', {
  host: 'git.harbourlight.dev',
  release: ForgeRelease.gitea({
    name: 'gitea',
    namespace: 'forge',
    chartVersion: '12.5.0',
    appVersion: '1.25.4',
    httpService: { name: 'gitea-http', port: 3000 },
    valuesFiles: ['helm/gitea-values.yaml'],
  }),
  owners: [
    PackageOwner.organization('harbourlight', {
      visibility: Visibility.PRIVATE,
      budget: PackageSize.gibibytes(400),
    }),
  ],
  limits: { largestLayer: Size.gibibytes(6), pushBudget: Duration.hours(2) },
  // Repositories stay on the volume, and each upload passes through it once.
  storage: {
    claim: 'gitea-shared-storage',
    size: Size.gibibytes(40),
    accessMode: StorageAccessMode.READ_WRITE_MANY,
    storageClass: 'cephfs',
  },
  objectStorage: ObjectStorage.s3({
    endpoint: 'rook-ceph-rgw.rook-ceph.svc:80',
    useSsl: false,
    bucket: 'gitea-packages',
    credentialsSecret: { name: 'gitea-packages-s3', reloader: true },
  }),
  // What helm/gitea-values.yaml lists already: the overlay replaces that list whole.
  otherConfigSources: [ConfigSource.secret('gitea-mailer', { reloader: true })],
  replicas: {
    count: 2,
    redisSecret: { name: 'gitea-valkey', reloader: true },
    fixedSecrets: true,
  },
  cleanup: { schedule: '30 3 * * *' },
  backup: 'bucket replicated to the second site; database dumped nightly',
});

registry.exposeV2(
  V2Route.traefikIngress({
    tls: RegistryTls.certificate({
      secretName: 'git-harbourlight-dev-tls',
      issuer: IssuerRef.clusterIssuer('letsencrypt-prod'),
    }),
  }),
);

app.synth();
