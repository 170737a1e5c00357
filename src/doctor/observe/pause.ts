import { setTimeout as sleep } from 'node:timers/promises';
import type { Sight } from '../sight';

/**
 * Waits, or does as the run's options say.
 *
 * @param signal ends the wait
 * @throws the reason of the signal
 */
export async function pause(sight: Sight, ms: number, signal?: AbortSignal): Promise<void> {
  await (sight.options.wait ?? timer)(ms, signal);
  signal?.throwIfAborted();
}

async function timer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => signal?.throwIfAborted());
}
