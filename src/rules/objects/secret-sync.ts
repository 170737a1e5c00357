import { quote } from '../../declaration/problem';
import { declaredPlaces } from '../../declaration/pull-secret-reach';
import type { Cursor } from '../cursor';
import { indexed } from '../estate-index';
import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import { groupOf } from '../manifest';
import type { SecretSource } from '../read/pull-secret';
import { DOCKER_CONFIG_KEY, DOCKER_CONFIG_TYPE, namespaceSelectors } from '../read/pull-secret';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { configSecrets, namedPullSecrets, tlsSecrets } from './owned-secrets';
import { pullSecretsOf, sourcesOf } from './pull-secrets';

/** REG545: an ExternalSecret that the operator does not serve, or that makes another Secret than meant, is silent. */
export const secretSync: Rule = {
  code: 'REG545',
  slug: 'secret-sync',
  title: 'pull and config secrets from External Secrets use a served API version and are synced',
  severity: 'error',
  gate: 'External Secrets Operator from 0.17 on no longer serves v1beta1',
  why: 'the operator serves `external-secrets.io/v1` only; without a template of the right type it writes an Opaque Secret, and a namespace without the label gets none: pods then start without the Secret',
  shows: [
    'kubectl apply: `no matches for kind "ExternalSecret" in version "external-secrets.io/v1beta1"`',
    '`kubectl get clusterexternalsecret`: READY, and no Secret in the namespace that lacks the label',
    '`kubectl get secret gitea-pull -n shop` shows type Opaque',
  ],
  fix: 'write `apiVersion: external-secrets.io/v1`, a template with type and key, and label the namespaces',
  links: [
    'https://github.com/external-secrets/external-secrets/pull/4758',
    'https://external-secrets.io/latest/api/clusterexternalsecret/',
  ],
  judgeRegistry: (registry) => [
    ...unservedVersions(registry),
    ...pullSecretsOf(registry).filter(isExternal).flatMap(frameViolations),
    ...selectNothing(registry),
    ...unselected(registry),
  ],
};

const GROUP = 'external-secrets.io';

function isExternal({ manifest }: SecretSource): boolean {
  return groupOf(manifest) === GROUP;
}

/** The External Secrets of a registry, and the stores they read. */
function unservedVersions(registry: RegistryView): Violation[] {
  const sources = ownedSources(registry).filter(isExternal);
  const stores = sources.flatMap((source) => storesOf(registry.estate, source));
  return [...new Set([...sources.map(({ manifest }) => manifest), ...stores])]
    .filter(
      (manifest) => groupOf(manifest) === GROUP && /\/v1(alpha|beta)\d+$/.test(manifest.apiVersion),
    )
    .map(({ root, apiVersion }) => ({
      at: root.get('apiVersion'),
      observed: `apiVersion ${quote(apiVersion)}, no longer served`,
      expected: `'${GROUP}/v1'`,
      fix: `write ${GROUP}/v1`,
    }));
}

/** What makes Secrets that a registry needs: to pull, to configure the forge, to serve TLS. */
function ownedSources(registry: RegistryView): SecretSource[] {
  const ids = [...configSecrets(registry), ...tlsSecrets(registry)];
  const named = ids.flatMap((id) => {
    const slash = id.indexOf('/');
    const name = id.slice(slash + 1);
    return sourcesOf(registry.estate, { namespace: id.slice(0, slash), name });
  });
  return [...new Set([...pullSecretsOf(registry), ...named])];
}

/** The store an External Secret reads, where it is among the manifests. */
function storesOf(estate: Estate, { manifest, namespace = '' }: SecretSource): Manifest[] {
  const spec = manifest.root.get('spec');
  const reference = (namespace === '' ? spec.get('externalSecretSpec') : spec).get(
    'secretStoreRef',
  );
  const name = reference.get('name').text ?? '';
  return reference.get('kind').text === 'ClusterSecretStore'
    ? (clusterStores(estate).get(name) ?? [])
    : [estate.object('SecretStore', namespace, name) ?? []].flat();
}

function clusterStores(estate: Estate): ReadonlyMap<string, Manifest[]> {
  return estate.remember('cluster secret stores', () =>
    indexed(estate.ofKind('ClusterSecretStore'), ({ name }) => name),
  );
}

/** A Secret without the type or the key is no pull secret. One merged into another's Secret is judged there. */
function frameViolations(source: SecretSource): Violation[] {
  const { manifest, type, typeAt, hasKey, dataAt } = source;
  if (/^(Merge|None)$/.test(creationPolicy(manifest).text ?? '')) {
    return [];
  }
  const faults = [
    ...(type === DOCKER_CONFIG_TYPE ? [] : [wrongType(source)]),
    ...(hasKey === false ? [`nothing writes the key '${DOCKER_CONFIG_KEY}'`] : []),
  ];
  return faults.length === 0
    ? []
    : [
        {
          at: (type === DOCKER_CONFIG_TYPE ? dataAt : typeAt).nearest,
          observed: faults.join(', and '),
          expected: `a template with type '${DOCKER_CONFIG_TYPE}' and '${DOCKER_CONFIG_KEY}' in its data`,
        },
      ];
}

function wrongType({ type }: SecretSource): string {
  return type === undefined
    ? 'no template type: the Secret is Opaque'
    : `template type ${quote(type)}`;
}

function creationPolicy({ root }: Manifest): Cursor {
  const spec = root.get('spec');
  const inner = spec.get('externalSecretSpec');
  return (inner.exists ? inner : spec).get('target', 'creationPolicy');
}

/** Cluster-wide pull secrets that no namespace can get. */
function selectNothing(registry: RegistryView): Violation[] {
  return pullSecretsOf(registry)
    .filter(isExternal)
    .map(({ manifest }) => manifest)
    .filter(({ kind, root }) => kind === CLUSTER_WIDE && isUnselective(root.get('spec')))
    .map(({ root }) => ({
      at: root.get('spec'),
      observed: 'no namespace is named and none is selected',
      expected: '`namespaceSelectors`',
    }));
}

const CLUSTER_WIDE = 'ClusterExternalSecret';

function isUnselective(spec: Cursor): boolean {
  return spec.get('namespaces').items().length === 0 && namespaceSelectors(spec).length === 0;
}

/** Namespaces whose pods name a cluster-wide pull secret that does not select them. */
function unselected(registry: RegistryView): Violation[] {
  const { estate } = registry;
  const byName = estate.remember('cluster-wide external secrets by name', () =>
    indexed(
      estate.secretSources.filter(({ manifest }) => manifest.kind === CLUSTER_WIDE),
      ({ name }) => name,
    ),
  );
  return neededSecrets(registry).flatMap((needed) => {
    const sources = byName.get(needed.name) ?? [];
    const lacking = sources.length > 0 && sourcesOf(estate, needed).length === 0;
    return lacking ? [unlabelled(estate, needed.namespace, sources[0])] : [];
  });
}

interface NeededSecret {
  readonly namespace: string;
  readonly name: string;
}

/** Pull secrets the declaration or a pod names, each once. */
function neededSecrets(registry: RegistryView): NeededSecret[] {
  const ids = new Set([
    ...namedPullSecrets(registry),
    ...(registry.declaration ? declaredPlaces(registry.declaration) : []).map(
      ({ namespace, name }) => `${namespace}/${name}`,
    ),
  ]);
  return [...ids].map((id) => {
    const slash = id.indexOf('/');
    return { namespace: id.slice(0, slash), name: id.slice(slash + 1) };
  });
}

function unlabelled(estate: Estate, namespace: string, { manifest }: SecretSource): Violation {
  const rendered = estate.remember('namespaces by name', () =>
    indexed(estate.ofKind('Namespace'), ({ name }) => name),
  );
  const at = rendered.get(namespace)?.[0].root.get('metadata', 'labels');
  const spec = manifest.root.get('spec');
  const labels = namespaceSelectors(spec).flatMap((selector) =>
    selector.get('matchLabels').entries(),
  );
  const wanted = labels.map(([name, { text = '' }]) => quote(`${name}: ${text}`));
  return {
    at: at?.nearest ?? spec,
    observed: `namespace '${namespace}' is not selected by ${CLUSTER_WIDE} '${manifest.name}', whose Secret its pods name`,
    expected:
      wanted.length > 0
        ? `the label ${wanted.join(' or ')}`
        : 'a selector that takes the namespace',
    fix: `label the namespace, or add it to \`namespaceSelectors\` of ${CLUSTER_WIDE} ${manifest.name}`,
  };
}
