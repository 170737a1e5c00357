import type { KubeObject, Listing } from '../../../cluster';
import { Cursor } from '../../../rules';
import type { Observation } from '../../sight';

/** What kubelet wrote of failed pulls. */
export interface PullEvents {
  /** Messages about images, by `namespace/pod`, the newest first. */
  readonly messages: ReadonlyMap<string, readonly string[]>;
  /** Pods with a pull secret kubelet did not find, `namespace/pod`. */
  readonly unretrieved: ReadonlySet<string>;
  /** Why there are none, or not all. */
  readonly missing?: Listing['missing'];
}

/** Events of failed pulls in the cluster; the API keeps them for an hour (kube-apiserver `--event-ttl`). */
export const pullEvents: Observation<PullEvents> = async ({ request: { cluster } }) => {
  if (cluster === undefined) {
    return { messages: new Map(), unretrieved: new Set() };
  }
  const { objects, missing } = await cluster.objects('events');
  const newestFirst = objects
    .filter(isOfPull)
    .map((event) => ({ event, at: timeOf(event) }))
    .sort((one, other) => other.at - one.at);
  const messages = new Map<string, string[]>();
  for (const { event } of newestFirst) {
    const known = messages.get(podOf(event));
    if (known === undefined) {
      messages.set(podOf(event), [`${event.message as string}`]);
    } else {
      known.push(`${event.message as string}`);
    }
  }
  const unretrieved = objects.filter(({ reason }) => reason === UNRETRIEVED).map(podOf);
  return { messages, unretrieved: new Set(unretrieved), ...(missing && { missing }) };
};

/** Reason of kubelet for a Secret among `imagePullSecrets` that is not there. */
const UNRETRIEVED = 'FailedToRetrieveImagePullSecret';

function podOf(event: KubeObject): string {
  const pod = new Cursor(event).get('involvedObject');
  return `${pod.get('namespace').text ?? event.metadata.namespace}/${pod.get('name').text}`;
}

function isOfPull({ reason, message }: KubeObject): boolean {
  return (
    /^(Failed|InspectFailed|BackOff)$/.test(`${reason as string}`) &&
    typeof message === 'string' &&
    /\bimage\b/i.test(message)
  );
}

function timeOf(event: KubeObject): number {
  const root = new Cursor(event);
  const times = [
    root.get('series', 'lastObservedTime'),
    root.get('lastTimestamp'),
    root.get('eventTime'),
    root.get('firstTimestamp'),
  ];
  return Date.parse(times.find(({ text }) => text)?.text ?? '') || 0;
}
