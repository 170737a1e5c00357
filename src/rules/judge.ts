import type { Estate } from './estate';
import type { Finding } from './finding';
import { asFinding } from './finding';
import { registriesOf } from './registries';
import type { RegistryView } from './registry-view';
import type { Rule, Violation } from './rule';

/** What a run of rules found. */
export interface Verdict {
  /** The registries that were judged, declared or inferred. */
  readonly registries: readonly RegistryView[];
  /** Findings in the order of rules, then of manifests; one for each code and place. */
  readonly findings: readonly Finding[];
}

/** Runs `rules` over everything in `estate`. */
export function judge(estate: Estate, rules: readonly Rule[]): Verdict {
  const registries = registriesOf(estate);
  const findings = rules.flatMap((rule) => findingsOf(rule, estate, registries));
  return { registries, findings };
}

function findingsOf(
  rule: Rule,
  estate: Estate,
  registries: readonly RegistryView[],
): readonly Finding[] {
  const seen = new Set<string>();
  const findings: Finding[] = [];
  const add = (violations: Iterable<Violation>): void => {
    for (const violation of violations) {
      const finding = asFinding(rule, violation);
      // Two registries may share an object; one fault of it is one finding.
      const key = `${finding.object}\n${finding.jsonPath}\n${finding.observed}`;
      if (!seen.has(key)) {
        seen.add(key);
        findings.push(finding);
      }
    }
  };
  for (const registry of rule.judgeRegistry ? registries : []) {
    add(rule.judgeRegistry!(registry));
  }
  if (rule.judgeEstate) {
    add(rule.judgeEstate(estate));
  }
  return inOrder(findings, estate);
}

/** By place of the manifest in the input; findings of one manifest stay as the rule gave them. */
function inOrder(findings: Finding[], estate: Estate): readonly Finding[] {
  if (findings.length < 2) {
    return findings;
  }
  const order = estate.remember(
    'order of manifests',
    () => new Map(estate.manifests.map((manifest, index) => [manifest, index])),
  );
  const indexOf = ({ at }: Finding): number => order.get(at.manifest) ?? -1;
  return findings.sort((a, b) => indexOf(a) - indexOf(b));
}
