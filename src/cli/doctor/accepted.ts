import type { Result } from '../../doctor';
import { globMatches } from '../../rules/glob';
import type { Suppression } from '../../rules/suppression';

/** What suppressions name where a check concerns no single path. */
const WHOLE_REGISTRY = 'registry';

/**
 * Results after suppressions: a fault on the named paths is skipped with the reason. One that is past its day covers
 * nothing and fails itself.
 *
 * @param suppressions their `object` is matched with the name of the access path, or with `registry`
 * @param codes codes a run can report; suppressions of others are for `check`
 * @param today `YYYY-MM-DD`
 */
export function accepted(
  results: readonly Result[],
  suppressions: readonly Suppression[],
  codes: ReadonlySet<string>,
  today: string,
): Result[] {
  const names = new Set([WHOLE_REGISTRY, ...results.flatMap((result) => namesOf(result))]);
  const ours = suppressions.filter(
    ({ code, object }) => codes.has(code) && [...names].some((name) => globMatches(object, name)),
  );
  const valid = ours.filter(({ until }) => until >= today);
  const past = ours.filter(({ until }) => until < today);
  return [...results.flatMap((result) => judged(result, valid)), ...past.map(expired)];
}

function namesOf({ path, paths }: Result): readonly string[] {
  return paths ?? [path ?? WHOLE_REGISTRY];
}

/** What is covered on some of its paths only stays a fault on the others. */
function judged(result: Result, valid: readonly Suppression[]): Result[] {
  const { code, status } = result;
  const by = (name: string): Suppression | undefined =>
    valid.find((one) => one.code === code && globMatches(one.object, name));
  const covered = namesOf(result).filter(by);
  if ((status !== 'fail' && status !== 'warn') || covered.length === 0) {
    return [result];
  }
  const open = namesOf(result).filter((name) => !covered.includes(name));
  const { reason, until } = by(covered[0])!;
  const skipped: Result = {
    ...on(result, covered),
    status: 'skip',
    note: `accepted until ${until}: ${reason}`,
  };
  return [...(open.length > 0 ? [on(result, open)] : []), skipped];
}

function on({ path, paths: _, ...result }: Result, names: readonly string[]): Result {
  return {
    ...result,
    ...(path !== undefined && { path: names[0] }),
    ...(names.length > 1 && { paths: names }),
  };
}

function expired({ code, object, until }: Suppression): Result {
  return {
    code,
    step: 'P1',
    status: 'fail',
    observed: `the suppression for '${object}' until ${until} is past`,
    expected: 'the finding mended, or a new day with a reason',
    fix: { kind: 'text', text: 'mend the finding and remove the suppression, or renew its day' },
  };
}
