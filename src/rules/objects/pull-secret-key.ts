import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import { indexed } from '../estate-index';
import { keyMatches, keyMeansHost, repositoryOf } from '../read/keyring';
import type { DockerConfig } from '../read/docker-config';
import type { SecretSource } from '../read/pull-secret';
import type { UsedImage, Workload } from '../read/workload';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { closedImages, closedWorkloads, pullReferences } from './pull-references';
import {
  dockerConfigOf,
  pullSecretsIn,
  pullSecretsOf,
  sourcesOf,
  writtenKeys,
} from './pull-secrets';

/** REG543: kubelet compares the key with the image by rules of its own; a key that is nearly right is none. */
export const pullSecretKey: Rule = {
  code: 'REG543',
  slug: 'pull-secret-key',
  title: 'the `auths` key is exactly `host[:port]` of the image references',
  severity: 'error',
  why: 'kubelet compares host and port as text and takes a path for a prefix of the image; without a matching key it pulls anonymously and says nothing of the Secret',
  shows: [
    'pod event: `failed to fetch anonymous token`, although the pod names a pull secret with the right token',
    '`docker login` with the same config works: docker cuts schemes and paths, kubelet does not',
  ],
  fix: 'make the key the host of the image references: no scheme, no path, no default port',
  links: [
    'https://kubernetes.io/docs/concepts/containers/images/#config-json',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/credentialprovider/keyring.go',
  ],
  judgeRegistry: (registry) =>
    pullSecretsOf(registry).flatMap((source) => keyViolations(registry, source)),
};

function keyViolations(registry: RegistryView, source: SecretSource): Violation[] {
  const { hostName = '', estate } = registry;
  const config = dockerConfigOf(estate, source);
  const at = source.config?.at;
  if (!config || !at) {
    return [];
  }
  const keys = [...new Set([...writtenKeys(config), ...config.literals])].filter((key) =>
    keyMeansHost(key, hostName),
  );
  const samples = samplesOf(registry, source, keys);
  const useless = keys.filter((key) => !samples.some((sample) => keyMatches(key, sample)));
  return useless.length > 0
    ? useless.map((key) => uselessKey(at, key, registry))
    : [
        ...uncoveredImages(registry, source)
          .slice(0, 1)
          .map((image) => uncovered(at, image, registry)),
        ...keys.flatMap((key) => looseKey(at, key, registry)),
      ];
}

/** Images the secret is for: those of the workloads that name it, else of its namespaces, else of the owners. */
function samplesOf(
  registry: RegistryView,
  source: SecretSource,
  keys: readonly string[],
): string[] {
  const near = workloadsNear(registry, source);
  const users = near.filter((workload) => isNamedBy(registry, source, workload));
  const images = (users.length > 0 ? users : near).flatMap((one) => closedImages(registry, one));
  if (images.length > 0) {
    return images.map(({ text }) => text);
  }
  const { host = '', declaration } = registry;
  const owners = (declaration?.owners ?? []).map(({ name }) => name.toLowerCase());
  const paths = owners.length > 0 ? owners : ['owner', ...keys.flatMap(ownPath)];
  return paths.map((path) => `${host}/${path}/image`);
}

/** Workloads that can use a secret, as far as its namespaces are known. */
function workloadsNear(registry: RegistryView, source: SecretSource): readonly Workload[] {
  const byNamespace = registry.remember('closed workloads by namespace', () =>
    indexed(closedWorkloads(registry), ({ namespace }) => namespace),
  );
  return [...byNamespace].flatMap(([namespace, workloads]) =>
    source.reaches(namespace) === true ? workloads : [],
  );
}

/** The path of a key, for when nothing tells which images there are; `v1` and `v2` name no owner in Gitea. */
function ownPath(key: string): string[] {
  const [owner] = pathOf(key).slice(1).split('/');
  return owner === '' || /^v[12]$/.test(owner) ? [] : [pathOf(key).slice(1)];
}

/** What follows the host in a key. */
function pathOf(key: string): string {
  return /^(?:[a-z]+:\/\/)?[^/]*(.*)$/is.exec(key)?.[1] ?? '';
}

function isNamedBy(registry: RegistryView, { name }: SecretSource, workload: Workload): boolean {
  return pullReferences(registry, workload).references.some((one) => one.name === name);
}

function uselessKey(at: Cursor, key: string, { host = '' }: RegistryView): Violation {
  return {
    at,
    observed: `${shown(key)} matches none of the images: ${reasonOf(key, host)}`,
    expected: `the key '${host}'`,
    fix: `rename the key to ${host}`,
  };
}

/** A key may hold a user name and a token before its host. */
function shown(key: string): string {
  return key.includes('@') ? 'a key with a user name in it' : `the key ${quote(key)}`;
}

function reasonOf(key: string, host: string): string {
  const path = pathOf(key);
  if (portOf(key) !== portOf(host)) {
    return 'ports are compared as text';
  }
  return keyMatches(key.slice(0, key.length - path.length), `${host}/owner/image`)
    ? `kubelet takes ${quote(path)} for the beginning of their path`
    : 'kubelet compares hosts letter by letter';
}

function portOf(key: string): string | undefined {
  return /:(\d*)(\/|$)/.exec(key.replace(/^[a-z]+:\/\//i, ''))?.[1];
}

/** Images no key of any pull secret of their pod is for, by the first of these that is the registry's. */
function uncoveredImages(registry: RegistryView, source: SecretSource): readonly UsedImage[] {
  const pairs = registry.remember('first pull secrets', () =>
    closedWorkloads(registry).map((workload) => ({
      workload,
      first: firstSource(registry, workload),
    })),
  );
  return pairs
    .filter(({ first }) => first === source)
    .flatMap(({ workload }) => uncoveredBy(registry, workload));
}

function firstSource(registry: RegistryView, workload: Workload): SecretSource | undefined {
  const own = pullSecretsIn(registry, workload.namespace);
  return sourcesOfPod(registry, workload)
    .flat()
    .find((source) => own.includes(source));
}

function sourcesOfPod(
  registry: RegistryView,
  workload: Workload,
): readonly (readonly SecretSource[])[] {
  return pullReferences(registry, workload).references.map((reference) =>
    sourcesOf(registry.estate, reference),
  );
}

/** None where one of the pull secrets is not here, or cannot be read. */
function uncoveredBy(registry: RegistryView, workload: Workload): UsedImage[] {
  const named = sourcesOfPod(registry, workload);
  const configs = named.flat().map((source) => dockerConfigOf(registry.estate, source));
  if (named.some(({ length }) => length === 0) || !configs.every(isReadable)) {
    return [];
  }
  const keys = configs.flatMap((config) => (config ? writtenKeys(config) : []));
  return closedImages(registry, workload).filter(
    ({ text }) => !keys.some((key) => keyMatches(key, text)),
  );
}

function isReadable(config: DockerConfig | undefined): boolean {
  return config?.entries !== undefined && config.entries.length === writtenKeys(config).length;
}

function uncovered(at: Cursor, { text }: UsedImage, { host = '' }: RegistryView): Violation {
  return {
    at,
    observed: `no key is for image ${quote(repositoryOf(text))}`,
    expected: `the key '${host}'`,
    fix: `use the key ${host}, which is for the images of every owner`,
  };
}

/** kubelet drops a scheme, a closing slash and `/v2/`; others that read docker configs may not. */
function looseKey(at: Cursor, key: string, { host = '' }: RegistryView): Violation[] {
  return /^https?:\/\/|\/$|@/.test(key)
    ? [
        {
          at,
          severity: 'info',
          observed: shown(key),
          expected: `the key '${host}'`,
          why: 'kubelet takes it; other tools that read docker configs compare keys as they are',
        },
      ]
    : [];
}
