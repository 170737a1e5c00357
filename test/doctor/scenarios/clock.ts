import { setTimeout as pause } from 'node:timers/promises';
import type { DoctorOptions } from '../../../src/doctor/request';

/** Real milliseconds of a wait: enough for an answer that is on its way to arrive. */
const REAL_MS = 5;

/** A clock that goes as fast as somebody waits. */
export function skippedTime(): Required<Pick<DoctorOptions, 'now' | 'wait'>> {
  let skipped = 0;
  return {
    now: () => Date.now() + skipped,
    wait: async (ms, signal) => {
      await pause(Math.min(ms, REAL_MS), undefined, { signal });
      skipped += Math.max(0, ms - REAL_MS);
    },
  };
}
