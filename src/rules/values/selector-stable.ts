import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import { objectName, VALUES } from '../manifest';
import type { Workload } from '../read/workload';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { hasUnseenValues } from './unseen-values';
import type { Layers } from './values-layers';
import { valuesLayers } from './values-layers';

/** REG633: both charts put `deployment.labels` into the selector of the Deployment. */
export const selectorStable: Rule = {
  code: 'REG633',
  slug: 'selector-stable',
  title: "labels that go into the Deployment's selector do not change",
  severity: 'error',
  why: 'the charts write `deployment.labels` into `spec.selector` of the Deployment, which is immutable: the upgrade that changes them fails, and so does every one after it',
  shows: [
    'helm: `Error: UPGRADE FAILED: cannot patch "gitea" with kind Deployment: Deployment.apps "gitea" is invalid: spec.selector: Invalid value: … field is immutable`',
    'the HelmRelease or Application is not Ready with the same words',
  ],
  fix: 'leave `deployment.labels` as they are; or, with a break of service, `kubectl delete deployment NAME` and upgrade at once',
  links: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates',
    'https://gitea.com/gitea/helm-gitea#deployment',
  ],
  judgeRegistry: (registry) =>
    valuesLayers(registry).flatMap((layers) => [
      ...changedSelector(registry, layers),
      ...relabelled(layers),
    ]),
};

/** Labels of the selector that are not from values (`selectorLabels` of both charts). */
const CHARTS_OWN = ['app.kubernetes.io/name', 'app.kubernetes.io/instance'];

/** A label as values set it, or take it away. */
interface ValuesLabel {
  readonly name: string;
  /** Absent: taken away. */
  readonly value?: string;
  readonly at: Cursor;
}

/** The labels a Deployment of the release has in its selector, against those of the values. */
function changedSelector(registry: RegistryView, layers: Layers): Violation[] {
  const labels = mergedLabels(layers);
  const isWhole = layers.length > 0 && knowsAll(registry, layers);
  const faults = deploymentsOf(registry).map((deployment) => [
    ...labels.flatMap((label) => changedLabel(label, deployment)),
    ...(isWhole ? removedLabels(labels, layers, deployment) : []),
  ]);
  // One name may be rendered for several clusters.
  return faults.some((found) => found.length === 0) ? [] : (faults[0] ?? []);
}

function deploymentsOf({ forges, facts }: RegistryView): Workload[] {
  const deployments = forges.filter(
    ({ manifest }) =>
      manifest.kind === 'Deployment' &&
      CHARTS_OWN.every((name) => selectorOf(manifest.root).get(name).text !== undefined),
  );
  const releases = new Set(deployments.map(({ manifest }) => instanceOf(manifest.root)));
  const [only] = releases;
  const wanted = facts.releaseName ?? (releases.size === 1 ? only : undefined);
  return deployments.filter(({ manifest }) => instanceOf(manifest.root) === wanted);
}

function selectorOf(deployment: Cursor): Cursor {
  return deployment.get('spec', 'selector', 'matchLabels');
}

function instanceOf(deployment: Cursor): string | undefined {
  return selectorOf(deployment).get('app.kubernetes.io/instance').text;
}

function changedLabel(
  { name, value, at }: ValuesLabel,
  { manifest }: Workload,
): readonly Violation[] {
  const selected = selectorOf(manifest.root).get(name).text;
  return selected === value
    ? []
    : [
        {
          at,
          observed: `label ${described(name, value)}, while ${objectName(manifest)} selects ${described(name, selected)}`,
          expected: `${described(name, selected)}, as the selector has it`,
        },
      ];
}

function removedLabels(
  labels: readonly ValuesLabel[],
  layers: Layers,
  { manifest }: Workload,
): Violation[] {
  return selectorOf(manifest.root)
    .entries()
    .filter(([name]) => !CHARTS_OWN.includes(name) && !labels.some((label) => label.name === name))
    .map(([name, { text }]) => ({
      at: layers[layers.length - 1].get('deployment', 'labels').nearest,
      observed: `no label ${quote(name)}, while ${objectName(manifest)} selects ${described(name, text)}`,
      expected: described(name, text),
    }));
}

function described(name: string, value: string | undefined): string {
  return value === undefined ? `no ${quote(name)}` : quote(`${name}: ${value}`);
}

/** Whether nothing is laid over or below these values: a bare file tells nothing of it, unless the declaration does. */
function knowsAll(registry: RegistryView, layers: Layers): boolean {
  const isBare = layers.every(({ manifest }) => manifest.kind === VALUES);
  const isNamed = (registry.declaration?.release.valuesFiles ?? []).length > 0;
  return (!isBare || isNamed) && !hasUnseenValues(registry);
}

/** The labels in the end: of one name the highest layer counts, and null takes a label away. */
function mergedLabels(layers: Layers): readonly ValuesLabel[] {
  return [...new Map(layers.flatMap(labelsOf).map((label) => [label.name, label])).values()];
}

function labelsOf(root: Cursor): ValuesLabel[] {
  return root
    .get('deployment', 'labels')
    .entries()
    .map(([name, at]) => ({ name, at, ...(at.scalar !== undefined && { value: at.scalar }) }));
}

/** A higher layer that changes a label: fine from the first install on, and never after it. */
function relabelled(layers: Layers): Violation[] {
  return layers.flatMap((root, index) =>
    labelsOf(root).flatMap(({ name, value, at }) => {
      const lower = mergedLabels(layers.slice(0, index)).find((label) => label.name === name);
      return lower === undefined || lower.value === value
        ? []
        : [
            {
              at,
              severity: 'info' as const,
              observed: `label ${described(name, value)}, over ${described(name, lower.value)} of a lower document`,
              expected: `${described(name, lower.value)}, where a release was ever installed with it`,
            },
          ];
    }),
  );
}
