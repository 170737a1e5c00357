import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { Rule, Violation } from '../rule';

/** What helm-controller of k3s does with a failed release. */
const SAFE = ['abort', 'retry'];

/** REG650: the default of helm-controller answers a failed upgrade by uninstalling the release. */
export const helmchartFailurePolicy: Rule = {
  code: 'REG650',
  slug: 'helmchart-failure-policy',
  title: 'a k3s HelmChart or HelmChartConfig never reinstalls on failure',
  severity: 'error',
  gate: 'k3s and RKE2 (helm-controller)',
  why: 'the default `reinstall` uninstalls the release and installs it anew: a stateful forge, or the ingress of everything, goes down with one bad value',
  shows: [
    '`kubectl -n kube-system logs job/helm-install-NAME`: `Uninstalling …` after a failed upgrade',
    'every Ingress of the cluster is down for minutes after a HelmChartConfig was edited',
  ],
  fix: '`failurePolicy: abort`',
  links: ['https://docs.k3s.io/helm#helmchart-field-definitions'],
  judgeEstate: (estate) => chartsOfOurs(estate).flatMap(policyViolation),
};

function chartsOfOurs(estate: Estate): Cursor[] {
  const ours = new Set(estate.values.map(({ manifest }) => manifest));
  return estate
    .ofKind('HelmChart', 'HelmChartConfig')
    .filter((manifest) => ours.has(manifest))
    .map(({ root }) => root.get('spec'));
}

function policyViolation(spec: Cursor): Violation[] {
  const policy = spec.get('failurePolicy');
  if (SAFE.includes(policy.text ?? '')) {
    return [];
  }
  return [
    {
      at: policy.exists ? policy : spec,
      observed: policy.exists
        ? `failurePolicy '${policy.scalar}'`
        : 'no failurePolicy, which is `reinstall`',
      expected: '`abort` or `retry`',
    },
  ];
}
