import { resolve } from 'node:path';
import { Chart, Duration, Size } from 'cdk8s';
import {
  ForgeRelease,
  GiteaRegistry,
  IssuerRef,
  PackageOwner,
  PackageSize,
  PullSecret,
  RegistryApp,
  RegistryTls,
  StorageAccessMode,
  V2Route,
  Visibility,
} from 'cdk8s-gitea-registry';

const repositoryRoot = resolve(__dirname, '../..');

const app = new RegistryApp({ sideFiles: { root: repositoryRoot, folder: 'examples/coulomb' } });
const chart = new Chart(app, 'gitea-registry', { namespace: 'default' });

const registry = new GiteaRegistry(chart, 'Registry', {
  host: 'gitea.coulomb.social',
  release: ForgeRelease.gitea({
    name: 'gitea',
    namespace: 'default',
    chartVersion: '12.5.0',
    appVersion: '1.25.4',
    httpService: { name: 'gitea', port: 3000, nodePort: 32166 },
    valuesFiles: ['helm/gitea-values.sops.yaml'],
    liveConfig: {
      'server.ROOT_URL': 'http://gitea.coulomb.social',
      'server.DOMAIN': 'gitea.coulomb.social',
      'server.SSH_DOMAIN': 'gitea.coulomb.social',
    },
  }),
  limits: { container: PackageSize.unlimited(), pushBudget: Duration.hours(1) },
  owners: [PackageOwner.organization('coulomb', { visibility: Visibility.PUBLIC })],
  storage: {
    claim: 'gitea-shared-storage',
    size: Size.gibibytes(10),
    accessMode: StorageAccessMode.READ_WRITE_ONCE,
    storageClass: 'local-path',
  },
  backup: 'none: no backup CronJob exists; the database is CNPG cluster gitea-db',
  handoff: {
    verifiedImages: [
      {
        repository: 'coulomb/state-hub',
        tag: '6186a99',
        digest: 'sha256:039d29654ccb3754c6ecdbe497c6364bbd8452edcdcb7fa937dd9debf5b734ff',
        provenance: 'CUST-WP-0011',
      },
    ],
    references: ['CUST-WP-0011: how the first image was published and verified'],
  },
});

registry.exposeV2(
  V2Route.traefikIngress({
    tls: RegistryTls.certificate({
      secretName: 'gitea-tls',
      issuer: IssuerRef.clusterIssuer('letsencrypt-prod'),
    }),
  }),
);

registry.addPullSecret('StateHub', PullSecret.fromSecretName('state-hub', 'gitea-pull'));

app.synth();
