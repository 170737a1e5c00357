import type { SecretPlace } from '../../declaration/pull-secret-reach';
import { declaredPlaces } from '../../declaration/pull-secret-reach';
import { indexed } from '../estate-index';
import type { Estate } from '../estate';
import type { DockerConfig } from '../read/docker-config';
import { readDockerConfig } from '../read/docker-config';
import { WRITTEN } from '../read/go-template';
import { hostNameOfKey, keyMeansHost } from '../read/keyring';
import type { SecretSource } from '../read/pull-secret';
import { DOCKER_CONFIG_TYPE } from '../read/pull-secret';
import type { RegistryView } from '../registry-view';
import { pullReferences } from './pull-references';

/** Older form of a docker config, which kubelet still takes. */
export const DOCKERCFG_TYPE = 'kubernetes.io/dockercfg';

/** Whether a source looks like one of a pull secret, for whatever registry. */
export function isPullSecret({ type, hasKey }: SecretSource): boolean {
  return type === DOCKER_CONFIG_TYPE || type === DOCKERCFG_TYPE || hasKey === true;
}

/** The docker config of a source, read once. */
export function dockerConfigOf(estate: Estate, source: SecretSource): DockerConfig | undefined {
  const known = estate.remember(
    'docker configs',
    () => new Map<SecretSource, DockerConfig | undefined>(),
  );
  if (!known.has(source)) {
    known.set(source, source.config && readDockerConfig(source.config));
  }
  return known.get(source);
}

/** Keys of a docker config that are written out. */
export function writtenKeys({ entries = [] }: DockerConfig): string[] {
  return entries.map(([key]) => key).filter((key) => !key.includes(WRITTEN));
}

/** Whether a source holds a credential for the host, as far as it can be read; a wrong key counts, if meant for it. */
export function servesHost(
  estate: Estate,
  source: SecretSource,
  hostName: string,
): boolean | 'unknown' {
  const config = dockerConfigOf(estate, source);
  if (config === undefined) {
    return 'unknown';
  }
  const { entries, literals } = config;
  if ([...writtenKeys(config), ...literals].some((key) => keyMeansHost(key, hostName))) {
    return true;
  }
  return (entries === undefined || entries.some(([key]) => key.includes(WRITTEN))) && 'unknown';
}

/** What makes Secrets in a namespace, or may. */
export function sourcesIn(estate: Estate, namespace: string): readonly SecretSource[] {
  const known = estate.remember(
    'secret sources seen from a namespace',
    () => new Map<string, readonly SecretSource[]>(),
  );
  const seen = known.get(namespace) ?? reachingSources(estate, namespace);
  known.set(namespace, seen);
  return seen;
}

function reachingSources(estate: Estate, namespace: string): readonly SecretSource[] {
  const byNamespace = estate.remember('secret sources by namespace', () =>
    indexed(estate.secretSources, (source) => source.namespace ?? []),
  );
  const spreading = estate.remember('secret sources of many namespaces', () =>
    estate.secretSources.filter(({ spreads }) => spreads),
  );
  return [
    ...(byNamespace.get(namespace) ?? []),
    ...spreading.filter(
      (source) => source.namespace !== namespace && source.reaches(namespace) !== false,
    ),
  ];
}

/** The sources of one Secret. */
export function sourcesOf(
  estate: Estate,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): readonly SecretSource[] {
  const byName = estate.remember(
    'secret sources by namespace and name',
    () => new Map<string, ReadonlyMap<string, SecretSource[]>>(),
  );
  const here =
    byName.get(namespace) ?? indexed(sourcesIn(estate, namespace), (source) => source.name);
  byName.set(namespace, here);
  return here.get(name) ?? [];
}

/**
 * The pull secrets of a registry: those with its host among their keys, those it declares, and those its workloads
 * name, unless they are plainly for another host.
 */
export function pullSecretsOf(registry: RegistryView): readonly SecretSource[] {
  return [...ownSources(registry)];
}

/** Those of them that reach a namespace, or may. */
export function pullSecretsIn(registry: RegistryView, namespace: string): SecretSource[] {
  const own = ownSources(registry);
  return sourcesIn(registry.estate, namespace).filter((source) => own.has(source));
}

function ownSources(registry: RegistryView): ReadonlySet<SecretSource> {
  return registry.remember('pull secrets', () => {
    const { estate, hostName } = registry;
    if (hostName === undefined) {
      return new Set();
    }
    const named = [...declaredNames(registry), ...usedNames(registry)]
      .flatMap((reference) => sourcesOf(estate, reference))
      .filter((source) => servesHost(estate, source, hostName) !== false);
    return new Set([...keyedFor(estate, hostName), ...named]);
  });
}

/** Sources with a key that means the host. */
function keyedFor(estate: Estate, hostName: string): SecretSource[] {
  const byHost = estate.remember('pull secrets by host', () =>
    indexed(estate.secretSources, (source) => meantHosts(dockerConfigOf(estate, source))),
  );
  const globs = estate.remember('pull secrets with a glob', () =>
    [...byHost].filter(([host]) => host.includes('*')).flatMap(([, sources]) => sources),
  );
  return [
    ...(byHost.get(hostName) ?? []),
    ...globs.filter((source) => servesHost(estate, source, hostName) === true),
  ];
}

function meantHosts(config: DockerConfig | undefined): string[] {
  return config ? [...writtenKeys(config), ...config.literals].map(hostNameOfKey) : [];
}

function declaredNames({ declaration }: RegistryView): SecretPlace[] {
  return declaration ? declaredPlaces(declaration) : [];
}

function usedNames(registry: RegistryView): SecretPlace[] {
  return registry.workloads.flatMap((workload) => pullReferences(registry, workload).references);
}
