import type { Diagnosis } from '../diagnosis';
import type { Outcome, Status } from '../outcome';
import type { Hosting, HostingSubject } from './look';
import type { HostingObservation } from './observation';

/** Version of {@link HostingRecord}. */
export const RECORD_VERSION = '1';

/** One check of a record. */
export interface RecordedCheck {
  readonly code: string;
  /** Name of the access path; absent for what concerns the registry as a whole. */
  readonly path?: string;
  readonly status: Status;
  /** What was seen, or why nothing was. */
  readonly observed?: string;
}

/** What a registry and the git hosting beside it answered at one time. A JSON document without credentials. */
export interface HostingRecord {
  readonly schemaVersion: typeof RECORD_VERSION;
  /** ISO 8601 in UTC, `2026-11-21T10:00:00.000Z`. */
  readonly takenAt: string;
  /** `host[:port]` of image references. */
  readonly host: string;
  /** Product and version. @default - the API did not tell */
  readonly server?: string;
  /** `owner/repo` fetch and push were asked of. @default - none was known */
  readonly repository?: string;
  readonly hosting: readonly HostingObservation[];
  /** By code, then by path. */
  readonly checks: readonly RecordedCheck[];
}

/**
 * The record of a run.
 *
 * @param takenAt ISO 8601 in UTC
 * @param clean takes credentials of the run out of a text
 */
export function recordOf(
  { host, server, results }: Pick<Diagnosis, 'host' | 'server' | 'results'>,
  { repository, observations }: Hosting,
  takenAt: string,
  clean: (text: string) => string,
): HostingRecord {
  const checks = results.flatMap(({ paths, path, ...outcome }) =>
    (paths ?? [path]).map((name) => checkOf(outcome, name, clean)),
  );
  return {
    schemaVersion: RECORD_VERSION,
    takenAt,
    host,
    ...(server !== undefined && { server: clean(server) }),
    ...(repository !== undefined && { repository }),
    hosting: observations.map((one) => ({ ...one, observed: clean(one.observed) })),
    checks: checks.sort(byCodeAndPath),
  };
}

/** What to look at so that a new record can be compared with this one. */
export function subjectOf({ repository, hosting }: HostingRecord): HostingSubject {
  const ssh = hosting.find(({ surface }) => surface === 'ssh')?.asked;
  return {
    ...(repository !== undefined && { repository }),
    ...(ssh !== undefined && { ssh }),
  };
}

function checkOf(
  { code, status, observed, note }: Outcome,
  path: string | undefined,
  clean: (text: string) => string,
): RecordedCheck {
  const text = observed ?? note;
  return {
    code,
    ...(path !== undefined && { path }),
    status,
    ...(text !== undefined && { observed: clean(text) }),
  };
}

function byCodeAndPath(one: RecordedCheck, other: RecordedCheck): number {
  const [left, right] = [one, other].map(({ code, path = '' }) => `${code} ${path}`);
  return left < right ? -1 : Number(left > right);
}
