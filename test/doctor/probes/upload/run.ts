import { setImmediate } from 'node:timers/promises';
import type { Diagnosis, Result } from '../../../../src/doctor/diagnosis';
import type { Probe } from '../../../../src/doctor/probe';
import { UPLOAD_PROBES } from '../../../../src/doctor/probes/upload';
import type { DoctorOptions, DoctorRequest } from '../../../../src/doctor/request';
import { diagnose } from '../../../../src/doctor/run';
import type { SeededForge } from '../../../client/packages/seeded-forge';

/** Whom a run speaks for. */
type Identity = Parameters<SeededForge['target']>;

/** A clock that goes as fast as somebody waits, and lets what is on its way arrive. */
export function skippedTime(): Required<Pick<DoctorOptions, 'now' | 'wait'>> {
  let time = 0;
  return {
    now: () => time,
    wait: async (ms, signal) => {
      await setImmediate();
      signal?.throwIfAborted();
      time += ms;
    },
  };
}

/** Runs probes on the proxy in front of a forge. */
export async function runProbes(
  forge: SeededForge,
  request: Partial<DoctorRequest>,
  {
    user = 'publisher',
    scopes = 'write',
    options,
    probes = UPLOAD_PROBES,
  }: {
    readonly user?: Identity[0] | 'nobody';
    readonly scopes?: Identity[1];
    readonly options?: DoctorOptions;
    readonly probes?: readonly Probe[];
  } = {},
): Promise<Diagnosis> {
  const origin = new URL(forge.proxy.url);
  const credential =
    user === 'nobody' ? undefined : forge.target(user, scopes, forge.proxy).credential;
  const asked = {
    host: origin.host,
    paths: [{ name: 'ingress', origin, ...(credential && { credential }) }],
    ...request,
  };
  return diagnose(
    asked,
    { dial: { proxyFor: () => '' }, requestTimeoutMs: 5000, ...skippedTime(), ...options },
    probes,
  );
}

/** `CODE status` of each result that waits for no other. */
export function verdicts({ results }: Diagnosis): string[] {
  return results
    .filter(({ note = '' }) => !/^waits for REG\d+$/.test(note))
    .map(({ code, status }) => `${code} ${status}`);
}

/** The result of a code. */
export function resultOf({ results }: Diagnosis, code: string): Result {
  const found = results.find((result) => result.code === code);
  if (found === undefined) {
    throw new Error(`${code} must be among ${results.map((each) => each.code).join(', ')}`);
  }
  return found;
}
