import { ClusterError } from '../../cluster';
import type { PodWriter } from './pod-writer';
import { mayBeThere } from './pod-writer';
import type { PullPod, PullTestPlan } from './pull-pod';
import type { PullState } from './pull-state';
import type { PullWatch } from './watch-pull';
import { watchPull } from './watch-pull';

/** How a pull test ended. */
export interface PullTest {
  /** Why the Pod was not created; then nothing else was done. */
  readonly refusal?: ClusterError;
  /** What became of the pull; absent when it could not be watched. */
  readonly state?: PullState;
  /** Why it could not be watched to an end. */
  readonly lost?: ClusterError;
}

/** Who takes part in a pull test. */
export interface PullTestAccess extends PullWatch {
  readonly writer: Pick<PodWriter, 'create' | 'delete'>;
  /** Told when the Pod may be left, with the reason; also after Ctrl-C. */
  readonly onLeft: (error: unknown) => void;
}

/**
 * Creates the Pod, watches its pull and deletes it again, whatever happens between. Ctrl-C cuts neither write off.
 *
 * @throws the reason of the signal once that is aborted, after the deletion
 */
export async function pullTest(
  pod: PullPod,
  plan: Pick<PullTestPlan, 'timeoutMs'>,
  access: PullTestAccess,
): Promise<PullTest> {
  const { writer, signal } = access;
  signal.throwIfAborted();
  try {
    await writer.create(pod);
  } catch (error) {
    if (mayBeThere(error)) {
      await remove(pod, access);
    }
    return { refusal: clusterError(error) };
  }
  try {
    return { state: await watchPull(pod, plan, access) };
  } catch (error) {
    return { lost: clusterError(error) };
  } finally {
    await remove(pod, access);
  }
}

async function remove(pod: PullPod, { writer, onLeft }: PullTestAccess): Promise<void> {
  try {
    await writer.delete(pod);
  } catch (error) {
    onLeft(error);
  }
}

/** What a report can tell; anything else, Ctrl-C included, goes on its way. */
function clusterError(error: unknown): ClusterError {
  if (error instanceof ClusterError) {
    return error;
  }
  throw error;
}
