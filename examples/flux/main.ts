import { resolve } from 'node:path';
import { Chart, Size } from 'cdk8s';
import {
  FluxOverlay,
  ForgeRelease,
  GiteaRegistry,
  IssuerRef,
  PackageOwner,
  PullSecret,
  RegistryApp,
  RegistryDelivery,
  RegistryTls,
  RemoteCredential,
  SecretStoreRef,
  V2Route,
  Visibility,
} from 'cdk8s-gitea-registry';

const repositoryRoot = resolve(__dirname, '../..');

const app = new RegistryApp({ sideFiles: { root: repositoryRoot, folder: 'examples/flux' } });
const chart = new Chart(app, 'flux-registry', { namespace: 'git' });

const registry = new GiteaRegistry(chart, 'Registry', {
  host: 'git.example.org',
  release: ForgeRelease.gitea({
    name: 'gitea',
    namespace: 'git',
    chartVersion: '12.5.3',
    appVersion: '1.25.5',
    httpService: { name: 'gitea-http', port: 3000 },
  }),
  delivery: RegistryDelivery.flux({
    // The Secret is in Git, encrypted with SOPS; the Kustomization of Flux decrypts it.
    baseValues: [{ secret: 'gitea-values' }],
    overlay: FluxOverlay.CONFIG_MAP,
  }),
  owners: [PackageOwner.organization('platform', { visibility: Visibility.PRIVATE })],
  limits: { largestLayer: Size.gibibytes(4) },
});

registry.exposeV2(
  V2Route.traefikIngress({
    tls: RegistryTls.certificate({
      secretName: 'git-example-org-tls',
      issuer: IssuerRef.clusterIssuer('letsencrypt-prod'),
    }),
  }),
);

registry.addPullSecret(
  'Apps',
  PullSecret.externalSecret({
    namespace: 'apps',
    name: 'gitea-pull',
    store: SecretStoreRef.clusterSecretStore('vault'),
    credential: RemoteCredential.accessToken({ key: 'gitea/ci-pull', username: 'ci-pull' }),
    serviceAccount: { name: 'app', create: true },
  }),
);

app.synth();
