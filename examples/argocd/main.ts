import { resolve } from 'node:path';
import { Chart, Size } from 'cdk8s';
import {
  ForgeRelease,
  GiteaRegistry,
  IssuerRef,
  PackageOwner,
  PackageSize,
  PullSecret,
  RegistryApp,
  RegistryDelivery,
  RegistryTls,
  V2Route,
  Visibility,
} from 'cdk8s-gitea-registry';

const repositoryRoot = resolve(__dirname, '../..');

const app = new RegistryApp({ sideFiles: { root: repositoryRoot, folder: 'examples/argocd' } });
const chart = new Chart(app, 'argocd-registry', { namespace: 'git' });

const registry = new GiteaRegistry(chart, 'Registry', {
  host: 'git.example.org',
  release: ForgeRelease.gitea({
    name: 'gitea',
    namespace: 'git',
    chartVersion: '12.6.0',
    appVersion: '1.26.2',
    httpService: { name: 'gitea-http', port: 3000 },
    // Its passwords are in Secrets the chart refers to: Argo CD decrypts nothing.
    valuesFiles: ['helm/gitea-values.yaml'],
  }),
  delivery: RegistryDelivery.argoCd({
    valuesRepository: 'https://git.example.org/ops/cluster.git',
    valuesRevision: 'main',
    valuesPath: 'clusters/prod/gitea',
    project: 'forges',
  }),
  owners: [PackageOwner.organization('platform', { visibility: Visibility.LIMITED })],
  limits: { generic: PackageSize.gibibytes(5), largestLayer: Size.gibibytes(4) },
});

registry.exposeV2(
  V2Route.traefikIngress({
    tls: RegistryTls.certificate({
      secretName: 'git-example-org-tls',
      issuer: IssuerRef.clusterIssuer('letsencrypt-prod'),
    }),
  }),
);

registry.addPullSecret('Apps', PullSecret.fromSecretName('apps', 'gitea-pull'));

app.synth();
