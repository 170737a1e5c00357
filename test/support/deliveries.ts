import {
  ArgoCdOverlay,
  FluxOverlay,
  ForgeRelease,
  GiteaRegistry,
  K3sFailurePolicy,
  RegistryDelivery,
} from 'cdk8s-gitea-registry';
import type { RegistryCase } from './registries';

/** Products with what differs between their releases. */
export const FLAVORS = {
  gitea: {
    host: 'git.example.org',
    release: (valuesFiles: string[]) =>
      ForgeRelease.gitea({
        name: 'gitea',
        namespace: 'git',
        chartVersion: '12.5.0',
        appVersion: '1.25.4',
        httpService: { name: 'gitea-http', port: 3000 },
        valuesFiles,
      }),
    repository: 'https://dl.gitea.com/charts/',
  },
  forgejo: {
    host: 'forgejo.example.org',
    release: (valuesFiles: string[]) =>
      ForgeRelease.forgejo({
        name: 'forgejo',
        namespace: 'forgejo',
        chartVersion: '12.0.1',
        appVersion: '11.0.1+gitea-1.22.0',
        httpService: { name: 'forgejo-http', port: 3000 },
        valuesFiles,
      }),
    repository: 'oci://code.forgejo.org/forgejo-helm',
  },
} as const;

/** A flavor by name. */
export type FlavorName = keyof typeof FLAVORS;

/** One way in which a delivery is rendered. */
export interface DeliveryShape {
  readonly name: string;
  /** Kinds it renders beside the declaration. */
  readonly kinds: readonly string[];
  readonly valuesFiles?: readonly string[];
  readonly delivery: (flavor: FlavorName) => RegistryDelivery;
}

const BASE = [{ secret: 'base-values' }];
const GIT = 'https://git.example.org/ops/cluster.git';
const PLAIN = ['helm/base.yaml', 'helm/site.yaml'];
const ENCRYPTED = ['helm/base.yaml', 'secrets/site.sops.yaml'];

/** Each way a delivery can be rendered. */
export const DELIVERY_SHAPES: readonly DeliveryShape[] = [
  { name: 'helm-values', kinds: [], delivery: () => RegistryDelivery.helmValues() },
  {
    name: 'flux',
    kinds: ['HelmRelease', 'OCIRepository'],
    delivery: () => RegistryDelivery.flux({ baseValues: BASE }),
  },
  {
    name: 'flux-config-map',
    kinds: ['ConfigMap', 'HelmRelease', 'HelmRepository'],
    delivery: (flavor) =>
      RegistryDelivery.flux({
        name: 'forge',
        namespace: 'flux-system',
        overlay: FluxOverlay.CONFIG_MAP,
        baseValues: [
          { configMap: 'base-values', key: 'base.yaml' },
          { secret: 'site-values', optional: true },
        ],
        chartRepository: FLAVORS[flavor].repository,
      }),
  },
  {
    name: 'flux-values',
    kinds: ['ConfigMap'],
    delivery: () => RegistryDelivery.fluxValues({ namespace: 'flux-system' }),
  },
  {
    name: 'argo-cd',
    kinds: ['Application'],
    valuesFiles: PLAIN,
    delivery: () => RegistryDelivery.argoCd({ valuesRepository: GIT, automated: true }),
  },
  {
    name: 'argo-cd-inline',
    kinds: ['Application'],
    valuesFiles: ENCRYPTED,
    delivery: () =>
      RegistryDelivery.argoCd({
        valuesRepository: GIT,
        valuesRevision: 'main',
        valuesPath: 'clusters/prod',
        overlay: ArgoCdOverlay.INLINE,
        decrypts: true,
        project: 'forges',
      }),
  },
  {
    name: 'k3s-helm-chart',
    kinds: ['HelmChart', 'HelmChartConfig'],
    delivery: () =>
      RegistryDelivery.k3sHelmChart({
        baseValues: [...BASE, { secret: 'site-values', key: 'site.yaml' }],
      }),
  },
  {
    name: 'k3s-helm-chart-repository',
    kinds: ['HelmChart', 'HelmChartConfig'],
    delivery: (flavor) =>
      RegistryDelivery.k3sHelmChart({
        baseValues: BASE,
        namespace: 'charts',
        failurePolicy: K3sFailurePolicy.RETRY,
        chartRepository: FLAVORS[flavor].repository,
      }),
  },
  {
    name: 'k3s-helm-chart-config',
    kinds: ['HelmChartConfig'],
    delivery: () => RegistryDelivery.k3sHelmChartConfig(),
  },
  {
    name: 'helmfile',
    kinds: [],
    valuesFiles: ENCRYPTED,
    delivery: () => RegistryDelivery.helmfile(),
  },
  {
    name: 'kustomize',
    kinds: [],
    valuesFiles: PLAIN,
    delivery: () => RegistryDelivery.kustomize(),
  },
];

/** Each delivery with each product, as a registry that renders nothing else. */
export const DELIVERIES: readonly RegistryCase[] = DELIVERY_SHAPES.flatMap(
  ({ name, kinds, valuesFiles = [], delivery }) =>
    (Object.keys(FLAVORS) as FlavorName[]).map((flavor) => ({
      name: `delivery-${name}-${flavor}`,
      kinds,
      build: (chart, id) =>
        new GiteaRegistry(chart, id('Registry'), {
          host: FLAVORS[flavor].host,
          release: FLAVORS[flavor].release([...valuesFiles]),
          delivery: delivery(flavor),
          publishDeclaration: false,
        }),
    })),
);
