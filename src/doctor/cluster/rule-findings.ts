import { judge, RULES } from '../../rules';
import type { Finding } from '../../rules/finding';
import type { Outcome } from '../outcome';
import { broken } from '../outcome';
import type { Observation } from '../sight';
import { serverText } from '../../client/server-text';
import { liveEstate, RELEASE_ORIGIN } from './live-estate';

/**
 * What the rules of `check` find in the live objects, by code; undefined without a cluster. The same truth has the same
 * code whether it is read from rendered YAML or from the cluster.
 */
export const ruleFindings: Observation<
  ReadonlyMap<string, readonly Finding[]> | undefined
> = async (sight) => {
  const live = await sight.see(liveEstate);
  if (live === undefined) {
    return undefined;
  }
  const found = new Map<string, Finding[]>();
  for (const finding of judge(live.estate, RULES).findings) {
    const { code, origin } = finding;
    // The form a release is shown to the rules in is ours, not the user's.
    if (code !== 'REG651' || origin.file !== RELEASE_ORIGIN) {
      found.set(code, [...(found.get(code) ?? []), finding]);
    }
  }
  return found;
};

/** Characters of one sentence of a rule. */
const MOST = 600;

/** A finding of a rule as the outcome of a probe. */
export function outcomeOf({
  code,
  severity,
  object,
  jsonPath,
  observed,
  expected,
  why,
  fix,
}: Finding): Outcome {
  const place = jsonPath === '' ? object : `${object} at ${jsonPath}`;
  return broken(code, {
    severity,
    observed: serverText(`${place}: ${observed}`, MOST),
    expected: serverText(expected, MOST),
    why,
    fix: { kind: 'text', text: serverText(fix, MOST) },
  });
}
