import { setTimeout as pause } from 'node:timers/promises';
import type { DoctorOptions } from '../../../src/doctor/request';

/** A clock and waits that are so many times as fast as real time: real servers count real seconds. */
export function fastTime(factor: number): Required<Pick<DoctorOptions, 'now' | 'wait'>> {
  const began = Date.now();
  return {
    now: () => began + (Date.now() - began) * factor,
    wait: async (ms, signal) => {
      await pause(ms / factor, undefined, { signal });
    },
  };
}
