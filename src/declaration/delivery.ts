import { ARGO_REPOSITORY, CHART_REPOSITORY } from './chart-repository';
import type { Grammar } from './grammar';
import { NAMESPACE, OBJECT_NAME } from './kubernetes-name';
import type { Schema } from './schema';
import { list, object, oneOf, optional, text, variants, yesOrNo } from './schema';

/** One layer of values below the overlay, as an object of the cluster holds it. */
export interface BaseValuesDeclaration {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  /** Key whose text is the values. */
  readonly key: string;
  /** Whether the tool goes on without it. */
  readonly optional: boolean;
}

/** A tool that gets the chart itself. */
interface ChartDelivery {
  /** Where the chart is found; absent: below the `oci://` of the release's chart. */
  readonly chartRepository?: string;
}

/** A HelmRelease of Flux is rendered. */
export interface FluxDeliveryDeclaration extends ChartDelivery {
  readonly mode: 'flux';
  /** Name of the HelmRelease. */
  readonly name: string;
  /** Namespace of the HelmRelease and of everything it takes values from. */
  readonly namespace: string;
  /** Where the overlay stands: in `spec.values`, or in a ConfigMap that is the last of `spec.valuesFrom`. */
  readonly overlay: 'inline' | 'config-map';
  /** Name of that ConfigMap. */
  readonly configMap: string;
  /** Values below the overlay, lowest first. */
  readonly baseValues: BaseValuesDeclaration[];
}

/** A HelmRelease somebody else keeps takes the overlay from a ConfigMap. */
export interface FluxValuesDeliveryDeclaration {
  readonly mode: 'flux-values';
  /** Name of the HelmRelease. */
  readonly name: string;
  /** Namespace of the HelmRelease and of the ConfigMap. */
  readonly namespace: string;
  /** Name of the ConfigMap. */
  readonly configMap: string;
}

/** An Application of Argo CD is rendered. */
export interface ArgoCdDeliveryDeclaration {
  readonly mode: 'argo-cd';
  /** Where the chart is found, as Argo CD writes it; absent: below the `oci://` of the release's chart. */
  readonly repoUrl?: string;
  /** Name of the Application. */
  readonly name: string;
  /** Namespace of the Application. */
  readonly namespace: string;
  /** Where the overlay stands: last of `helm.valueFiles`, or in `helm.valuesObject`. */
  readonly overlay: 'file' | 'inline';
  /** Git repository of the values files. */
  readonly valuesRepository: string;
  /** Branch, tag or commit of it. */
  readonly valuesRevision: string;
  /** Folder of it the paths of values files begin at; absent: its root. */
  readonly valuesPath?: string;
  /** Whether the repo-server decrypts SOPS files. */
  readonly decrypts: boolean;
}

/** A HelmChart of k3s is rendered; its name is that of the release. */
export interface K3sHelmChartDeliveryDeclaration extends ChartDelivery {
  readonly mode: 'k3s-helm-chart';
  /** Namespace of the HelmChart and of the Secrets it takes values from. */
  readonly namespace: string;
  /** Values below the overlay, lowest first; Secrets only. */
  readonly baseValues: BaseValuesDeclaration[];
}

/** A HelmChart of k3s that somebody else keeps is changed by a HelmChartConfig of the same name. */
export interface K3sHelmChartConfigDeliveryDeclaration {
  readonly mode: 'k3s-helm-chart-config';
  /** Namespace of the HelmChart and of its HelmChartConfig. */
  readonly namespace: string;
}

/** A helmfile is written. */
export interface HelmfileDeliveryDeclaration extends ChartDelivery {
  readonly mode: 'helmfile';
}

/** A `kustomization.yaml` with `helmCharts` is written. */
export interface KustomizeDeliveryDeclaration extends ChartDelivery {
  readonly mode: 'kustomize';
  /** Folder of the `kustomization.yaml`, below that of the side files. */
  readonly folder: '.' | 'helm';
}

/** How the overlay reaches the release, where that is not `helm upgrade` with a values file. */
export type DeliveryDeclaration =
  | FluxDeliveryDeclaration
  | FluxValuesDeliveryDeclaration
  | ArgoCdDeliveryDeclaration
  | K3sHelmChartDeliveryDeclaration
  | K3sHelmChartConfigDeliveryDeclaration
  | HelmfileDeliveryDeclaration
  | KustomizeDeliveryDeclaration;

/** Key of a Secret or ConfigMap (Kubernetes `IsConfigMapKey`). */
const DATA_KEY: Grammar = {
  allowed: "must be a key of a Secret or ConfigMap, such as 'values.yaml'",
  code: 'REG651',
  pattern: /^(?!\.\.?$)[-._A-Za-z0-9]+$/,
  maxLength: 253,
};

/**
 * A Git repository as Argo CD takes it. `ssh://git@…` looks like a URL with a credential and is refused; the scp form says
 * the same.
 */
const GIT_REPOSITORY: Grammar = {
  allowed:
    "must be a Git repository without credentials, such as 'https://git.example.org/ops/cluster.git' or 'git@git.example.org:ops/cluster.git'",
  code: 'REG651',
  pattern:
    /^(https?:\/\/[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?\/|[a-z_][a-z0-9_-]*@[A-Za-z0-9][A-Za-z0-9.-]*:\/?)[A-Za-z0-9._~-]+(\/[A-Za-z0-9._~-]+)*\/?$/,
  maxLength: 255,
};

/** Branch, tag or commit (git check-ref-format, its safe part). */
const GIT_REVISION: Grammar = {
  allowed: "must be a branch, tag or commit, such as 'main'",
  code: 'REG651',
  pattern: /^(?!.*(\.\.|\/\/))[A-Za-z0-9][A-Za-z0-9._/-]*$/,
  maxLength: 200,
  holdsRevision: true,
};

/** A folder below the root of a repository. */
const FOLDER: Grammar = {
  allowed: "must be a folder below the root of the repository, such as 'clusters/prod'",
  code: 'REG651',
  pattern: /^(?!.*(^|\/)\.\.?(\/|$))[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/,
  maxLength: 200,
};

const baseValues = list(
  object<BaseValuesDeclaration>({
    kind: oneOf<BaseValuesDeclaration['kind']>('Secret', 'ConfigMap'),
    name: text(OBJECT_NAME),
    key: text(DATA_KEY),
    optional: yesOrNo,
  }),
  20,
);

const chartRepository = optional(text(CHART_REPOSITORY));

/** How the overlay reaches the release. */
export const deliverySchema: Schema<DeliveryDeclaration> = variants<DeliveryDeclaration>('mode', {
  flux: object<FluxDeliveryDeclaration>({
    mode: oneOf<'flux'>('flux'),
    name: text(OBJECT_NAME),
    namespace: text(NAMESPACE),
    overlay: oneOf<FluxDeliveryDeclaration['overlay']>('inline', 'config-map'),
    configMap: text(OBJECT_NAME),
    baseValues,
    chartRepository,
  }),
  'flux-values': object<FluxValuesDeliveryDeclaration>({
    mode: oneOf<'flux-values'>('flux-values'),
    name: text(OBJECT_NAME),
    namespace: text(NAMESPACE),
    configMap: text(OBJECT_NAME),
  }),
  'argo-cd': object<ArgoCdDeliveryDeclaration>({
    mode: oneOf<'argo-cd'>('argo-cd'),
    name: text(OBJECT_NAME),
    namespace: text(NAMESPACE),
    overlay: oneOf<ArgoCdDeliveryDeclaration['overlay']>('file', 'inline'),
    valuesRepository: text(GIT_REPOSITORY),
    valuesRevision: text(GIT_REVISION),
    valuesPath: optional(text(FOLDER)),
    decrypts: yesOrNo,
    repoUrl: optional(text(ARGO_REPOSITORY)),
  }),
  'k3s-helm-chart': object<K3sHelmChartDeliveryDeclaration>({
    mode: oneOf<'k3s-helm-chart'>('k3s-helm-chart'),
    namespace: text(NAMESPACE),
    baseValues,
    chartRepository,
  }),
  'k3s-helm-chart-config': object<K3sHelmChartConfigDeliveryDeclaration>({
    mode: oneOf<'k3s-helm-chart-config'>('k3s-helm-chart-config'),
    namespace: text(NAMESPACE),
  }),
  helmfile: object<HelmfileDeliveryDeclaration>({
    mode: oneOf<'helmfile'>('helmfile'),
    chartRepository,
  }),
  kustomize: object<KustomizeDeliveryDeclaration>({
    mode: oneOf<'kustomize'>('kustomize'),
    folder: oneOf<KustomizeDeliveryDeclaration['folder']>('.', 'helm'),
    chartRepository,
  }),
});
