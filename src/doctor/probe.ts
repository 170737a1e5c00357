import type { Outcome } from './outcome';
import type { DoctorRequest } from './request';
import type { Sight } from './sight';

/** Steps of the request path, in the order of the catalogue's section "Probe order". */
export type Step =
  | 'P0'
  | 'P1'
  | 'P2'
  | 'P2a'
  | 'P3'
  | 'P4'
  | 'P5'
  | 'P6'
  | 'P7'
  | 'P8'
  | 'P9'
  | 'P10'
  | 'P11'
  | 'P12'
  | 'P13'
  | 'P14';

/**
 * One question to a live registry, as data. A probe that passes says so under its own code; one that fails names the
 * most telling of its codes, and what needs it is skipped.
 */
export interface Probe {
  /** The truth it is about. */
  readonly code: string;
  readonly step: Step;
  /** `path`: on every access path; `registry`: once, on the first path where what it needs holds. */
  readonly scope: 'path' | 'registry';
  /** Codes of probes that must hold first; a cycle is a mistake a test finds. */
  readonly needs: readonly string[];
  /** Codes it may name instead of its own. @default - none */
  readonly names?: readonly string[];
  /** What is sent, in words, for `--list` and the docs. */
  readonly sends: string;
  /** Whether the user asked for it; one nobody asked for says nothing. @default - always */
  readonly isAsked?: (request: DoctorRequest) => boolean;
  /**
   * Whether it writes (an upload session, a package); such a probe runs only when asked for, and
   * a run that is ended waits until it took back what it wrote. @default false
   */
  readonly writes?: boolean;
  /**
   * Looks and decides. An empty list: nothing to say here (not asked for, or another code has said it).
   *
   * What a probe needs has been *asked* for when it starts: everything that is sent is an {@link Observation}, shared
   * between probes.
   */
  readonly decide: (sight: Sight) => Promise<readonly Outcome[]>;
}

const CLUSTER_STEPS: ReadonlySet<Step> = new Set<Step>(['P0', 'P2a', 'P12', 'P13', 'P14']);

/** Whether a probe looks at objects of the cluster, and not at answers of the registry. */
export function isOfCluster({ step }: Pick<Probe, 'step'>): boolean {
  return CLUSTER_STEPS.has(step);
}
