import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import { namespaceOrDefault } from '../manifest';
import { labelsAsked, selectorMatches } from './label-selector';
import type { Reach } from './secret-copies';
import { isCopy, reachOfCopies } from './secret-copies';

/** Type of a Secret that kubelet takes as a pull secret. */
export const DOCKER_CONFIG_TYPE = 'kubernetes.io/dockerconfigjson';

/** Its one key. */
export const DOCKER_CONFIG_KEY = '.dockerconfigjson';

/** A docker config that is written in the clear. */
export interface WrittenConfig {
  readonly at: Cursor;
  /** The config itself: what stands at `at`, decoded where it is base64. */
  readonly text: string;
  /** Whether base64 stands at `at`: a Secret's `data`. */
  readonly encoded: boolean;
  /** Whether it is a Go template of the External Secrets Operator. */
  readonly template: boolean;
}

/** Something that puts a Secret into namespaces. */
export interface SecretSource {
  readonly manifest: Manifest;
  /** Name of the Secret. */
  readonly name: string;
  /** Namespace it is certainly in; absent for what is made for many. */
  readonly namespace?: string;
  /** Whether the Secret reaches a namespace. `unknown`: by labels of a namespace nobody rendered. */
  readonly reaches: Reach;
  /** Whether it may reach other namespaces than its own. */
  readonly spreads: boolean;
  /** Type of the Secret, where written. */
  readonly type?: string;
  /** Where the type is written, or should be. */
  readonly typeAt: Cursor;
  /** Whether the Secret will hold {@link DOCKER_CONFIG_KEY}. */
  readonly hasKey: boolean | 'unknown';
  /** Where the keys of the Secret stand, or should. */
  readonly dataAt: Cursor;
  readonly config?: WrittenConfig;
}

/** Labels of the namespaces that are rendered, by name. */
export type NamespaceLabels = ReadonlyMap<string, Cursor>;

/** Kinds that make Secrets. */
export const SECRET_KINDS = [
  'Secret',
  'ExternalSecret',
  'ClusterExternalSecret',
  'SealedSecret',
  'VaultStaticSecret',
  'OnePasswordItem',
  'SecretProviderClass',
  'SopsSecret',
] as const;

/** The Secrets a manifest makes, wherever they go; none for kinds that make none. */
export function secretSources(manifest: Manifest, namespaces: NamespaceLabels): SecretSource[] {
  const { root } = manifest;
  switch (manifest.kind) {
    case 'Secret':
      return [ofSecret(manifest)];
    case 'ExternalSecret':
      return [ofExternalSecret(manifest)];
    case 'ClusterExternalSecret':
      return [ofClusterExternalSecret(manifest, namespaces)];
    case 'SealedSecret':
      return [ofSealedSecret(manifest)];
    case 'VaultStaticSecret':
      return elsewhere(manifest, [root.get('spec', 'destination')], 'name');
    case 'OnePasswordItem':
      return elsewhere(manifest, [root], undefined);
    case 'SecretProviderClass':
      return elsewhere(manifest, root.get('spec', 'secretObjects').items(), 'secretName');
    case 'SopsSecret':
      return elsewhere(manifest, root.get('spec', 'secretTemplates').items(), 'name');
    default:
      return [];
  }
}

/** What SOPS encrypted cannot be read; some readers drop the ciphertext, and its keys with it. */
function ofSecret(manifest: Manifest): SecretSource {
  const { root } = manifest;
  const annotations = root.get('metadata', 'annotations');
  const isEncrypted = root.get('sops').exists;
  const config = isEncrypted ? undefined : secretConfig(root);
  const fields = [root.get('data'), root.get('stringData')];
  return {
    manifest,
    name: manifest.name,
    ...placed(manifest, annotations),
    ...typed(root.get('type')),
    hasKey: config !== undefined || ((isEncrypted || isCopy(annotations)) && 'unknown'),
    dataAt: fields.find(({ exists }) => exists) ?? root,
    ...(config && { config }),
  };
}

/** `stringData` wins over `data` (core/v1 Secret). */
function secretConfig(root: Cursor): WrittenConfig | undefined {
  const plain = root.get('stringData', DOCKER_CONFIG_KEY);
  if (plain.text !== undefined) {
    return { at: plain, text: plain.text, encoded: false, template: false };
  }
  const at = root.get('data', DOCKER_CONFIG_KEY);
  return at.text === undefined
    ? undefined
    : {
        at,
        text: Buffer.from(at.text, 'base64').toString('utf8'),
        encoded: true,
        template: false,
      };
}

function typed(typeAt: Cursor): Pick<SecretSource, 'type' | 'typeAt'> {
  return { typeAt, ...(typeAt.text !== undefined && { type: typeAt.text }) };
}

/** Reach of a Secret in the namespace of its maker, copies by annotation included. */
function placed(
  manifest: Manifest,
  annotations: Cursor,
): Pick<SecretSource, 'namespace' | 'reaches' | 'spreads'> {
  const namespace = namespaceOrDefault(manifest);
  const copies = reachOfCopies(annotations);
  return {
    namespace,
    reaches: (other) => other === namespace || (copies?.(other) ?? false),
    spreads: copies !== undefined,
  };
}

function ofExternalSecret(manifest: Manifest): SecretSource {
  const spec = manifest.root.get('spec');
  const target = spec.get('target');
  return {
    manifest,
    name: target.get('name').text || manifest.name,
    ...placed(manifest, target.get('template', 'metadata', 'annotations')),
    ...synced(spec),
  };
}

function ofClusterExternalSecret(manifest: Manifest, namespaces: NamespaceLabels): SecretSource {
  const spec = manifest.root.get('spec');
  const inner = spec.get('externalSecretSpec');
  return {
    manifest,
    name: inner.get('target', 'name').text || spec.get('externalSecretName').text || manifest.name,
    reaches: selection(spec, namespaces),
    spreads: true,
    ...synced(inner),
  };
}

/** What the spec of an ExternalSecret puts into its Secret. */
function synced(spec: Cursor): Omit<SecretSource, 'manifest' | 'name' | 'reaches' | 'spreads'> {
  const template = spec.get('target', 'template');
  const at = template.get('data', DOCKER_CONFIG_KEY);
  return {
    ...typed(template.get('type')),
    hasKey: at.exists || syncedKey(spec, template),
    dataAt: template.get('data'),
    ...(at.text !== undefined && {
      config: { at, text: at.text, encoded: false, template: true },
    }),
  };
}

/** Without a template's data (or merged with it) the keys of the store become those of the Secret. */
function syncedKey(spec: Cursor, template: Cursor): boolean | 'unknown' {
  const replaced = template.get('data').exists && template.get('mergePolicy').text !== 'Merge';
  const named = spec
    .get('data')
    .items()
    .some((entry) => entry.get('secretKey').text === DOCKER_CONFIG_KEY);
  if (named && !replaced) {
    return true;
  }
  const open = template.get('templateFrom').exists || (!replaced && spec.get('dataFrom').exists);
  return open && 'unknown';
}

/** The label every namespace has, rendered or not (Kubernetes 1.22). */
const NAME_LABEL = 'kubernetes.io/metadata.name';

/** `namespaces` by name, `namespaceSelectors` (any of them) or the older `namespaceSelector` by label. */
function selection(spec: Cursor, namespaces: NamespaceLabels): Reach {
  const listed = new Set(
    spec
      .get('namespaces')
      .items()
      .map(({ text }) => text),
  );
  const selectors = namespaceSelectors(spec).map((selector) => ({
    selector,
    byName: labelsAsked(selector).every((name) => name === NAME_LABEL),
  }));
  return (namespace) => {
    const labels = namespaces.get(namespace);
    const labelOf = (name: string): string | undefined =>
      name === NAME_LABEL ? namespace : labels?.get(name).text;
    const answers = selectors.map(({ selector, byName }) =>
      labels || byName ? selectorMatches(selector, labelOf) : 'unknown',
    );
    return (
      listed.has(namespace) || answers.includes(true) || (answers.includes('unknown') && 'unknown')
    );
  };
}

/** The selectors of a ClusterExternalSecret; any of them is enough. */
export function namespaceSelectors(spec: Cursor): Cursor[] {
  return [...spec.get('namespaceSelectors').items(), spec.get('namespaceSelector')].filter(
    ({ exists }) => exists,
  );
}

/** A SealedSecret makes a Secret of its own name and namespace; its content cannot be read. */
function ofSealedSecret(manifest: Manifest): SecretSource {
  const spec = manifest.root.get('spec');
  const template = spec.get('template');
  const sealed = spec.get('encryptedData');
  return {
    manifest,
    name: manifest.name,
    ...placed(manifest, template.get('metadata', 'annotations')),
    ...typed(template.get('type')),
    hasKey:
      sealed.get(DOCKER_CONFIG_KEY).exists ||
      template.get('data', DOCKER_CONFIG_KEY).exists ||
      // Before `encryptedData` (0.7) the whole Secret was one ciphertext.
      (spec.get('data').exists && 'unknown'),
    dataAt: sealed.exists ? sealed : spec,
  };
}

/** Secrets of operators whose content is in a store: a name, a type, nothing else. */
function elsewhere(
  manifest: Manifest,
  destinations: readonly Cursor[],
  nameField: string | undefined,
): SecretSource[] {
  return destinations.flatMap((destination) => {
    const name = nameField === undefined ? manifest.name : (destination.get(nameField).text ?? '');
    return name === ''
      ? []
      : [
          {
            manifest,
            name,
            ...placed(manifest, destination.get('annotations')),
            ...typed(destination.get('type')),
            hasKey: 'unknown' as const,
            dataAt: destination,
          },
        ];
  });
}
