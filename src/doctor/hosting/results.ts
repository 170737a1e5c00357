import type { Result } from '../diagnosis';
import type { Comparison, Difference } from './compare';

/** Code of the comparison with a record. */
export const HOSTING_CODE = 'REG565';

/**
 * A comparison as results: each regression fails with both observations, what got better or is different passes with a
 * note, and one line tells how much stands as before.
 */
export function resultsOfComparison(comparison: Comparison): Result[] {
  const { since, regressions, improvements, changes, unchanged } = comparison;
  return [
    ...regressions.map((one) => regression(one, since)),
    ...improvements.map((one) => told('better', one, since)),
    ...changes.map((one) => told('changed', one, since)),
    ...(regressions.length > 0 ? [] : [summary(comparison, unchanged)]),
  ];
}

/** That the run was ended before a comparison could be made. */
export const NOT_COMPARED: Result = {
  ...{ code: HOSTING_CODE, step: 'P11', status: 'skip' },
  note: 'the run ended before git hosting was looked at',
};

function regression(one: Difference, since: string): Result {
  const { subject, before, after } = one;
  return {
    ...{ code: HOSTING_CODE, step: 'P11', status: 'fail', ...placeOf(one) },
    observed: `${subject}: ${after}; before: ${before}`,
    expected: `as at ${since}: ${before}`,
  };
}

function told(word: string, one: Difference, since: string): Result {
  const { subject, before, after } = one;
  const observed = `${word}: ${subject}: ${after}; at ${since}: ${before}`;
  return {
    ...{ code: HOSTING_CODE, step: 'P11', status: 'pass', ...placeOf(one) },
    observed,
    // What passes without a note is left out of short forms.
    note: observed,
  };
}

function summary({ since, improvements, changes }: Comparison, unchanged: number): Result {
  const differing = improvements.length + changes.length;
  return {
    ...{ code: HOSTING_CODE, step: 'P11', status: 'pass' },
    observed: `nothing is worse than at ${since}: ${unchanged} as before, ${differing} different`,
  };
}

function placeOf({ path }: Difference): { readonly path?: string } {
  return path === undefined ? {} : { path };
}
