import { isNamed, isNamespaced } from '../../declaration/pull-secret-reach';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { indexed } from '../estate-index';
import type { Manifest } from '../manifest';
import { namespaceOrDefault } from '../manifest';
import { forgeOfImage } from '../read/forge-image';
import type { RegistryView } from '../registry-view';

/** Kinds that hold the values of a chart. */
const WRAPPERS = ['HelmRelease', 'Application', 'ApplicationSet', 'HelmChart', 'HelmChartConfig'];

/** Names by which a wrapper is known although nothing in it can be read. */
const CHARTS = ['gitea', 'forgejo', 'traefik'];

/** Whether an object belongs to some registry by what it says of itself: our label, a release of a known chart. */
export function isOwnByItself(estate: Estate, manifest: Manifest): boolean {
  const { root, kind, name } = manifest;
  const partOf = root.get('metadata', 'labels', 'app.kubernetes.io/part-of').text;
  return (
    partOf === 'gitea-registry' || (WRAPPERS.includes(kind) && isRelease(estate, manifest, name))
  );
}

function isRelease(estate: Estate, manifest: Manifest, name: string): boolean {
  const wrappers = estate.remember(
    'manifests with values',
    () => new Set(estate.values.map((values) => values.manifest)),
  );
  return wrappers.has(manifest) || CHARTS.includes(name);
}

/** Kinds that are tied to a registry by its host, wherever they name it. */
const BY_HOST = ['Ingress', 'IngressRoute', 'HTTPRoute', 'Gateway', 'Middleware', 'Certificate'];

const WORKLOADS = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];

const SECRETS = ['Secret', 'ExternalSecret', 'ClusterExternalSecret'];

/** Of some objects, parts of which may be unreadable, those that belong to this registry. */
export function objectsOf(
  registry: RegistryView,
  objects: ReadonlyMap<Manifest, unknown>,
): ReadonlySet<Manifest> {
  const index = registry.estate.remember('faulty objects by relation', () => relationsOf(objects));
  return new Set([
    ...byHost(registry, index),
    ...byReference(registry, index).filter((manifest) => objects.has(manifest)),
  ]);
}

/** What ties objects to registries, each looked up in one step. */
interface Relations {
  /** Objects by the words in their texts, host names among them. */
  readonly byWord: ReadonlyMap<string, Manifest[]>;
  /** Workloads with an image of a forge, by namespace. */
  readonly forges: ReadonlyMap<string, Manifest[]>;
  readonly certificates: ReadonlyMap<string, Manifest[]>;
  readonly secrets: ReadonlyMap<string, Manifest[]>;
  readonly accounts: ReadonlyMap<string, Manifest[]>;
}

function relationsOf(objects: ReadonlyMap<Manifest, unknown>): Relations {
  const ofKind = (...kinds: readonly string[]): Manifest[] =>
    [...objects.keys()].filter(({ kind }) => kinds.includes(kind));
  return {
    byWord: indexed(ofKind(...BY_HOST, ...WORKLOADS), ({ root }) => wordsBelow(root)),
    forges: indexed(ofKind(...WORKLOADS).filter(hasForgeImage), namespaceOrDefault),
    certificates: indexed(ofKind('Certificate'), (manifest) => {
      const name = manifest.root.get('spec', 'secretName').text;
      return name === undefined ? [] : placeOf(name, namespaceOrDefault(manifest));
    }),
    secrets: indexed(ofKind(...SECRETS), secretPlace),
    accounts: indexed(ofKind('ServiceAccount'), (manifest) =>
      placeOf(manifest.name, namespaceOrDefault(manifest)),
    ),
  };
}

function placeOf(name: string, namespace: string): string {
  return `${namespace}/${name}`;
}

/** A ClusterExternalSecret goes to several namespaces. */
function secretPlace(manifest: Manifest): string {
  return manifest.kind === 'ClusterExternalSecret'
    ? manifest.name
    : placeOf(manifest.name, namespaceOrDefault(manifest));
}

function textsBelow(root: Cursor): string[] {
  const texts: string[] = [];
  const rest: unknown[] = [root.value];
  // No recursion: a foreign document may nest deeply.
  for (let value = rest.pop(); value !== undefined; value = rest.pop()) {
    if (typeof value === 'string') {
      texts.push(value);
    } else if (typeof value === 'object' && value !== null) {
      for (const inner of Object.values(value)) {
        rest.push(inner ?? null);
      }
    }
  }
  return texts;
}

/** Host names and other words, in lower case. */
function wordsBelow(root: Cursor): string[] {
  return textsBelow(root).flatMap((text) => text.toLowerCase().match(/[\w.-]+/g) ?? []);
}

/** A label may be `gitea`, too: an image has a tag. */
function hasForgeImage({ root }: Manifest): boolean {
  return textsBelow(root).some((text) => text.includes(':') && forgeOfImage(text) !== undefined);
}

/** What names the host, workloads by their images only; and the forge in the namespace of the release. */
function byHost(
  { host, hostName, facts }: RegistryView,
  { byWord, forges }: Relations,
): Manifest[] {
  const mentions = (byWord.get(hostName ?? '') ?? []).filter(
    ({ kind, root }) =>
      BY_HOST.includes(kind) || textsBelow(root).some((text) => text.startsWith(`${host}/`)),
  );
  const near =
    facts.namespace === undefined ? [...forges.values()].flat() : forges.get(facts.namespace);
  return [...mentions, ...(near ?? [])];
}

/** What routes, workloads and the declaration of the registry refer to. */
function byReference(registry: RegistryView, relations: Relations): Manifest[] {
  const { routes, workloads, declaration, estate } = registry;
  const pullSecrets = (declaration?.pullSecrets ?? []).filter(isNamed);
  const placed = pullSecrets.filter(isNamespaced);
  const secrets = [
    ...pullSecrets.map(
      (secret) => [secret.secretName, isNamespaced(secret) ? secret.namespace : ''] as const,
    ),
    ...workloads.flatMap((one) =>
      one.pullSecrets.map(({ name, namespace }) => [name, namespace] as const),
    ),
  ];
  const accounts = [
    ...placed.flatMap(({ serviceAccount, namespace }) =>
      serviceAccount ? [placeOf(serviceAccount.name, namespace)] : [],
    ),
    ...workloads.map(({ serviceAccount, namespace }) => placeOf(serviceAccount, namespace)),
  ];
  return [
    ...routes.flatMap(({ middlewares }) =>
      middlewares.flatMap((reference) => estate.middleware(reference) ?? []),
    ),
    ...routes.flatMap(({ tlsSecrets }) =>
      tlsSecrets.flatMap(
        ({ name, namespace }) => relations.certificates.get(placeOf(name, namespace)) ?? [],
      ),
    ),
    ...secrets.flatMap(([name, namespace]) => [
      ...(relations.secrets.get(placeOf(name, namespace)) ?? []),
      ...(relations.secrets.get(name) ?? []),
    ]),
    ...accounts.flatMap((place) => relations.accounts.get(place) ?? []),
  ];
}
