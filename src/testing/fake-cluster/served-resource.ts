import { fieldOf } from './kube-object';
import type { KubeObject } from './kube-object';

/** A resource type the API server serves, as discovery tells it. */
export interface ServedResource {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Plural of the path: `pods`. */
  readonly plural: string;
  readonly shortNames: readonly string[];
  readonly isNamespaced: boolean;
}

/** `v1`, `apps/v1`. */
export function groupVersionOf({ group, version }: ServedResource): string {
  return group === '' ? version : `${group}/${version}`;
}

/** Kinds every cluster has: `group/version: plural/Kind/short names`, cluster-scoped with a leading `!`. */
const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  v1: [
    'configmaps/ConfigMap/cm',
    'endpoints/Endpoints/ep',
    'events/Event/ev',
    '!namespaces/Namespace/ns',
    '!nodes/Node/no',
    'persistentvolumeclaims/PersistentVolumeClaim/pvc',
    '!persistentvolumes/PersistentVolume/pv',
    'pods/Pod/po',
    'secrets/Secret/',
    'serviceaccounts/ServiceAccount/sa',
    'services/Service/svc',
  ],
  'apiextensions.k8s.io/v1': ['!customresourcedefinitions/CustomResourceDefinition/crd,crds'],
  'apps/v1': [
    'daemonsets/DaemonSet/ds',
    'deployments/Deployment/deploy',
    'replicasets/ReplicaSet/rs',
    'statefulsets/StatefulSet/sts',
  ],
  'batch/v1': ['cronjobs/CronJob/cj', 'jobs/Job/'],
  'discovery.k8s.io/v1': ['endpointslices/EndpointSlice/'],
  'networking.k8s.io/v1': [
    '!ingressclasses/IngressClass/',
    'ingresses/Ingress/ing',
    'networkpolicies/NetworkPolicy/netpol',
  ],
  'rbac.authorization.k8s.io/v1': [
    '!clusterrolebindings/ClusterRoleBinding/',
    '!clusterroles/ClusterRole/',
    'rolebindings/RoleBinding/',
    'roles/Role/',
  ],
  'storage.k8s.io/v1': ['!storageclasses/StorageClass/sc'],
};

const BUILT_IN_RESOURCES: readonly ServedResource[] = Object.entries(BUILT_IN).flatMap(
  ([apiVersion, rows]) =>
    rows.map((row) => {
      const [plural, kind, shortNames] = row.replace('!', '').split('/') as [
        string,
        string,
        string,
      ];
      return {
        ...groupAndVersion(apiVersion),
        kind,
        plural,
        shortNames: shortNames.split(',').filter((name) => name !== ''),
        isNamespaced: !row.startsWith('!'),
      };
    }),
);

/**
 * What a cluster with these objects serves: the built-in kinds, the kinds its CustomResourceDefinitions define, and the
 * kinds of all other objects; those get the English plural, and are namespaced when the object has a namespace.
 */
export function servedResources(objects: readonly KubeObject[]): readonly ServedResource[] {
  const served = new Map(BUILT_IN_RESOURCES.map((each) => [keyOf(each), each]));
  const found = [
    ...objects.filter((object) => object.kind === 'CustomResourceDefinition').flatMap(definedBy),
    ...objects.map(shownBy),
  ];
  for (const each of found) {
    if (!served.has(keyOf(each))) served.set(keyOf(each), each);
  }
  return [...served.values()];
}

/** Whether an object is of a resource type. */
export function isOf(object: KubeObject, resource: ServedResource): boolean {
  return object.kind === resource.kind && object.apiVersion === groupVersionOf(resource);
}

function keyOf(resource: ServedResource): string {
  return `${groupVersionOf(resource)}/${resource.kind}`;
}

function definedBy(definition: KubeObject): readonly ServedResource[] {
  const names = fieldOf(definition, 'spec.names') as {
    kind: string;
    plural: string;
    shortNames?: readonly string[];
  };
  const versions = fieldOf(definition, 'spec.versions') as readonly { name: string }[];
  return versions.map(({ name }) => ({
    group: fieldOf(definition, 'spec.group') as string,
    version: name,
    kind: names.kind,
    plural: names.plural,
    shortNames: names.shortNames ?? [],
    isNamespaced: fieldOf(definition, 'spec.scope') === 'Namespaced',
  }));
}

function shownBy({ apiVersion, kind, metadata }: KubeObject): ServedResource {
  return {
    ...groupAndVersion(apiVersion),
    kind,
    plural: pluralOf(kind.toLowerCase()),
    shortNames: [],
    isNamespaced: metadata.namespace !== undefined,
  };
}

function groupAndVersion(apiVersion: string): Pick<ServedResource, 'group' | 'version'> {
  const [first, second] = apiVersion.split('/');
  return second === undefined ? { group: '', version: first! } : { group: first!, version: second };
}

function pluralOf(word: string): string {
  if (/[^aeiou]y$/.test(word)) return word.replace(/y$/, 'ies');
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}
