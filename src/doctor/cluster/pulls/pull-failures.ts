import { quote } from '../../../declaration/problem';
import { imageHost, repositoryOf } from '../../../rules';
import type { Observation, Sight } from '../../sight';
import { liveEstate } from '../live-estate';
import type { Choice } from './credential';
import { chosenCredential } from './credential';
import type { PullCause } from './pull-cause';
import { causeOf, withoutText } from './pull-cause';
import type { PullEvents } from './pull-events';
import { pullEvents } from './pull-events';
import { pullReason, readPullText } from './pull-text';
import type { PullingPod, WaitingImage } from './pulling-pods';
import { pullingPods } from './pulling-pods';

/** One cause, with the pods that wait for it. */
export interface PullFailure extends PullCause {
  /** `namespace/name`, each once. */
  readonly pods: readonly string[];
  /** The images, without tag and digest, each once. */
  readonly repositories: readonly string[];
}

/** Why pods wait for images of the registry: one entry for each distinct cause, in the order of the pods. */
export const pullFailures: Observation<readonly PullFailure[]> = async (sight) => {
  const { pods } = await sight.see(pullingPods);
  const waiting = pods.filter((pod) => pod.waiting.length > 0);
  if (waiting.length === 0) {
    // Nobody waits: events are not worth a call.
    return [];
  }
  const explain = await explainer(sight);
  const failures = new Map<string, { cause: PullCause; pods: Set<string>; images: Set<string> }>();
  for (const pod of waiting) {
    for (const image of pod.waiting) {
      const cause = explain(pod, image);
      const key = `${cause.code} ${cause.words}`;
      const known = failures.get(key) ?? { cause, pods: new Set(), images: new Set() };
      failures.set(key, known);
      known.pods.add(nameOf(pod));
      known.images.add(repositoryOf(image.image));
    }
  }
  return [...failures.values()].map(({ cause, pods: names, images }) => ({
    ...cause,
    pods: [...names],
    repositories: [...images],
  }));
};

const nameOf = ({ namespace, name }: PullingPod): string => `${namespace}/${name}`;

async function explainer(
  sight: Sight,
): Promise<(pod: PullingPod, waiting: WaitingImage) => PullCause> {
  const [live, events, secrets] = await Promise.all([
    sight.see(liveEstate),
    sight.see(pullEvents),
    sight.request.cluster?.objects('secrets'),
  ]);
  const open = publicOwners(sight);
  const choices = new Map<string, Choice>();
  const choose = (pod: PullingPod, image: string): Choice => {
    const { namespace, pullSecrets, serviceAccount } = pod;
    const isSeen = !secrets?.missing || secrets.namespaces?.includes(namespace);
    const key = JSON.stringify([
      ...[namespace, pullSecrets, serviceAccount, image],
      events.unretrieved.has(nameOf(pod)),
    ]);
    const choice =
      choices.get(key) ??
      (live && isSeen ? chosenCredential(live.estate, pod, image) : unseen(pod, events));
    choices.set(key, choice);
    return choice;
  };
  return (pod, { image, message }) => {
    const texts = [message, ...(events.messages.get(nameOf(pod)) ?? [])];
    const text = texts.find((one) => isAbout(one, image) && pullReason(one, image) !== '');
    return text === undefined
      ? withoutText(choose(pod, image), open.has(ownerOf(image)))
      : causeOf(readPullText(text, image), choose(pod, image), text, image);
  };
}

/** Without the right to list Secrets kubelet may still tell of a missing one. */
function unseen(pod: PullingPod, { unretrieved }: PullEvents): Choice {
  return unretrieved.has(nameOf(pod)) && pod.pullSecrets.length === 1
    ? {
        kind: 'none',
        code: 'REG540',
        words: `kubelet does not find Secret ${quote(pod.pullSecrets[0])} in the namespace of the pod`,
      }
    : { kind: 'unknown' };
}

/** A pod may wait for several images. */
function isAbout(text: string, image: string): boolean {
  return text.includes(image) || !/\bimage "/.test(text);
}

/** Owners whose images need no credential. */
function publicOwners({ request: { declaration } }: Sight): ReadonlySet<string> {
  const open = (declaration?.owners ?? []).filter(({ visibility }) => visibility === 'public');
  return new Set(open.map(({ name }) => name.toLowerCase()));
}

function ownerOf(image: string): string {
  const host = imageHost(image) ?? '';
  return repositoryOf(image)
    .slice(host.length + 1)
    .split('/')[0]
    .toLowerCase();
}
