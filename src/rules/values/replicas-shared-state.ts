import type { Cursor } from '../cursor';
import { supports } from '../../declaration/gates';
import { PRODUCT, runningVersion } from '../read/forge-version';
import { hasUnseenConfig } from '../read/hidden-values';
import type { IniSetting } from '../read/ini-setting';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { accessOf, mountedClaims } from './data-claims';
import { standingSettings } from './standing-settings';
import { temporaryFolder } from './temporary-folder';

/** REG632: the parts of one upload reach different pods. */
export const replicasSharedState: Rule = {
  code: 'REG632',
  slug: 'replicas-shared-state',
  title: 'several replicas share volume, temporary folder, locks, cache, sessions and queues',
  severity: 'error',
  gate: '`[global_lock]` since Gitea 1.23; Forgejo has none',
  why: 'the PATCH of an upload lands on one pod and its PUT on another; what each pod keeps to itself is missing at the other, and locks in memory let both write at once',
  shows: [
    '`docker push`: `unknown: unknown error`; PATCH answers 500 with an empty body',
    'log: `offset mismatch between file and model`; between calls `BLOB_UPLOAD_UNKNOWN`',
    'users are logged out from one request to the next',
  ],
  fix: 'one replica; or a ReadWriteMany volume, Redis or Valkey for cache, session and queue, and `gitea.config.global_lock.SERVICE_TYPE: redis` with SERVICE_CONN_STR',
  links: [
    'https://github.com/go-gitea/gitea/pull/31813',
    'https://gitea.com/gitea/helm-gitea/src/branch/main/docs/ha-setup.md',
  ],
  judgeRegistry: (registry) => {
    const [scaled] = scaledPlaces(registry);
    return scaled
      ? [
          ...singleVolumes(registry),
          ...ownState(registry),
          ...missingLock(registry, scaled),
          ...temporaryFolder(registry),
        ]
      : [];
  },
};

/** Where more than one replica is asked for, in rendered Deployments and in values. */
function scaledPlaces({ forges, values }: RegistryView): Cursor[] {
  return [
    ...forges.map(({ manifest }) => manifest.root.get('spec', 'replicas')),
    ...values.map(({ root }) => root.get('replicaCount')),
  ].filter(({ scalar }) => Number(scalar) > 1);
}

function singleVolumes(registry: RegistryView): Violation[] {
  const rendered = registry.forges
    .flatMap((workload) => mountedClaims(registry, workload))
    .filter(({ access }) => access === 'single')
    .map(({ modes, at }) => (modes?.exists ? modes : at));
  const written = registry.values
    .map(({ root }) => root.get('persistence', 'accessModes'))
    .filter((modes) => accessOf(modes) === 'single');
  return [...rendered, ...written].map((at) => ({
    at,
    observed: 'several replicas on a volume for one node',
    expected: 'ReadWriteMany',
  }));
}

/** Keys whose usual values keep state in one pod, and what they keep. */
const STATE = [
  ['session', 'PROVIDER', /^(memory|file)$/, 'sessions'],
  ['cache', 'ADAPTER', /^(memory|twoqueue)$/, 'the cache'],
  ['queue', 'TYPE', /^(level|channel|persistable-channel|dummy|immediate)$/, 'queues'],
  ['global_lock', 'SERVICE_TYPE', /^memory$/, 'locks'],
] as const;

/** With such a sub-chart the chart itself points session, cache and queue at it. */
const SUB_CHARTS = ['valkey', 'valkey-cluster', 'redis', 'redis-cluster'];

function ownState(registry: RegistryView): Violation[] {
  const isShared = registry.values.some(({ root }) =>
    SUB_CHARTS.some((name) => root.get(name, 'enabled').value === true),
  );
  return STATE.filter(([section]) => !isShared || section === 'global_lock').flatMap(
    ([section, key, local, what]) =>
      standingSettings(registry, section, key)
        .filter(({ text }) => local.test(text ?? ''))
        .map(({ at, text }) => ({
          at,
          observed: `[${section}] ${key} is '${text}': each replica keeps ${what} to itself`,
          expected: "'redis'",
          ...(section !== 'global_lock' && {
            fix: `\`gitea.config.${section}.${key}: redis\` and its connection, from a Secret`,
          }),
        })),
  );
}

/** Locks are in memory unless something says otherwise, and no chart does. */
function missingLock(registry: RegistryView, at: Cursor): Violation[] {
  const version = runningVersion(registry);
  const replicas = `${at.scalar} replicas`;
  if (version !== undefined && !supports(version, 'globalLock')) {
    return [
      {
        at,
        observed: `${replicas} of ${PRODUCT[version.flavor]} ${version.number}, which has no locks between pods`,
        expected: 'one replica',
        fix:
          version.flavor === 'gitea'
            ? 'one replica, or Gitea 1.23 and later with `[global_lock]`'
            : 'one replica',
      },
    ];
  }
  const settings: readonly IniSetting[] = registry.settingsOf('global_lock', 'SERVICE_TYPE');
  return settings.length > 0
    ? []
    : [
        {
          at,
          observed: `${replicas} without [global_lock] SERVICE_TYPE`,
          expected: "'redis'",
          ...(hasUnseenConfig(registry) && { severity: 'warning' }),
          why: 'locks are per process by default, and no chart changes that: two pods write one upload at once',
        },
      ];
}
