import type { KubeObject } from '../../cluster';
import { isMap } from '../../cluster/object';
import { CONTAINER } from './pull-pod';

/**
 * How far a pull is, by the status of its Pod and the events about it.
 *
 * `pulled`: the node has the image. `failed`: it was refused or not found. `waiting`: nothing is decided. `ended`: the
 * Pod ended, or went, before the image was asked for.
 */
export type PullState =
  | { readonly kind: 'pulled'; readonly said: string }
  | {
      readonly kind: 'failed';
      /** What kubelet wrote, the texts that tell most first; `ErrImagePull` alone where it wrote no more. */
      readonly texts: readonly string[];
      /** Whether one of them is of the failed pull itself, and not only of the wait for the next. */
      readonly isTold: boolean;
      /** Whether kubelet found a pull secret missing. */
      readonly isSecretMissing: boolean;
    }
  | { readonly kind: 'waiting' | 'ended'; readonly said: string };

/** Reasons of a container whose image is there and that does not start (kubernetes/pkg/kubelet/kuberuntime). */
const AFTER_PULL =
  /^(CreateContainerConfigError|CreateContainerError|RunContainerError|PreCreateHookError|PreStartHookError|PostStartHookError|CrashLoopBackOff)$/;

/** Reasons of a container whose image is refused (kubernetes/pkg/kubelet/images/types.go). */
const REFUSED =
  /^(ErrImagePull|ImagePullBackOff|InvalidImageName|ImageInspectError|ErrImageNeverPull|RegistryUnavailable|SignatureValidationFailed)$/;

/**
 * Reads how far the pull is.
 *
 * @param pod undefined when it is not there any more
 */
export function pullState(pod: KubeObject | undefined, events: readonly KubeObject[]): PullState {
  const own = events.filter(isOfContainer);
  const pulled = own.find(({ reason }) => reason === 'Pulled');
  const { waiting, isStarted } = containerState(pod);
  const waits = text(waiting?.reason);
  if (pulled || isStarted || AFTER_PULL.test(waits)) {
    return {
      kind: 'pulled',
      said: text(pulled?.message) || 'the container got as far as its start',
    };
  }
  const failures = own.filter(
    ({ reason, message }) =>
      /^(Failed|InspectFailed)$/.test(text(reason)) &&
      /Failed to (pull|inspect|apply)/.test(text(message)),
  );
  if (failures.length > 0 || REFUSED.test(waits)) {
    return failed(failures, waits, text(waiting?.message), events);
  }
  return undecided(pod, events, waits);
}

function failed(
  failures: readonly KubeObject[],
  waits: string,
  said: string,
  events: readonly KubeObject[],
): PullState {
  const isOnlyWait = /^Back-off pulling image "[^"]*"$/.test(said) || said === '';
  const texts = [...failures.map(({ message }) => text(message)), said, waits].filter(Boolean);
  return {
    kind: 'failed',
    texts,
    isTold: failures.length > 0 || !isOnlyWait,
    isSecretMissing: events.some(({ reason }) => reason === 'FailedToRetrieveImagePullSecret'),
  };
}

function undecided(
  pod: KubeObject | undefined,
  events: readonly KubeObject[],
  waits: string,
): PullState {
  if (pod === undefined) {
    return { kind: 'ended', said: 'the Pod is gone: somebody else deleted it' };
  }
  const status = isMap(pod.status) ? pod.status : {};
  if (/^(Failed|Succeeded)$/.test(text(status.phase))) {
    const why = [text(status.reason), text(status.message)].filter(Boolean).join(': ');
    return { kind: 'ended', said: `the Pod ended before the pull: ${why || text(status.phase)}` };
  }
  const scheduled = mapsIn(status.conditions).find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False') {
    return { kind: 'waiting', said: `no node takes the Pod: ${text(scheduled.message)}` };
  }
  const warning = events.findLast(({ type }) => type === 'Warning');
  const pulls = events.some(({ reason }) => reason === 'Pulling');
  return {
    kind: 'waiting',
    said: warning
      ? `${text(warning.reason)}: ${text(warning.message)}`
      : pulls
        ? 'the node still pulls'
        : `the container waits: ${waits || 'no node has taken it up'}`,
  };
}

/** Events name the container by a path (`spec.containers{pull}`); those about the whole Pod name none. */
function isOfContainer({ involvedObject }: KubeObject): boolean {
  const path = isMap(involvedObject) ? text(involvedObject.fieldPath) : '';
  return path === '' || path === `spec.containers{${CONTAINER}}`;
}

function containerState(pod: KubeObject | undefined): {
  readonly waiting?: { readonly [field: string]: unknown };
  readonly isStarted: boolean;
} {
  const status = isMap(pod?.status) ? pod.status : {};
  const own = mapsIn(status.containerStatuses).find(({ name }) => name === CONTAINER);
  const state = isMap(own?.state) ? own.state : {};
  // A Pod that is evicted before its pull has a state of its end, too, and no image.
  const hasImage = text(own?.imageID) !== '';
  return {
    ...(isMap(state.waiting) && { waiting: state.waiting }),
    isStarted: isMap(state.running) || (isMap(state.terminated) && hasImage),
  };
}

function mapsIn(value: unknown): readonly { readonly [field: string]: unknown }[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
