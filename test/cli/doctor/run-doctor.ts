import type { Diagnosis, DoctorOptions, DoctorRequest, Probe, Result } from '../../../src/doctor';
import type { DoctorCommandOptions } from '../../../src/cli/doctor/options';
import type { DoctorTools } from '../../../src/cli/doctor/doctor';
import { doctor } from '../../../src/cli/doctor/doctor';
import { reportError } from '../../../src/cli/error-report';
import type { Run, Surroundings } from '../run-command';
import { recordingIo } from '../run-command';

/** Probes whose codes the tests use; they decide nothing, for the diagnosis is given. */
export const FAKE_PROBES: readonly Probe[] = [
  fakeProbe('REG113', 'P1', []),
  fakeProbe('REG230', 'P4', ['REG113'], ['REG211', 'REG212']),
  fakeProbe('REG312', 'P8', ['REG230']),
  fakeProbe('REG330', 'P11', ['REG312']),
  fakeProbe('REG913', 'P11', ['REG113']),
];

function fakeProbe(code: string, step: Probe['step'], needs: string[], names?: string[]): Probe {
  return {
    ...{ code, step, needs, scope: 'path' },
    ...(names && { names }),
    sends: `what ${code} sends`,
    decide: async () => [],
  };
}

/** A diagnosis of two paths from results. */
export function diagnosisOf(results: readonly Result[], more: Partial<Diagnosis> = {}): Diagnosis {
  return {
    host: 'git.example.org',
    server: 'Gitea 1.25.4',
    paths: [
      {
        name: 'ingress',
        url: 'https://git.example.org/v2/',
        status: 404,
        responder: 'traefik',
        certificate: 'git.example.org until 2027-01-31',
      },
      {
        name: 'service',
        url: 'http://127.0.0.1:3000/v2/',
        status: 401,
        responder: 'gitea',
        realm: 'https://git.example.org/v2/token',
      },
    ],
    results,
    cause: null,
    isPartial: false,
    ...more,
  };
}

/** A run of the command with a diagnosis that is given. */
export interface DoctorRun extends Run {
  /** What the core was asked, once a look. */
  readonly asked: readonly DoctorRequest[];
  /** Codes of the probes of the first look. */
  readonly probed: readonly string[];
  /** Milliseconds slept. */
  readonly slept: readonly number[];
}

/** What the core answers, look by look; the last one again and again. */
export type Looks = readonly (Diagnosis | ((options: DoctorOptions) => Promise<Diagnosis>))[];

/** Runs `doctor` without a server. */
export async function runDoctor(
  looks: Looks,
  { host, ...options }: Partial<DoctorCommandOptions> & { readonly host?: string },
  cwd: string,
  surroundings: Surroundings = {},
): Promise<DoctorRun> {
  const { io, printed } = recordingIo(cwd, surroundings);
  const asked: DoctorRequest[] = [];
  const slept: number[] = [];
  let probed: string[] = [];
  let time = Date.UTC(2026, 10, 21);
  const tools: DoctorTools = {
    diagnose: async (request, given = {}, probes = []) => {
      const look = looks[Math.min(asked.length, looks.length - 1)];
      asked.push(request);
      probed = probes.map(({ code }) => code);
      time += 100;
      return typeof look === 'function' ? look(given) : look;
    },
    probes: FAKE_PROBES,
    now: () => time,
    sleep: async (ms) => {
      slept.push(ms);
      time += ms;
    },
  };
  const all = { output: 'text', declaration: 'dist', ...options } as const;
  const code = await doctor(host, all, io, [], tools).catch((error: unknown) =>
    reportError(error, [], io),
  );
  return { code, ...printed, asked, probed, slept };
}
