import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import { indexed } from '../estate-index';
import { isServer } from '../read/server-workload';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import type { ConfigSource } from './config-sources';
import { configSources } from './config-sources';
import { restartTrigger } from './restart-trigger';
import { hasUnseenValues } from './unseen-values';
import { valuesLayers } from './values-layers';

/** REG623: the pods read their settings once, at their start. */
export const restartAfterChange: Rule = {
  code: 'REG623',
  slug: 'restart-after-change',
  title: 'a changed config Secret or ConfigMap restarts the pod',
  severity: 'warning',
  why: "settings reach app.ini by an init container, once at the start of the pod; the checksum of the chart covers the chart's own Secrets only, so another one can change for weeks before anything reads it",
  shows: [
    'a new password or setting is in the Secret, and Gitea uses the old one',
    'the change takes effect at the next restart, when nobody thinks of it any more',
  ],
  fix: '`kubectl rollout restart` of the forge now; a checksum of the Secret in `gitea.podAnnotations`, or Reloader, for the next time',
  links: [
    'https://helm.sh/docs/howto/charts_tips_and_tricks/#automatically-roll-deployments',
    'https://github.com/stakater/Reloader',
  ],
  judgeRegistry: (registry) => {
    const sources = registry.values.flatMap(configSources);
    if (sources.length === 0 || hasUnseenValues(registry)) {
      return [];
    }
    const restarts = restartTrigger(annotationsOf(registry), sources);
    const silent = sources.filter((source) => source.counts && !restarts(source));
    // What is named in several places is told at the first.
    const first = indexed(silent, ({ kind, name }) => `${kind} ${name}`);
    return [...first.values()].map(([source]) => violation(source));
  },
};

/** Annotations of the Deployment and its pods: in any layer of values, or rendered. */
function annotationsOf(registry: RegistryView): Cursor[] {
  const roots = [...valuesLayers(registry).flat(), ...registry.values.map(({ root }) => root)];
  return [
    ...roots.flatMap((root) => [
      root.get('gitea', 'podAnnotations'),
      root.get('deployment', 'annotations'),
    ]),
    ...registry.forges
      .filter(isServer)
      .flatMap(({ manifest, podMetadata }) => [
        manifest.root.get('metadata', 'annotations'),
        withoutChartsOwn(podMetadata.get('annotations')),
      ]),
  ];
}

/** The chart's checksum is over its own Secrets only. */
function withoutChartsOwn(annotations: Cursor): Cursor {
  return annotations.embed(
    Object.fromEntries(
      annotations
        .entries()
        .filter(([key]) => key !== 'checksum/config')
        .map(([key, { value }]) => [key, value]),
    ),
  );
}

function violation({ kind, name, at }: ConfigSource): Violation {
  const word = kind.toLowerCase();
  return {
    at,
    observed: `${kind} ${quote(name)} is read at the start of the pod, and no annotation restarts the pod when it changes`,
    expected: 'a checksum among the annotations of the pod, or an annotation of Reloader',
    fix: `\`gitea.podAnnotations: {checksum/${name}: HASH}\`, written anew with each change, or \`deployment.annotations: {${word}.reloader.stakater.com/reload: ${name}}\` where Reloader runs; now \`kubectl rollout restart\``,
  };
}
