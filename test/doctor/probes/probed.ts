import type { Outcome } from '../../../src/doctor/outcome';
import type { Probe } from '../../../src/doctor/probe';
import { NAME_PROBES } from '../../../src/doctor/probes/names';
import { ROUTE_PROBES } from '../../../src/doctor/probes/route';
import type { DoctorOptions, DoctorRequest } from '../../../src/doctor/request';
import { diagnose } from '../../../src/doctor/run';
import type { Diagnosis, Result } from '../../../src/doctor/diagnosis';
import type { SetUp } from '../scenarios/scenario';

/** Names and route: P1 to P5. */
const PROBES: readonly Probe[] = [...NAME_PROBES, ...ROUTE_PROBES];

/** What a set-up gets from P1 to P5; its servers are ended. */
export async function diagnosed(starting: Promise<SetUp>): Promise<Diagnosis> {
  const { request, options, close } = await starting;
  try {
    return await probed(request, options);
  } finally {
    await close();
  }
}

/** What P1 to P5 say. */
export async function probed(request: DoctorRequest, options: DoctorOptions): Promise<Diagnosis> {
  return diagnose(request, options, PROBES);
}

/** What was said of a code, on one path. */
export function saidOf(diagnosis: Diagnosis, code: string, path = 'ingress'): Result[] {
  return diagnosis.results.filter(
    (one) => one.code === code && (one.paths ?? [one.path]).includes(path),
  );
}

/** Everything that fails or warns: `REG211 fail`. */
export function faults({ results }: Diagnosis): string[] {
  return results.filter(isFault).map(({ code, status }) => `${code} ${status}`);
}

function isFault({ status }: Outcome): boolean {
  return status === 'fail' || status === 'warn';
}
