import { longestGap } from './schedule-gap';
import type { Backup } from './backups';

const HOUR = 3_600_000;

/** Oldest last success of something that runs each day: a day, and time to run. */
const USUAL_AGE = 26 * HOUR;

/** Time a run may take, beside the time between two runs. */
const SLACK = 2 * HOUR;

/** A job with its last success, as far as freshness goes. */
export type Run = Pick<Backup, 'schedule' | 'isSuspended' | 'lastSuccess' | 'created'>;

/**
 * What is wrong with the runs of a job; undefined when it is fresh, or too young to have run.
 *
 * @param now milliseconds since 1970
 * @param usual age that is fine whatever the schedule. @default 26 hours
 */
export function staleness(
  { schedule, isSuspended, lastSuccess, created }: Run,
  now: number,
  usual = USUAL_AGE,
): string | undefined {
  const allowed = Math.max(usual, (longestGap(schedule ?? '') ?? 0) + SLACK);
  const since = now - Date.parse(lastSuccess ?? created ?? '');
  if (isSuspended) {
    return `suspended, last success ${lastSuccess ?? 'unknown'}`;
  }
  if (lastSuccess === undefined) {
    return since <= allowed ? undefined : 'it never succeeded';
  }
  return since <= allowed
    ? undefined
    : `last success ${lastSuccess}, ${Math.floor(since / HOUR)} hours ago`;
}
