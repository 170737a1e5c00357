import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import type { KnownLabels } from '../read/known-labels';
import { mayMatch, renderedLabels, someLabels, surelyMatches } from '../read/known-labels';
import type { IngressPolicy } from '../read/network-policy';
import { ingressPolicies } from '../read/network-policy';
import { isServer } from '../read/server-workload';
import type { RegistryView } from '../registry-view';

/** Pods of the forge that are alike, and what decides who may reach them. */
export interface PolicedPods {
  readonly labels: KnownLabels;
  /** Namespace, where written. */
  readonly namespace?: string;
  /** Policies that select them for sure; there is one at least. */
  readonly isolatedBy: readonly IngressPolicy[];
  /** Those, and policies that may select them: all permissions add up. */
  readonly policies: readonly IngressPolicy[];
}

/** The pods of the forge some NetworkPolicy isolates. */
export function policedPods(registry: RegistryView): PolicedPods[] {
  const policies = ingressPolicies(registry.estate);
  return podsOf(registry).flatMap(({ namespace, labels }) => {
    const near = policies.filter(({ manifest }) => isNear(manifest, namespace));
    const isolatedBy = policies.filter(
      ({ manifest, podSelector }) =>
        manifest.namespace === namespace && surelyMatches(podSelector, labels),
    );
    return isolatedBy.length === 0
      ? []
      : [
          {
            labels,
            isolatedBy,
            policies: near.filter(({ podSelector }) => mayMatch(podSelector, labels)),
            ...(namespace !== undefined && { namespace }),
          },
        ];
  });
}

/** What names no namespace lands where the tool that applies it decides. */
function isNear({ namespace }: Manifest, wanted: string | undefined): boolean {
  return namespace === undefined || wanted === undefined || namespace === wanted;
}

type Pods = Pick<PolicedPods, 'labels' | 'namespace'>;

function podsOf(registry: RegistryView): Pods[] {
  const servers = registry.forges.filter(isServer);
  return servers.length > 0
    ? servers.map(({ manifest: { namespace }, podMetadata }) => ({
        labels: renderedLabels(podMetadata.get('labels')),
        ...(namespace !== undefined && { namespace }),
      }))
    : chartPods(registry);
}

/** What the charts make of the release: `selectorLabels` of their templates, and `app`. */
function chartPods({ facts, values, declaration }: RegistryView): Pods[] {
  const written = (key: string): string | undefined =>
    values.map(({ root }) => root.get(key).text).find((text) => text);
  const { flavor, releaseName } = facts;
  const namespace = written('namespace') ?? written('namespaceOverride') ?? facts.namespace;
  const name = written('nameOverride') ?? flavor;
  if (namespace === undefined || (values.length === 0 && declaration === undefined)) {
    return [];
  }
  const labels = someLabels({
    app: name,
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': releaseName,
  });
  return [{ labels, namespace }];
}

/** Whether values bring policies of their own, which nobody reads here. */
export function deploysPolicies({ values }: RegistryView): boolean {
  return values.some(({ root }) =>
    root
      .get('extraDeploy')
      .items()
      .some(({ value }) => JSON.stringify(value)?.includes('NetworkPolicy')),
  );
}

/** Where a policy says what it admits. */
export function admissionsOf({ manifest: { root } }: IngressPolicy): Cursor {
  const spec = root.get('spec');
  const ingress = spec.get('ingress');
  return ingress.exists ? ingress : spec;
}
