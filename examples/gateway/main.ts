import { resolve } from 'node:path';
import { Chart, Duration, Size } from 'cdk8s';
import {
  ForgeRelease,
  GatewayController,
  GiteaRegistry,
  IssuerRef,
  ListenerNamespaces,
  PackageOwner,
  RegistryApp,
  RegistryTls,
  V2Route,
  Visibility,
} from 'cdk8s-gitea-registry';

const repositoryRoot = resolve(__dirname, '../..');

const app = new RegistryApp({ sideFiles: { root: repositoryRoot, folder: 'examples/gateway' } });
const chart = new Chart(app, 'gateway-registry', { namespace: 'forge' });

const registry = new GiteaRegistry(chart, 'Registry', {
  host: 'code.example.org',
  // The web pages live below a path; images do not: code.example.org/OWNER/IMAGE.
  uiPath: '/git',
  release: ForgeRelease.forgejo({
    name: 'forgejo',
    namespace: 'forge',
    chartVersion: '12.0.1',
    appVersion: '11.0.1+gitea-1.22.0',
    httpService: { name: 'forgejo-http', port: 3000 },
    valuesFiles: ['helm/forgejo-values.yaml'],
  }),
  owners: [PackageOwner.organization('acme', { visibility: Visibility.PRIVATE })],
  limits: { largestLayer: Size.gibibytes(4), pushBudget: Duration.hours(2) },
});

registry.exposeV2(
  V2Route.gatewayHttpRoute({
    listener: {
      gateway: 'public',
      namespace: 'gateways',
      listener: 'https-code',
      port: 443,
      hostname: 'code.example.org',
      allowedNamespaces: ListenerNamespaces.SELECTOR,
    },
    controller: GatewayController.NGINX_FABRIC,
    tls: RegistryTls.certificate({
      secretName: 'code-example-org-tls',
      issuer: IssuerRef.clusterIssuer('letsencrypt-prod'),
    }),
  }),
);

app.synth();
