import type { Finding } from '../../../rules/finding';
import type { Outcome } from '../../outcome';
import { passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { outcomeOf, ruleFindings } from '../rule-findings';
import { trueFindings } from '../rule-outcomes';
import { noteOf } from '../missing';
import { pullFailures } from './pull-failures';
import { pullingPods } from './pulling-pods';

/** What a pull secret can be: missing, unnamed, malformed, for something else. */
const CODES = ['REG540', 'REG541', 'REG542', 'REG543'] as const;

/**
 * REG540 to REG543 of workloads that do not wait for an image: what will happen when their pods come to a node that
 * does not have it. The node may have a credential of its own, so nothing here is more than a warning.
 */
export async function pullSecrets(sight: Sight): Promise<readonly Outcome[]> {
  const { cluster, declaration } = sight.request;
  const [found, failures, { pods }, secrets] = await Promise.all([
    sight.see(ruleFindings),
    sight.see(pullFailures),
    sight.see(pullingPods),
    cluster?.objects('secrets'),
  ]);
  if (secrets?.missing) {
    return [skipped('REG540', noteOf(secrets.missing))];
  }
  // Without a declaration nobody knows which owners are public.
  const judged = CODES.filter((code) => declaration || !/REG54[01]/.test(code));
  const told = new Set(failures.map(({ code }) => code));
  const outcomes = judged
    .filter((code) => !told.has(code))
    .flatMap((code) => inOne(trueFindings(found?.get(code) ?? [])));
  const isFree = outcomes.length === 0 && failures.length === 0 && pods.length > 0;
  return isFree ? [passed('REG540', 'pull secrets are where their pods look for them')] : outcomes;
}

/** Five thousand pods of one template have one fault. */
function inOne(findings: readonly Finding[]): Outcome[] {
  const [first] = findings;
  if (first === undefined) {
    return [];
  }
  const outcome = outcomeOf(first.severity === 'error' ? { ...first, severity: 'warning' } : first);
  const more = findings.length - 1;
  return [
    more === 0
      ? outcome
      : { ...outcome, observed: `${outcome.observed}; and ${more} more of the kind` },
  ];
}
