import { setTimeout as sleep } from 'node:timers/promises';
import type { Kubectl, KubeObject } from '../../cluster';
import { ClusterError } from '../../cluster';
import type { LiveKind } from '../../cluster';
import { kindRow } from '../../cluster/kinds/table';
import type { PullPod, PullTestPlan } from './pull-pod';
import type { PullState } from './pull-state';
import { pullState } from './pull-state';

/** How a pull is watched. */
export interface PullWatch {
  readonly kubectl: Pick<Kubectl, 'list'>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Milliseconds between two looks. @default 1000 */
  readonly intervalMs?: number;
}

const INTERVAL_MS = 1000;

/** Looks in a row that may fail: an API server restarts, a network blinks. */
const MOST_FAILURES = 3;

/** Looks a failed pull is given to say why: its status and its event do not come at once. */
const MOST_WITHOUT_TEXT = 5;

/**
 * Looks at a Pod until its pull is decided, or its time is over; then what was seen last.
 *
 * @throws ClusterError when the cluster cannot be asked, the reason of the signal once that is aborted
 */
export async function watchPull(
  pod: PullPod,
  { timeoutMs }: Pick<PullTestPlan, 'timeoutMs'>,
  { kubectl, signal, intervalMs = INTERVAL_MS }: PullWatch,
): Promise<PullState> {
  const end = Date.now() + timeoutMs;
  let untold = 0;
  let failures = 0;
  for (;;) {
    signal.throwIfAborted();
    try {
      const state = await look(kubectl, pod);
      failures = 0;
      untold += state.kind === 'failed' ? 1 : 0;
      if (isDecided(state, untold) || Date.now() >= end) {
        return state;
      }
    } catch (error) {
      signal.throwIfAborted();
      failures++;
      if (!(error instanceof ClusterError) || isLasting(error) || failures >= MOST_FAILURES) {
        throw error;
      }
    }
    await sleep(intervalMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

function isDecided(state: PullState, untold: number): boolean {
  return (
    state.kind === 'pulled' ||
    state.kind === 'ended' ||
    (state.kind === 'failed' && (state.isTold || untold >= MOST_WITHOUT_TEXT))
  );
}

function isLasting({ reason }: ClusterError): boolean {
  return /^(no-kubectl|no-config|credential|forbidden|no-kind)$/.test(reason);
}

async function look(kubectl: PullWatch['kubectl'], pod: PullPod): Promise<PullState> {
  const { name } = pod.metadata;
  const [pods, events] = await Promise.all([
    listed(kubectl, 'pods', pod, `metadata.name=${name}`),
    // Without the right to read events the status of the Pod is left.
    listed(kubectl, 'events', pod, `involvedObject.name=${name}`).catch(withoutEvents),
  ]);
  return pullState(pods[0], events);
}

/** Nothing of an object is kept that is not kept of any other: what may be secret is masked. */
function listed(
  kubectl: PullWatch['kubectl'],
  kind: LiveKind & ('pods' | 'events'),
  { metadata: { namespace } }: PullPod,
  selector: string,
): Promise<readonly KubeObject[]> {
  const { resource, keep } = kindRow(kind);
  return kubectl.list(resource, namespace, keep, selector);
}

function withoutEvents(error: unknown): readonly KubeObject[] {
  if (error instanceof ClusterError && error.reason === 'forbidden') {
    return [];
  }
  throw error;
}
