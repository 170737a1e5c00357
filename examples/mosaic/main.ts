import { resolve } from 'node:path';
import { Chart, Size } from 'cdk8s';
import {
  ForgeRelease,
  GiteaRegistry,
  IssuerRef,
  PackageOwner,
  PullSecret,
  RegistryApp,
  RegistryTls,
  RemoteCredential,
  SecretStoreRef,
  V2Route,
  Visibility,
} from 'cdk8s-gitea-registry';

const repositoryRoot = resolve(__dirname, '../..');

const app = new RegistryApp({ sideFiles: { root: repositoryRoot, folder: 'examples/mosaic' } });
const chart = new Chart(app, 'mosaic-registry', { namespace: 'git' });

const registry = new GiteaRegistry(chart, 'Registry', {
  host: 'git.mosaicstack.dev',
  release: ForgeRelease.gitea({
    name: 'gitea',
    namespace: 'git',
    chartVersion: '12.1.2',
    appVersion: '1.24.3',
    httpService: { name: 'gitea-http', port: 3000 },
    valuesFiles: ['helm/gitea-values.yaml'],
  }),
  owners: [PackageOwner.organization('mosaic', { visibility: Visibility.PRIVATE })],
  limits: { largestLayer: Size.gibibytes(2) },
});

registry.exposeV2(
  V2Route.traefikIngress({
    tls: RegistryTls.ingressShim({
      secretName: 'git-mosaicstack-dev-tls',
      issuer: IssuerRef.clusterIssuer('letsencrypt-prod'),
    }),
  }),
);

// One identity that may only read; CI publishes with another account, outside the cluster.
const credential = RemoteCredential.accessToken({
  key: 'mosaic/gitea/ci-pull',
  username: 'ci-pull',
});

for (const [id, namespace] of [
  ['Stack', 'mosaic-stack'],
  ['Staging', 'mosaic-staging'],
]) {
  registry.addPullSecret(
    id,
    PullSecret.externalSecret({
      namespace,
      name: 'gitea-pull',
      store: SecretStoreRef.clusterSecretStore('openbao'),
      credential,
      serviceAccount: { name: 'mosaic-app', create: true },
    }),
  );
}

// Five images of one repository: without a link each stands alone on the page of the organization.
registry.linkPackages({
  owner: 'mosaic',
  repository: 'stack',
  names: ['stack-api', 'stack-web', 'stack-postgres', 'stack-openbao', 'stack-orchestrator'],
});

registry.addConfig('cron.cleanup_packages', 'OLDER_THAN', '24h');

app.synth();
