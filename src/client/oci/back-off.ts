import { setTimeout as sleep } from 'node:timers/promises';
import type { RetryPolicy } from '../http/retry';
import { pauseAfter } from '../http/retry';

/** How often something bigger than a request is tried, and when to stop altogether. */
export interface BackOff {
  readonly policy: RetryPolicy;
  readonly signal?: AbortSignal;
}

/**
 * Waits before the next attempt.
 *
 * @param attempt the one that failed, from 1
 * @param retryAfter value of `Retry-After`
 * @returns false when there is to be no other: it was the last, or the server asks for more patience than anyone has
 * @throws the reason of the signal
 */
export async function waitAfter(
  attempt: number,
  retryAfter: string | undefined,
  { policy, signal }: BackOff,
): Promise<boolean> {
  const clock = { random: Math.random, now: Date.now };
  const pause =
    attempt < policy.attempts ? pauseAfter(attempt, retryAfter, policy, clock) : undefined;
  if (pause === undefined) {
    return false;
  }
  await sleep(pause, undefined, { signal }).catch(() => signal?.throwIfAborted());
  return true;
}
