import type { KubeObject } from '../../../cluster';
import { Cursor } from '../../../rules/cursor';

/** A container that waits for its image. */
export interface WaitingImage {
  readonly image: string;
  /** `ErrImagePull`, `ImagePullBackOff`, … */
  readonly reason: string;
}

/** Containers of a pod that do not get their image. */
export function waitingImages(pod: KubeObject): WaitingImage[] {
  return containerStatuses(pod).flatMap((status) => {
    const reason = status.get('state', 'waiting', 'reason').text ?? '';
    return /^(ErrImage|ImagePull|InvalidImageName)/.test(reason)
      ? { image: status.get('image').text ?? '', reason }
      : [];
  });
}

/**
 * Why a pod is not ready, in words: the state of its first container that does not run, else what the scheduler or the
 * kubelet says of it.
 */
export function unreadiness(pod: KubeObject): string {
  const stopped = containerStatuses(pod).flatMap(stateOf)[0];
  return stopped ?? conditionText(pod) ?? new Cursor(pod).get('status', 'phase').text ?? 'unknown';
}

/** Init containers come first: they run before the others. */
function containerStatuses(pod: KubeObject): Cursor[] {
  const status = new Cursor(pod).get('status');
  return [
    ...status.get('initContainerStatuses').items(),
    ...status.get('containerStatuses').items(),
  ];
}

function stateOf(status: Cursor): string[] {
  const name = `container '${status.get('name').text ?? ''}'`;
  const waiting = status.get('state', 'waiting', 'reason').text;
  // Said of every container that is behind the one that really waits.
  if (waiting !== undefined && waiting !== 'PodInitializing') {
    const restarts = status.get('restartCount').number ?? 0;
    const message = status.get('state', 'waiting', 'message').text;
    return [
      `${name} is in ${waiting}${restarts > 0 ? `, after ${restarts} restarts` : ''}${lastEnd(status)}${waiting === 'CrashLoopBackOff' || message === undefined ? '' : `: ${message}`}`,
    ];
  }
  const exitCode = status.get('state', 'terminated', 'exitCode').number ?? 0;
  return exitCode === 0 ? [] : [`${name} ended with exit code ${exitCode}`];
}

function lastEnd(status: Cursor): string {
  const last = status.get('lastState', 'terminated');
  const reason = last.get('reason').text;
  const code = last.get('exitCode').number;
  return code === undefined ? '' : ` (last: ${reason ?? 'ended'}, exit code ${code})`;
}

function conditionText(pod: KubeObject): string | undefined {
  const conditions = new Cursor(pod).get('status', 'conditions').items();
  const failing = ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready']
    .map((type) => conditions.find((one) => one.get('type').text === type))
    .find((one) => one?.get('status').text === 'False');
  return failing && (failing.get('message').text ?? failing.get('reason').text);
}
