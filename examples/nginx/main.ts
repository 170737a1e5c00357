import { resolve } from 'node:path';
import { Chart, Duration, Size } from 'cdk8s';
import {
  ForgeRelease,
  GiteaRegistry,
  IssuerRef,
  PackageOwner,
  PullSecret,
  RegistryApp,
  RegistryTls,
  V2Route,
  Visibility,
} from 'cdk8s-gitea-registry';

const repositoryRoot = resolve(__dirname, '../..');

const app = new RegistryApp({ sideFiles: { root: repositoryRoot, folder: 'examples/nginx' } });
const chart = new Chart(app, 'nginx-registry', { namespace: 'gitea' });

const registry = new GiteaRegistry(chart, 'Registry', {
  // Images on a name of their own; people go on using git.example.org.
  host: 'registry.example.org',
  uiHost: 'git.example.org',
  release: ForgeRelease.gitea({
    name: 'gitea',
    namespace: 'gitea',
    chartVersion: '12.5.0',
    appVersion: '1.25.4',
    httpService: { name: 'gitea-http', port: 3000 },
    valuesFiles: ['helm/gitea-values.yaml'],
  }),
  owners: [PackageOwner.organization('acme', { visibility: Visibility.PRIVATE })],
  limits: { largestLayer: Size.gibibytes(4), pushBudget: Duration.hours(2) },
});

registry.exposeV2(
  V2Route.nginxIngress({
    tls: RegistryTls.certificate({
      secretName: 'registry-example-org-tls',
      issuer: IssuerRef.clusterIssuer('corporate-ca'),
      nodeTrust: 'the corporate root is in the image of every node and of the CI runners',
    }),
  }),
);

registry.addPullSecret('Shop', PullSecret.fromSecretName('shop', 'registry-pull'));

app.synth();
