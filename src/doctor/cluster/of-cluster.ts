import type { Probe, Step } from '../probe';
import type * as ruleOutcomes from './rule-outcomes';
import type { LiveRule } from './rule-outcomes';

/** A probe that reads the cluster only, and waits for nothing of the network. What it needs is loaded on use. */
export function ofCluster(
  step: Step,
  code: string,
  reads: string,
  decide: Probe['decide'],
  names: readonly string[] = [],
): Probe {
  return {
    ...{ code, step, scope: 'registry', needs: [], names, decide },
    sends: `kubectl get ${reads}`,
    isAsked: ({ cluster }) => cluster !== undefined,
  };
}

/** A probe that lets a rule of `check` judge the live objects. */
export function byRule(step: Step, rule: LiveRule): Probe {
  return ofCluster(step, rule.code, rule.reads.map(resourceOf).join(', '), (sight) =>
    (require('./rule-outcomes') as typeof ruleOutcomes).ruleOutcomes(sight, rule),
  );
}

/** Releases of Helm are in Secrets and ConfigMaps. */
function resourceOf(what: string): string {
  return what === 'releases' ? 'secrets, configmaps' : what;
}
