import type { KubeObject } from '../../../cluster';
import { Cursor } from '../../../rules/cursor';
import type { Sight } from '../../sight';
import type { InventoryImage } from './record';

/** Images of this registry in the pods of the cluster, each once a namespace and digest. */
export async function imagesOf(sight: Sight): Promise<InventoryImage[]> {
  const { cluster, host } = sight.request;
  const listing = await cluster?.objects('pods');
  const found = new Map<string, InventoryImage>();
  for (const pod of listing?.objects ?? []) {
    for (const { image, digest } of runningImages(pod, `${host}/`)) {
      const { namespace = '' } = pod.metadata;
      const key = `${namespace} ${image} ${digest}`;
      const pods = (found.get(key)?.pods ?? 0) + 1;
      found.set(key, { image, ...(digest !== undefined && { digest }), namespace, pods });
    }
  }
  return [...found.values()].sort((one, other) =>
    `${one.namespace} ${one.image}`.localeCompare(`${other.namespace} ${other.image}`),
  );
}

interface RunningImage {
  readonly image: string;
  readonly digest?: string;
}

/** Each image of a pod once. */
function runningImages(pod: KubeObject, start: string): readonly RunningImage[] {
  const root = new Cursor(pod);
  const all = ['initContainers', 'containers'].flatMap((list) =>
    root
      .get('spec', list)
      .items()
      .flatMap((container) => {
        const image = container.get('image').text;
        const name = container.get('name').text;
        return image?.startsWith(start) ? [[image, digestOf(root, name)] as const] : [];
      }),
  );
  return [...new Map(all)].map(([image, digest]) => ({
    image,
    ...(digest !== undefined && { digest }),
  }));
}

/** kubelet tells the digest it runs in `imageID`, `name@sha256:…`. */
function digestOf(pod: Cursor, container: string | undefined): string | undefined {
  const id = ['containerStatuses', 'initContainerStatuses']
    .flatMap((list) => pod.get('status', list).items())
    .find((status) => status.get('name').text === container)
    ?.get('imageID').text;
  return /sha256:[0-9a-f]{64}$/.exec(id ?? '')?.[0];
}
