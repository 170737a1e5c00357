import { holds } from './outcome';
import type { Outcome } from './outcome';
import type { Probe, Step } from './probe';
import type { DoctorRequest } from './request';
import type { PathRow } from './path-row';

/** An outcome with its place in the report. */
export interface Result extends Outcome {
  readonly step: Step;
  /** The access path, the first of several; absent for what concerns the registry as a whole. */
  readonly path?: string;
  /** All paths it was found on alike, when there are several. */
  readonly paths?: readonly string[];
}

/** What a run found. */
export interface Diagnosis {
  /** `host[:port]` of image references. */
  readonly host: string;
  /** Product and version, when the API told: `Gitea 1.25.4`. */
  readonly server?: string;
  /** One row an access path, for comparing them. */
  readonly paths: readonly PathRow[];
  /** Along the request path, paths in their order, what concerns the registry as a whole last. */
  readonly results: readonly Result[];
  /** The first failing check; null when none fails. */
  readonly cause: { readonly code: string; readonly path?: string } | null;
  /** Whether the run was ended before it was done. */
  readonly isPartial: boolean;
}

/** What a probe said on a path. */
export interface Said {
  readonly probe: Probe;
  readonly path?: string;
  readonly outcomes: readonly Outcome[];
}

/** Results in the order of the report; what is alike on several paths is one (rule 15 of the catalogue). */
export function resultsOf(said: readonly Said[]): Result[] {
  const merged = new Map<string, Result>();
  for (const { probe, path, outcomes } of said) {
    for (const outcome of outcomes) {
      const key = alike(outcome, path);
      const known = merged.get(key);
      if (known === undefined || path === undefined) {
        merged.set(key, { ...outcome, step: probe.step, ...(path !== undefined && { path }) });
      } else {
        merged.set(key, { ...known, paths: [...(known.paths ?? [known.path!]), path] });
      }
    }
  }
  return [...merged.values()];
}

/** Only faults are merged: that something holds is told of each path. */
function alike(outcome: Outcome, path: string | undefined): string {
  const { code, status, observed, expected } = outcome;
  return JSON.stringify(
    holds(outcome) && status !== 'warn'
      ? [code, path ?? '', observed]
      : [code, status, observed, expected, outcome.note, path === undefined],
  );
}

/** The first failing check along the request path. */
export function causeOf(results: readonly Result[]): Diagnosis['cause'] {
  const first = results.find(({ status }) => status === 'fail');
  return first ? { code: first.code, ...(first.path !== undefined && { path: first.path }) } : null;
}

/** Paths that are declared and cannot be reached from here, each as one skipped check. */
export function unprobedResults({ unprobed = [] }: DoctorRequest): Result[] {
  return unprobed.map(({ name, missing }) => ({
    code: 'REG230',
    step: 'P4',
    status: 'skip',
    path: name,
    note: missing,
  }));
}
