import { LABELS } from '../../declaration/labels';
import { ingressControllers } from '../read/ingress-controller';
import type { IngressPolicy, PolicyPort } from '../read/network-policy';
import { hasOtherPolicies, isForPort, mayAdmit } from '../read/network-policy';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { forgePort } from './forge-port';
import { isForControllerOnly, metricsScrape, prometheusPods } from './metrics-scrape';
import type { PolicedPods } from './policed-pods';
import { admissionsOf, deploysPolicies, policedPods } from './policed-pods';

/** REG563: what a NetworkPolicy selects, only those reach whom some policy admits. */
export const networkPolicy: Rule = {
  code: 'REG563',
  slug: 'network-policy',
  title:
    'NetworkPolicies admit ingress controller, metrics scrape and our Jobs to Gitea, and nothing more',
  severity: 'error',
  why: 'a policy that denies by default drops the packets of the ingress controller, which then waits for Gitea until it gives up, while Gitea is well on every other way',
  shows: [
    '`Gateway Timeout` on the host, 401 by port-forward or NodePort',
    'Prometheus: the target of Gitea is down',
  ],
  fix: 'admit the namespace of the ingress controller to the http port of Gitea in a NetworkPolicy, and whatever else is declared',
  links: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  judgeRegistry: (registry) =>
    policedPods(registry).flatMap((pods) => [
      ...missingAdmission(registry, pods),
      ...pods.isolatedBy.filter(isOwn).flatMap((policy) => broadRules(policy, registry)),
    ]),
};

/** A rule that is for the http port, and its policy. */
type Admission = readonly [rule: IngressPolicy['rules'][number], policy: IngressPolicy];

function missingAdmission(registry: RegistryView, pods: PolicedPods): Violation[] {
  if (hasOtherPolicies(registry.estate) || deploysPolicies(registry)) {
    return [];
  }
  const port = forgePort(registry);
  const admissions = pods.policies.flatMap((policy) =>
    policy.rules.filter((rule) => isForPort(rule, port)).map((rule): Admission => [rule, policy]),
  );
  const missing =
    (admissions.length === 0 ? closedPort(registry, pods, port) : undefined) ??
    refusedController(registry, pods, admissions, port) ??
    refusedScrape(registry, pods, admissions, port);
  return missing ? [missing] : [];
}

/** The place to open: of several policies one that admits something already. */
function placeOf({ isolatedBy }: PolicedPods): Violation['at'] {
  return admissionsOf(isolatedBy.find(({ rules }) => rules.length > 0) ?? isolatedBy[0]);
}

function closedPort(registry: RegistryView, pods: PolicedPods, port: PolicyPort): Violation {
  const service = registry.facts.service?.port;
  const ofService = { numbers: new Set([service ?? Number.NaN]), mayBe: () => false };
  const mixedUp = pods.policies.some(({ rules }) =>
    rules.some((rule) => rule.get('ports').isList && isForPort(rule, ofService)),
  );
  const shown = shownPort(port);
  return {
    at: placeOf(pods),
    observed: `the forge's pods are isolated, and nobody is admitted to their http port, ${shown}${mixedUp ? `; port ${service} is the Service's` : ''}`,
    expected: `the ingress controller admitted to port ${shown}`,
    ...(mixedUp && {
      why: 'a NetworkPolicy judges packets as they reach the pod: it sees the targetPort, never the port of the Service',
    }),
  };
}

function refusedController(
  { estate, v2Routes }: RegistryView,
  pods: PolicedPods,
  admissions: readonly Admission[],
  port: PolicyPort,
): Violation | undefined {
  const controllers = ingressControllers(v2Routes, estate);
  const admitted = controllers.some((source) =>
    admissions.some(([rule, policy]) => mayAdmit(rule, policy, source, estate)),
  );
  if (controllers.length === 0 || admitted) {
    return undefined;
  }
  const names = [...new Set(controllers.map(({ namespace }) => `'${namespace}'`))].join(', ');
  return {
    at: placeOf(pods),
    observed: `no rule for port ${shownPort(port)} admits the ingress controller in namespace ${names}`,
    expected: `the pods of namespace ${names} admitted`,
  };
}

function refusedScrape(
  registry: RegistryView,
  pods: PolicedPods,
  admissions: readonly Admission[],
  port: PolicyPort,
): Violation | undefined {
  const scrape = metricsScrape(registry, pods);
  const sources = prometheusPods(registry);
  const refused =
    sources.length > 0
      ? !sources.some((source) =>
          admissions.some(([rule, policy]) => mayAdmit(rule, policy, source, registry.estate)),
        )
      : admissions.every(([rule]) => isForControllerOnly(rule));
  return scrape !== undefined && refused
    ? {
        at: placeOf(pods),
        observed: `${scrape} has port ${shownPort(port)} scraped, to which no Prometheus is admitted`,
        expected: `the namespace of Prometheus admitted to port ${shownPort(port)}`,
        why: 'the packets of Prometheus are dropped: its target is down, and alerts on the registry never fire',
        fix: 'add the namespace of Prometheus to the `from` of the rule for the http port',
      }
    : undefined;
}

function shownPort({ numbers }: PolicyPort): string {
  return [...numbers].join(' or ');
}

const MANAGED_BY = 'app.kubernetes.io/managed-by';

function isOwn({ manifest }: IngressPolicy): boolean {
  return manifest.root.get('metadata', 'labels', MANAGED_BY).text === LABELS[MANAGED_BY];
}

/** A policy of ours admits to http whom the declaration names; ssh may be open to everybody, as git hosting is. */
function broadRules({ rules }: IngressPolicy, registry: RegistryView): Violation[] {
  const port = forgePort(registry);
  return rules
    .filter((rule) => rule.get('from').items().length === 0 && isForPort(rule, port))
    .map((rule) => ({
      at: rule,
      observed: `everybody is admitted${rule.get('ports').items().length === 0 ? ', to every port' : ''}`,
      expected: 'those the registry needs, by namespace and port',
      why: 'a policy of the registry that admits everybody isolates nothing, and looks as if it did',
      fix: 'name the namespace of the ingress controller in `from`, and the http port in `ports`',
    }));
}
