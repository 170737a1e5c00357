import type { Cursor } from '../cursor';
import type { RegistryView } from '../registry-view';
import { pullReferences } from './pull-references';

/** A Secret by namespace and name, `git/gitea-admin`. */
type SecretId = string;

/** How deep a document may nest before a walk gives up; a pod spec nests some ten levels. */
const DEEPEST = 30;

/**
 * Secrets that feed the forge: those its values and its pods name (administrator, configuration, database), by
 * `namespace/name`.
 */
export function configSecrets(registry: RegistryView): ReadonlySet<SecretId> {
  return registry.remember('secrets of the forge', () => {
    const { values, forges, facts } = registry;
    const ofValues = values.flatMap(({ root, namespace = facts.namespace }) =>
      namespace === undefined ? [] : namesIn(root).map((name) => `${namespace}/${name}`),
    );
    const ofPods = forges.flatMap(({ pod, namespace }) =>
      namesIn(pod).map((name) => `${namespace}/${name}`),
    );
    return new Set([...ofValues, ...ofPods]);
  });
}

/** Secrets with the certificate of the registry's routes. */
export function tlsSecrets({ routes }: RegistryView): ReadonlySet<SecretId> {
  return new Set(
    routes.flatMap(({ tlsSecrets: secrets }) =>
      secrets.map(({ namespace, name }) => `${namespace}/${name}`),
    ),
  );
}

/** Pull secrets the pods of the registry's images name. */
export function namedPullSecrets(registry: RegistryView): ReadonlySet<SecretId> {
  return new Set(
    registry.workloads.flatMap((workload) =>
      pullReferences(registry, workload).references.map(
        ({ namespace, name }) => `${namespace}/${name}`,
      ),
    ),
  );
}

/** Names of Secrets below a place: of references in pods, and of the charts' `existingSecret…` keys. */
function namesIn(place: Cursor, depth = 0): string[] {
  if (depth > DEEPEST) {
    return [];
  }
  return [...place.items(), ...place.entries().map(([, below]) => below)].flatMap((below) =>
    [nameAt(below), ...namesIn(below, depth + 1)].filter((name) => name !== ''),
  );
}

/** Maps whose `name` is that of a Secret (core/v1 EnvVarSource, EnvFromSource, VolumeProjection). */
const REFERENCES = ['secretKeyRef', 'secretRef', 'secret'];

function nameAt(at: Cursor): string {
  const step = `${at.step ?? ''}`;
  if (step === 'secretName' || /^existingSecret(Name)?$/.test(step)) {
    return at.text ?? '';
  }
  return REFERENCES.includes(step) ? (at.get('name').text ?? '') : '';
}
