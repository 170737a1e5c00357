import { lookUp } from '../look-up';
import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import { namespaceOrDefault } from '../manifest';
import type { Reference } from './route';

/** An image of a container, as written. */
export interface UsedImage {
  readonly text: string;
  /** `host[:port]`; absent for short names of Docker Hub. */
  readonly host?: string;
  /** The `image` field, or `reference` of an image volume. */
  readonly at: Cursor;
}

/** The pods a workload makes. */
export interface Workload {
  readonly manifest: Manifest;
  readonly namespace: string;
  /** The pod spec. */
  readonly pod: Cursor;
  /** Metadata of the pods: the template's, or the Pod's own. */
  readonly podMetadata: Cursor;
  readonly images: readonly UsedImage[];
  /** `serviceAccountName`, `default` where none stands. */
  readonly serviceAccount: string;
  readonly pullSecrets: readonly Reference[];
}

/** Path to the pod template by kind; every other kind is tried as a controller with `spec.template`. */
const TEMPLATES: { readonly [kind: string]: readonly string[] } = {
  Pod: [],
  PodTemplate: ['template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

const CONTAINERS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** The pods of a manifest; undefined where it makes none. */
export function workloadOf(manifest: Manifest): Workload | undefined {
  const template = manifest.root.get(...(lookUp(TEMPLATES, manifest.kind) ?? ['spec', 'template']));
  const pod = template.get('spec');
  if (!pod.get('containers').isList) {
    return undefined;
  }
  const namespace = namespaceOrDefault(manifest);
  return {
    manifest,
    namespace,
    pod,
    podMetadata: template.get('metadata'),
    images: imagePlaces(pod).flatMap(imageAt),
    serviceAccount:
      pod.get('serviceAccountName').text || pod.get('serviceAccount').text || 'default',
    pullSecrets: pullSecretNames(pod.get('imagePullSecrets'), namespace),
  };
}

/** Every container of a pod spec, init containers first. */
export function containersOf(pod: Cursor): Cursor[] {
  return CONTAINERS.flatMap((list) => pod.get(list).items());
}

/** Names in an `imagePullSecrets` list. */
export function pullSecretNames(list: Cursor, namespace: string): Reference[] {
  return list.items().flatMap((entry) => {
    const name = entry.get('name').text;
    return name ? [{ name, namespace, at: entry }] : [];
  });
}

/** Where a pod names images: its containers, and volumes that are an image (Kubernetes 1.33). */
function imagePlaces(pod: Cursor): Cursor[] {
  return [
    ...containersOf(pod).map((container) => container.get('image')),
    ...pod
      .get('volumes')
      .items()
      .map((volume) => volume.get('image', 'reference')),
  ];
}

function imageAt(at: Cursor): UsedImage[] {
  if (!at.text) {
    return [];
  }
  const host = imageHost(at.text);
  return [{ text: at.text, at, ...(host !== undefined && { host }) }];
}

/**
 * Host of an image reference: the first part, when it has a dot, a port or a capital or is localhost
 * (distribution/reference).
 */
export function imageHost(image: string): string | undefined {
  const slash = image.indexOf('/');
  const first = slash < 0 ? '' : image.slice(0, slash);
  return /[.:A-Z]/.test(first) || first === 'localhost' ? first : undefined;
}
