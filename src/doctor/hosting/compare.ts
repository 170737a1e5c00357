import { refuse } from '../../declaration/problem';
import { compareChecks } from './compare-checks';
import { compareHosting } from './compare-hosting';
import type { HostingRecord } from './record';
import { RECORD_VERSION } from './record';

/** Something that is not as it was. */
export interface Difference {
  /** Name of the access path; absent for what concerns the registry as a whole. */
  readonly path?: string;
  /** What differs: `the login page`, `REG230`. */
  readonly subject: string;
  /** What was seen before, in one line. */
  readonly before: string;
  /** What is seen now, in one line. */
  readonly after: string;
}

/** What became of the parts two records have in common. */
export interface Comparison {
  /** ISO 8601 of the record before. */
  readonly since: string;
  /** What worked, and does not. */
  readonly regressions: readonly Difference[];
  /** What did not work, and does. */
  readonly improvements: readonly Difference[];
  /** What is different and no worse, and what could not be compared. */
  readonly changes: readonly Difference[];
  /** How many parts stand as before. */
  readonly unchanged: number;
}

/** Differences of some parts. */
export type Compared = Omit<Comparison, 'since'>;

/**
 * Compares two records of one host.
 *
 * @throws DeclarationError as {@link refuseForeign}
 */
export function compareRecords(before: HostingRecord, after: HostingRecord): Comparison {
  refuseForeign(before, after.host);
  const hosting = compareHosting(before.hosting, after.hosting);
  const checks = compareChecks(before.checks, after.checks);
  return {
    since: before.takenAt,
    regressions: [...hosting.regressions, ...checks.regressions],
    improvements: [...hosting.improvements, ...checks.improvements],
    changes: [...hosting.changes, ...checks.changes],
    unchanged: hosting.unchanged + checks.unchanged,
  };
}

/**
 * Refuses a record that says nothing of a host.
 *
 * @param host `host[:port]` that is looked at
 * @throws DeclarationError REG110 for a record of another host, REG660 for one of another version
 */
export function refuseForeign(record: HostingRecord, host: string): void {
  if (record.schemaVersion !== RECORD_VERSION) {
    refuse('schemaVersion', record.schemaVersion, `must be '${RECORD_VERSION}'`, 'REG660');
  }
  if (record.host.toLowerCase() !== host.toLowerCase()) {
    refuse(
      'host',
      record.host,
      `must be '${host}', the host that is looked at: compare with a record of the same host`,
      'REG110',
    );
  }
}
