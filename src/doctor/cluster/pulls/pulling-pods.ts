import type { KubeObject, Listing } from '../../../cluster';
import { Cursor, imageHost } from '../../../rules';
import type { Observation } from '../../sight';

/** A pod with images of the registry. */
export interface PullingPod {
  readonly namespace: string;
  readonly name: string;
  readonly serviceAccount: string;
  /** Names of the Secrets kubelet takes credentials from: those in the pod itself, the ServiceAccount's copied in. */
  readonly pullSecrets: readonly string[];
  /** Images of the registry it cannot have now; none where it has them all. */
  readonly waiting: readonly WaitingImage[];
}

/** An image kubelet tries to pull again and again. */
export interface WaitingImage {
  /** The reference, as the pod names it. */
  readonly image: string;
  /** What kubelet says of the last try; often no more than that it waits. */
  readonly message: string;
}

/** Pods with images of the registry. */
export interface PullingPods {
  readonly pods: readonly PullingPod[];
  /** Why pods may be missing. */
  readonly missing?: Listing['missing'];
}

/** The pods of the cluster that have an image of the host; of the others nothing is looked at. */
export const pullingPods: Observation<PullingPods> = async (sight) => {
  const { cluster, host } = sight.request;
  if (cluster === undefined) {
    return { pods: [] };
  }
  const { objects, missing } = await cluster.objects('pods');
  return {
    pods: objects.flatMap((pod) => pullingPod(pod, host) ?? []),
    ...(missing && { missing }),
  };
};

const LISTS = [
  ['initContainers', 'initContainerStatuses'],
  ['containers', 'containerStatuses'],
] as const;

function pullingPod(pod: KubeObject, host: string): PullingPod | undefined {
  const root = new Cursor(pod);
  const spec = root.get('spec');
  const images = new Map(
    LISTS.flatMap(([list]) => spec.get(list).items()).flatMap((container) => {
      const [name, image] = [container.get('name').text, container.get('image').text];
      return name !== undefined && image !== undefined && imageHost(image) === host
        ? [[name, image] as const]
        : [];
    }),
  );
  return images.size === 0
    ? undefined
    : {
        namespace: pod.metadata.namespace ?? 'default',
        name: pod.metadata.name,
        serviceAccount: spec.get('serviceAccountName').text || 'default',
        pullSecrets: namesIn(spec.get('imagePullSecrets')),
        // A pod that goes away pulls no more.
        waiting: root.get('metadata', 'deletionTimestamp').exists
          ? []
          : waitingImages(root, images),
      };
}

/** Names in an `imagePullSecrets` list, each once. */
function namesIn(list: Cursor): string[] {
  return [...new Set(list.items().flatMap((entry) => entry.get('name').text || []))];
}

/** Reasons of kubelet for a container that waits for its image (kubernetes/pkg/kubelet/images/types.go). */
const PULLING = /^(ErrImagePull|ImagePullBackOff|RegistryUnavailable|InvalidImageName)$/;

function waitingImages(root: Cursor, images: ReadonlyMap<string, string>): WaitingImage[] {
  return LISTS.flatMap(([, statuses]) => root.get('status', statuses).items()).flatMap((status) => {
    const image = images.get(status.get('name').text ?? '');
    const waiting = status.get('state', 'waiting');
    return image !== undefined && PULLING.test(waiting.get('reason').text ?? '')
      ? [{ image, message: waiting.get('message').text ?? '' }]
      : [];
  });
}
