import { PROBES } from '../catalogue';
import type { Compared, Difference } from './compare';
import type { RecordedCheck } from './record';
import { CheckTable } from './check-table';

/** Codes that are named where many were not looked at. */
const NAMED_CODES = 5;

/** What checks said before and say now. */
export function compareChecks(
  before: readonly RecordedCheck[],
  after: readonly RecordedCheck[],
): Compared {
  const then = new CheckTable(before);
  const now = new CheckTable(after);
  const regressions: Difference[] = [];
  const changes: Difference[] = [];
  for (const check of now.worst()) {
    const held = heldOnly(check, then, now);
    if (check.status === 'fail' && held) {
      regressions.push(difference(check, held, check));
    } else if (isNews(check, then)) {
      changes.push(difference(check, then.find(check), check));
    }
  }
  const improvements = then
    .worst()
    .filter(({ status }) => status === 'fail')
    .flatMap((check) => {
      const holds = heldOnly(check, now, then);
      return holds ? [difference(check, check, holds)] : [];
    });
  return {
    regressions,
    improvements,
    changes: [...changes, ...lost(then, now, regressions)],
    unchanged: then.worst().filter((check) => now.statusOf(check) === check.status).length,
  };
}

/**
 * A probe that holds reports its own code, one that fails a more telling one: the check in `there` that held and, in
 * `here`, is or became `check`. Undefined when none held, or the same fault was in `there` already.
 */
function heldOnly(
  check: RecordedCheck,
  there: CheckTable,
  here: CheckTable,
): RecordedCheck | undefined {
  const status = there.statusOf(check);
  if (status !== undefined && status !== 'skip') {
    return status === 'fail' ? undefined : there.find(check);
  }
  return PROBES.filter(({ names = [] }) => names.includes(check.code))
    .map(({ code }) => ({ ...check, code }))
    .filter((own) => there.holds(own) && !here.holds(own))
    .map((own) => there.find(own)!)[0];
}

/** A fault nobody saw before, where nothing held either; or a warning where there was none. */
function isNews(check: RecordedCheck, then: CheckTable): boolean {
  const status = then.statusOf(check);
  return check.status === 'fail' ? status !== 'fail' : check.status === 'warn' && status === 'pass';
}

function difference(
  { code, path }: RecordedCheck,
  before: RecordedCheck | undefined,
  after: RecordedCheck,
): Difference {
  const shown = (check: RecordedCheck): string =>
    [check.code === code ? '' : check.code, check.status, check.observed && `(${check.observed})`]
      .filter(Boolean)
      .join(' ');
  return {
    ...(path !== undefined && { path }),
    subject: code,
    before: before ? shown(before) : 'not told',
    after: shown(after),
  };
}

/** What held and was not looked at now; what a regression explains is no news. */
function lost(then: CheckTable, now: CheckTable, regressions: readonly Difference[]): Difference[] {
  if (regressions.length > 0) {
    return [];
  }
  const codes = then
    .worst()
    .filter((check) => then.holds(check) && !isTold(check, now))
    .map(({ code }) => code);
  const names = [...new Set(codes)];
  return names.length === 0
    ? []
    : [
        {
          subject: `${names.length} ${names.length === 1 ? 'check' : 'checks'} that held`,
          before: codesText(names),
          after: 'skipped or not looked at this time',
        },
      ];
}

/** Whether the probe said something, by whichever of its codes. */
function isTold(check: RecordedCheck, now: CheckTable): boolean {
  const names = PROBES.filter(({ code }) => code === check.code).flatMap((one) => one.names ?? []);
  return [check.code, ...names]
    .map((code) => now.statusOf({ ...check, code }))
    .some((status) => status !== undefined && status !== 'skip');
}

function codesText(codes: readonly string[]): string {
  const more = codes.length - NAMED_CODES;
  return more > 1 ? `${codes.slice(0, NAMED_CODES).join(', ')} and ${more} more` : codes.join(', ');
}
