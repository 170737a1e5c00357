import type { ConfigSecretDeclaration, SecretContent } from './config-source';
import { configSecretSchema } from './config-source';
import { supports } from './gates';
import type { RegistryDeclaration } from './model';
import type { OwnedSetting } from './owned-settings';
import type { Problem } from './problem';
import { integer, object, optional, yesOrNo } from './schema';
import { parseForgeVersion } from './version';

/** How many pods serve the registry, and what they share. */
export interface ReplicasDeclaration {
  /** `replicaCount` of the chart. */
  readonly count: number;
  /** Holds the connections of locks, cache, sessions and queues. */
  readonly redisSecret?: ConfigSecretDeclaration;
  /** True where the operator says that the signing keys are the same in every pod. */
  readonly fixedSecrets?: boolean;
}

/** How many pods serve the registry. */
export const replicasSchema = object<ReplicasDeclaration>({
  count: integer(1, 50, 'REG632'),
  redisSecret: optional(configSecretSchema),
  fixedSecrets: optional(yesOrNo),
});

/** Section, the key that says what keeps the state, what it is, and Gitea's default. */
const STATE = [
  ['cache', 'ADAPTER', 'the cache', 'memory'],
  ['global_lock', 'SERVICE_TYPE', 'locks between pods', 'memory'],
  ['queue', 'TYPE', 'queues', 'level'],
  ['session', 'PROVIDER', 'sessions; a change logs everybody out', 'memory'],
] as const;

/** State of the pods in Redis or Valkey; the connections stand in a Secret (modules/setting/global_lock.go, cache.go, session.go, queue.go). */
export function replicaSettings({ replicas, release }: RegistryDeclaration): OwnedSetting[] {
  const version = parseForgeVersion(release.appVersion, release.flavor);
  return replicas?.redisSecret
    ? STATE.filter(([section]) => section !== 'global_lock' || supports(version, 'globalLock')).map(
        ([section, key, what, initial]) => ({
          section,
          key,
          value: 'redis',
          effect: `where the pods keep ${what}`,
          initial,
        }),
      )
    : [];
}

/** What the Secret of the shared state must hold. */
export function redisSecretContents(declaration: RegistryDeclaration): SecretContent[] {
  const secret = declaration.replicas?.redisSecret?.name;
  const sections = new Set(replicaSettings(declaration).map(({ section }) => section));
  return secret === undefined
    ? []
    : Object.entries(CONNECTIONS)
        .filter(([section]) => sections.has(section))
        .map(([section, key]) => ({ secret, section, keys: [key] }));
}

/** The key of each section that holds the connection, and with it a password. */
const CONNECTIONS: { readonly [section: string]: string } = {
  cache: 'HOST',
  global_lock: 'SERVICE_CONN_STR',
  queue: 'CONN_STR',
  session: 'PROVIDER_CONFIG',
};

/**
 * Whether the overlay asks for `Recreate`: on a volume for one node the next pod cannot mount it (REG631), and queues on
 * the volume can be locked by one pod alone. Written on request only, as the count itself.
 */
export function isRecreated({ replicas, storage }: RegistryDeclaration): boolean {
  const isShared = storage?.accessMode === 'ReadWriteMany' && replicas?.redisSecret !== undefined;
  return replicas?.count === 1 && !isShared;
}

/** What no single field can say: what several pods need, or they break each other's uploads. */
export function replicaProblems(declaration: RegistryDeclaration): Problem[] {
  const { replicas } = declaration;
  if (!replicas || replicas.count === 1) {
    return [];
  }
  return missing(declaration, replicas).map((allowed) => ({
    path: 'replicas.count',
    value: replicas.count,
    allowed,
    code: 'REG632',
  }));
}

function missing(
  { storage, release }: RegistryDeclaration,
  { redisSecret, fixedSecrets }: ReplicasDeclaration,
): string[] {
  const version = parseForgeVersion(release.appVersion, release.flavor);
  if (!supports(version, 'globalLock')) {
    return [
      `must be 1: ${version.flavor} ${version.number} has no locks between pods; Gitea has them since 1.23.0, no Forgejo has`,
    ];
  }
  return [
    ...(storage?.accessMode === 'ReadWriteMany'
      ? []
      : [
          `needs a volume all pods can mount, for repositories even where packages lie in an object store: ${
            storage ? `storage.accessMode is '${storage.accessMode}'` : 'storage is missing'
          }; declare a ReadWriteMany one, or one replica`,
        ]),
    ...(redisSecret
      ? []
      : [
          'needs Redis or Valkey for locks, cache, sessions and queues, and replicas.redisSecret is missing: name the Secret with the connections',
        ]),
    ...(fixedSecrets
      ? []
      : [
          'needs signing keys that are the same in every pod, and replicas.fixedSecrets is missing: see that SECRET_KEY, INTERNAL_TOKEN, JWT_SECRET and LFS_JWT_SECRET come from a Secret or stand in app.ini already, then set it to true',
        ]),
  ];
}
