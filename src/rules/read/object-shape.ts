import type { Manifest } from '../manifest';
import { groupOf } from '../manifest';
import type { Shape } from './shape';
import { shapeOf } from './shape';

/** A kind the rules read: the versions of its group they know, and the form of the fields they look at. */
export interface KnownKind {
  /** Versions by API group; a group without any has gone. */
  readonly versions: { readonly [group: string]: readonly string[] };
  readonly shape: Shape;
}

const METADATA = [
  'metadata.name: text',
  'metadata.namespace: text',
  'metadata.annotations.*: text',
  'metadata.labels.*: text',
];

/** Lines with a path before each. */
function at(path: string, ...lines: readonly string[]): string[] {
  return lines.map((line) => `${path}${line}`);
}

const CONTAINER = [
  '.name: text',
  '.image: text',
  '.env[].name: text',
  '.env[].value: text',
  '.volumeMounts[].name: text',
  '.volumeMounts[].mountPath: text',
  '.readinessProbe.httpGet.path: text',
];

const POD = [
  ...at('containers[]', ...CONTAINER),
  ...at('initContainers[]', ...CONTAINER),
  'imagePullSecrets[].name: text',
  'serviceAccountName: text',
  'volumes[].name: text',
  'volumes[].persistentVolumeClaim.claimName: text',
];

const CONTROLLER = [
  'spec.replicas: number',
  'spec.strategy.type: text',
  'spec.template.metadata.labels.*: text',
  'spec.template.metadata.annotations.*: text',
  ...at('spec.template.spec.', ...POD),
];

const APPS = { apps: ['v1'], extensions: [] };
const TRAEFIK = { 'traefik.io': ['v1alpha1'], 'traefik.containo.us': ['v1alpha1'] };
const GATEWAY_API = { 'gateway.networking.k8s.io': ['v1', 'v1beta1'] };
const CORE = { '': ['v1'] };
// Which of its versions are served is the matter of REG545.
const EXTERNAL_SECRETS = { 'external-secrets.io': ['v1', 'v1beta1', 'v1alpha1'] };
const ARGO = { 'argoproj.io': ['v1alpha1'] };
const K3S = { 'helm.cattle.io': ['v1'] };

const BACKEND = [
  '.service.name: text',
  '.service.port.number: number',
  '.service.port.name: text',
  '.serviceName: text',
  '.servicePort: scalar',
];

const SECRET_TARGET = [
  'target.name: text',
  'target.template.type: text',
  'target.template.data.*: text',
];

const ARGO_SOURCE = [
  '.chart: text',
  '.repoURL: text',
  '.targetRevision: text',
  '.helm.releaseName: text',
  '.helm.values: text',
  '.helm.valuesObject: map',
];

const ARGO_SPEC = [
  ...at('spec.source', ...ARGO_SOURCE),
  ...at('spec.sources[]', ...ARGO_SOURCE),
  'spec.destination.namespace: text',
];

const HELM_CHART = [
  'spec.chart: text',
  'spec.version: text',
  'spec.targetNamespace: text',
  'spec.valuesContent: text',
  'spec.values: map',
  'spec.failurePolicy: text',
];

const INGRESS = [
  'spec.ingressClassName: text',
  'spec.rules[].host: text',
  'spec.rules[].http.paths[].path: text',
  'spec.rules[].http.paths[].pathType: text',
  ...at('spec.rules[].http.paths[].backend', ...BACKEND),
  ...at('spec.defaultBackend', ...BACKEND),
  'spec.tls[].secretName: text',
  'spec.tls[].hosts[]: text',
];

const INGRESS_ROUTE = [
  'spec.entryPoints[]: text',
  'spec.routes[].match: text',
  'spec.routes[].priority: number',
  'spec.routes[].middlewares[].name: text',
  'spec.routes[].middlewares[].namespace: text',
  'spec.routes[].services[].name: text',
  'spec.routes[].services[].namespace: text',
  'spec.routes[].services[].kind: text',
  'spec.routes[].services[].port: scalar',
  'spec.routes[].services[].scheme: text',
  'spec.routes[].services[].nativeLB: yes or no',
  'spec.tls.secretName: text',
];

const HTTP_ROUTE = [
  'spec.hostnames[]: text',
  'spec.parentRefs[].name: text',
  'spec.parentRefs[].namespace: text',
  'spec.rules[].matches[].path.type: text',
  'spec.rules[].matches[].path.value: text',
  'spec.rules[].filters[].type: text',
  'spec.rules[].filters[].extensionRef.name: text',
  'spec.rules[].backendRefs[].name: text',
  'spec.rules[].backendRefs[].namespace: text',
  'spec.rules[].backendRefs[].kind: text',
  'spec.rules[].backendRefs[].port: number',
];

const GATEWAY = [
  'spec.gatewayClassName: text',
  'spec.listeners[].name: text',
  'spec.listeners[].hostname: text',
  'spec.listeners[].port: number',
  'spec.listeners[].tls.mode: text',
  'spec.listeners[].tls.certificateRefs[].name: text',
  'spec.listeners[].allowedRoutes.namespaces.from: text',
];

const CERTIFICATE = [
  'spec.secretName: text',
  'spec.commonName: text',
  'spec.dnsNames[]: text',
  'spec.issuerRef.name: text',
  'spec.issuerRef.kind: text',
];

const CLUSTER_EXTERNAL_SECRET = [
  'spec.externalSecretName: text',
  'spec.namespaces[]: text',
  'spec.namespaceSelector: map',
  'spec.namespaceSelectors[]: map',
  ...at('spec.externalSecretSpec.', ...SECRET_TARGET),
];

const HELM_RELEASE = [
  'spec.chart.spec.chart: text',
  'spec.chart.spec.version: text',
  'spec.chartRef.name: text',
  'spec.releaseName: text',
  'spec.targetNamespace: text',
  'spec.values: map',
  'spec.valuesFrom[]: map',
];

function kind(versions: KnownKind['versions'], lines: readonly string[]): KnownKind {
  return { versions, shape: shapeOf([...METADATA, ...lines]) };
}

const JOB = { batch: ['v1'] };

const KINDS: ReadonlyMap<string, KnownKind> = new Map([
  ['Ingress', kind({ 'networking.k8s.io': ['v1'], extensions: [] }, INGRESS)],
  ['IngressRoute', kind(TRAEFIK, INGRESS_ROUTE)],
  ['Middleware', kind(TRAEFIK, ['spec.*: map', 'spec.chain.middlewares[].name: text'])],
  ['HTTPRoute', kind(GATEWAY_API, HTTP_ROUTE)],
  ['Gateway', kind(GATEWAY_API, GATEWAY)],
  ['Certificate', kind({ 'cert-manager.io': ['v1'] }, CERTIFICATE)],
  ['Secret', kind(CORE, ['type: text', 'data.*: text', 'stringData.*: text'])],
  ['ExternalSecret', kind(EXTERNAL_SECRETS, at('spec.', ...SECRET_TARGET))],
  ['ClusterExternalSecret', kind(EXTERNAL_SECRETS, CLUSTER_EXTERNAL_SECRET)],
  ['ServiceAccount', kind(CORE, ['imagePullSecrets[].name: text'])],
  ['Pod', kind(CORE, at('spec.', ...POD))],
  ['Deployment', kind(APPS, CONTROLLER)],
  ['StatefulSet', kind(APPS, CONTROLLER)],
  ['DaemonSet', kind(APPS, CONTROLLER)],
  ['Job', kind(JOB, at('spec.template.spec.', ...POD))],
  ['CronJob', kind(JOB, at('spec.jobTemplate.spec.template.spec.', ...POD))],
  ['HelmRelease', kind({ 'helm.toolkit.fluxcd.io': ['v2', 'v2beta2', 'v2beta1'] }, HELM_RELEASE)],
  ['Application', kind(ARGO, ARGO_SPEC)],
  ['ApplicationSet', kind(ARGO, at('spec.template.', ...ARGO_SPEC))],
  ['HelmChart', kind(K3S, HELM_CHART)],
  ['HelmChartConfig', kind(K3S, HELM_CHART)],
]);

/** Names of the kinds the rules know the form of. */
export const KNOWN_KINDS: readonly string[] = [...KINDS.keys()];

/** The kind of a manifest; undefined for others, and for a kind of the same name in another group. */
export function knownKind(manifest: Manifest): KnownKind | undefined {
  const known = KINDS.get(manifest.kind);
  const { apiVersion } = manifest;
  return known && (apiVersion === '' || Object.hasOwn(known.versions, groupOf(manifest)))
    ? known
    : undefined;
}

/** Form of the values of Gitea's and Forgejo's charts, as far as the rules look at them. */
export const FORGE_VALUES = shapeOf([
  'gitea.config: map',
  'gitea.additionalConfigSources[]: map',
  'gitea.additionalConfigFromEnvs[].name: text',
  'gitea.readinessProbe: map',
  'deployment.env[].name: text',
  'image: map',
  'ingress.hosts: list',
  'ingress.tls: list',
  'persistence.claimName: text',
  'persistence.accessModes[]: text',
  'replicaCount: scalar',
  'strategy.type: text',
]);
