import type { DoctorOptions, DoctorRequest } from '../../../src/doctor/request';

/** What `diagnose` is given, and the servers it looks at. */
export interface SetUp {
  readonly request: DoctorRequest;
  readonly options: DoctorOptions;
  /** Ends every server. */
  close(): Promise<void>;
}

/** A program a set-up runs; without it on PATH the scenario is skipped. */
export type Program = 'nginx' | 'docker-registry';

/** A broken set-up and its true cause, decided from the catalogue of checks. */
export interface Scenario {
  /** What is broken: `the /v2 route is missing`. */
  readonly name: string;
  /** Code of the first result that is a failure or a warning. */
  readonly code: string;
  /** @default - none */
  readonly needs?: Program;
  start(): Promise<SetUp>;
}

/** A set-up in which nothing is broken. */
export interface HealthyScenario {
  readonly name: string;
  /** @default - none */
  readonly needs?: Program;
  start(): Promise<SetUp>;
}
