import type { ForgeReleaseProps, GiteaRegistryProps } from 'cdk8s-gitea-registry';
import {
  ForgeRelease,
  GatewayController,
  GiteaRegistry,
  IssuerRef,
  ListenerNamespaces,
  RegistryDelivery,
  RegistryTls,
  V2Route,
} from 'cdk8s-gitea-registry';
import type { FlavorName } from '../support/deliveries';
import { FLAVORS } from '../support/deliveries';
import { emptyChart } from '../support/registries';
import { CERTIFICATE, listenerFacts } from '../support/route-registries';

const PRODUCTS = Object.keys(FLAVORS) as FlavorName[];
const GIT = 'https://git.example.org/ops/cluster.git';
const BASE = [{ secret: 'base-values' }];
const FILES = ['helm/base.yaml'];

/** Declares a registry; nothing is rendered. */
function declare(
  flavor: FlavorName,
  props: Partial<GiteaRegistryProps>,
  release: Partial<ForgeReleaseProps> = {},
): GiteaRegistry {
  const { host, facts } = {
    gitea: {
      host: FLAVORS.gitea.host,
      facts: { chartVersion: '12.5.0', appVersion: '1.25.4' },
    },
    forgejo: {
      host: FLAVORS.forgejo.host,
      facts: { chartVersion: '12.0.1', appVersion: '11.0.1+gitea-1.22.0' },
    },
  }[flavor];
  return new GiteaRegistry(emptyChart(), 'Registry', {
    host,
    release: ForgeRelease[flavor]({
      name: flavor,
      namespace: 'git',
      httpService: { name: `${flavor}-http`, port: 3000 },
      ...facts,
      ...release,
    }),
    ...props,
  });
}

/** Deliveries that name a chart, each as it would work. */
const CHART_DELIVERIES: readonly [string, (chartRepository?: string) => RegistryDelivery][] = [
  ['flux', (chartRepository) => RegistryDelivery.flux({ baseValues: BASE, chartRepository })],
  ['argo-cd', (repoUrl) => RegistryDelivery.argoCd({ valuesRepository: GIT, repoUrl })],
  [
    'k3s-helm-chart',
    (chartRepository) => RegistryDelivery.k3sHelmChart({ baseValues: BASE, chartRepository }),
  ],
  ['helmfile', (chartRepository) => RegistryDelivery.helmfile({ chartRepository })],
  ['kustomize', (chartRepository) => RegistryDelivery.kustomize({ chartRepository })],
];

describe.each(CHART_DELIVERIES)('a delivery by %s', (_name, delivery) => {
  it.each(PRODUCTS)('takes a tested chart of %s', (flavor) => {
    expect(() => declare(flavor, { delivery: delivery() }, { valuesFiles: FILES })).not.toThrow();
  });

  it.each([
    ['gitea', '13.0.0'],
    ['forgejo', '10.0.0'],
  ] as const)('refuses a chart of %s of a line nobody tested', (flavor, chartVersion) => {
    const build = (): unknown =>
      declare(flavor, { delivery: delivery() }, { valuesFiles: FILES, chartVersion });
    expect(build).toThrow(/\(REG640\)$/);
  });

  it('refuses the Helm repository of Forgejo, which is empty', () => {
    const build = (): unknown =>
      declare(
        'forgejo',
        { delivery: delivery('https://codeberg.org/forgejo-contrib/charts') },
        { valuesFiles: FILES },
      );
    expect(build).toThrow(/\(REG651\)$/);
  });
});

describe.each(PRODUCTS)('a release of %s', (flavor) => {
  it.each([
    ['flux', () => RegistryDelivery.flux({ baseValues: [] })],
    ['argo-cd', () => RegistryDelivery.argoCd({ valuesRepository: GIT })],
    ['k3s-helm-chart', () => RegistryDelivery.k3sHelmChart({ baseValues: [] })],
    ['helmfile', () => RegistryDelivery.helmfile()],
    ['kustomize', () => RegistryDelivery.kustomize()],
  ])('is not delivered by %s with the overlay alone', (_name, delivery) => {
    expect(() => declare(flavor, { delivery: delivery() })).toThrow(/\(REG635\)$/);
  });

  it.each([
    ['argo-cd', () => RegistryDelivery.argoCd({ valuesRepository: GIT })],
    ['kustomize', () => RegistryDelivery.kustomize()],
  ])('is not delivered by %s with values encrypted with SOPS', (_name, delivery) => {
    const valuesFiles = ['helm/site.sops.yaml'];
    expect(() => declare(flavor, { delivery: delivery() }, { valuesFiles })).toThrow(/\(REG651\)$/);
  });

  it('is not delivered by Argo CD from an OCI registry named with its scheme', () => {
    const delivery = RegistryDelivery.argoCd({
      valuesRepository: GIT,
      repoUrl: 'oci://docker.gitea.com/charts',
    });
    expect(() => declare(flavor, { delivery }, { valuesFiles: FILES })).toThrow(/\(REG651\)$/);
  });

  it('is not delivered by a HelmChart of k3s with values from a ConfigMap', () => {
    const delivery = RegistryDelivery.k3sHelmChart({ baseValues: [{ configMap: 'base' }] });
    expect(() => declare(flavor, { delivery })).toThrow(/\(REG651\)$/);
  });

  const expose = (route: () => V2Route): void => declare(flavor, {}).exposeV2(route());
  const gateway = (facts: Parameters<typeof listenerFacts>[1], port = 443): V2Route =>
    V2Route.gatewayHttpRoute({
      listener: listenerFacts(port, facts),
      controller: GatewayController.ENVOY,
      tls: RegistryTls.listener({ producer: 'platform team' }),
    });

  it.each([
    [
      'takes no route of its namespace',
      () => gateway({ allowedNamespaces: ListenerNamespaces.SAME }),
    ],
    ['is for another host', () => gateway({ hostname: '*.elsewhere.org' })],
    ['has another port than the host', () => gateway({}, 8443)],
  ])('gets no HTTPRoute on a listener that %s', (_name, route) => {
    expect(() => expose(route)).toThrow(/\(REG221\)$/);
  });

  it('gets no certificate by the shim on an IngressRoute, which the shim does not read', () => {
    const tls = RegistryTls.ingressShim({
      secretName: 'git-tls',
      issuer: IssuerRef.clusterIssuer('letsencrypt-prod'),
    });
    expect(() => expose(() => V2Route.traefikIngressRoute({ tls }))).toThrow(/\(REG551\)$/);
  });

  it.each([
    ['a Traefik Ingress', (tls: RegistryTls) => V2Route.traefikIngress({ tls })],
    ['an IngressRoute', (tls: RegistryTls) => V2Route.traefikIngressRoute({ tls })],
    ['an Ingress of nginx', (tls: RegistryTls) => V2Route.nginxIngress({ tls })],
  ])('gets no TLS of a Gateway listener on %s', (_name, route) => {
    const tls = RegistryTls.listener({ producer: 'platform team' });
    expect(() => expose(() => route(tls))).toThrow(/\(REG\d{3}\)$/);
  });

  it('gets one route', () => {
    const registry = declare(flavor, {});
    registry.exposeV2(V2Route.nginxIngress({ tls: CERTIFICATE }));
    expect(() => registry.exposeV2(V2Route.traefikIngress({ tls: CERTIFICATE }))).toThrow(
      /\(REG214\)$/,
    );
  });
});

it('is not served below a path by Forgejo where nothing routes its token realm', () => {
  const registry = declare('forgejo', { uiPath: '/git' });
  expect(() => registry.exposeV2(V2Route.none({ servedBy: 'the Ingress of the chart' }))).toThrow(
    /\(REG212\)$/,
  );
});
