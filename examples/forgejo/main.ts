import { resolve } from 'node:path';
import { Chart, Size } from 'cdk8s';
import {
  ForgeRelease,
  GiteaRegistry,
  IssuerRef,
  PackageOwner,
  PullSecret,
  RegistryApp,
  RegistryDelivery,
  RegistryTls,
  V2Route,
  Visibility,
} from 'cdk8s-gitea-registry';

const repositoryRoot = resolve(__dirname, '../..');

const app = new RegistryApp({ sideFiles: { root: repositoryRoot, folder: 'examples/forgejo' } });
const chart = new Chart(app, 'forgejo-registry', { namespace: 'forgejo' });

const registry = new GiteaRegistry(chart, 'Registry', {
  host: 'code.example.org',
  release: ForgeRelease.forgejo({
    name: 'forgejo',
    namespace: 'forgejo',
    chartVersion: '12.5.1',
    appVersion: '11.0.3+gitea-1.22.0',
    httpService: { name: 'forgejo-http', port: 3000 },
  }),
  // helm-controller of k3s: the Secret holds the values of the release, in kube-system beside the HelmChart.
  delivery: RegistryDelivery.k3sHelmChart({ baseValues: [{ secret: 'forgejo-values' }] }),
  owners: [PackageOwner.organization('guild', { visibility: Visibility.PUBLIC })],
  limits: { largestLayer: Size.gibibytes(2) },
});

registry.exposeV2(
  V2Route.traefikIngress({
    tls: RegistryTls.certificate({
      secretName: 'code-example-org-tls',
      issuer: IssuerRef.clusterIssuer('letsencrypt-prod'),
    }),
  }),
);

registry.addPullSecret('Runners', PullSecret.fromSecretName('runners', 'forgejo-pull'));

app.synth();
