import { quote } from '../../declaration/problem';
import { supports } from '../../declaration/gates';
import type { ForgeVersion } from '../../declaration/version';
import { atLeast } from '../../declaration/version';
import type { Cursor } from '../cursor';
import { PRODUCT, runningVersion } from '../read/forge-version';
import { hasUnseenConfig } from '../read/hidden-values';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { AppIniView } from './app-ini-view';
import { dataVolumes, holds, packagePath } from './data-volume';
import type { BrokenStore, ResolvedStore, StoreType } from './package-store';
import { packageStore, storeKey } from './package-store';

/** REG711: start-up ends over a store that is half written; an emptyDir forgets every image. */
export const storageSection: Rule = {
  code: 'REG711',
  slug: 'storage-section',
  title: 'the package store resolves to one complete, persistent backend',
  severity: 'error',
  gate: '`azureblob`: Gitea 1.23',
  why: 'an unknown storage type or a missing section ends start-up; a built-in type without a section of its own is read from [packages] alone and ignores [storage]; blobs on an emptyDir are gone with the pod, while the database still lists them',
  shows: [
    'Gitea log: `storage.Init failed: Endpoint:  does not follow ip address or domain name standards.`, and the pod restarts',
    'Gitea log: `get section via storage type "…" failed`',
    'docker pull after a restart of the pod: `manifest unknown` or 500 for images the web UI still lists',
  ],
  fix: 'write the section out: `storage.minio` with its endpoint and bucket, or `persistence.enabled: true`',
  links: [
    'https://github.com/go-gitea/gitea/issues/32931',
    'https://github.com/rhpds/gitea-operator/pull/37',
  ],
  judgeRegistry: (registry) => {
    const ini = new AppIniView(registry.settings);
    const store = packageStore(ini);
    switch (store.kind) {
      case 'broken':
        return brokenStore(store, registry);
      case 'store':
        return [
          ...versionGate(store, registry),
          ...endpointForm(store, ini),
          ...(hasUnseenConfig(registry)
            ? []
            : [...missingKeys(store, ini), ...lostVolumes(store, ini, registry)]),
        ];
      default:
        return [];
    }
  },
};

function brokenStore(
  { setting, section, fault }: BrokenStore,
  registry: RegistryView,
): Violation[] {
  const { at, text } = setting;
  if (fault === 'unknown type') {
    return [
      {
        at,
        observed: `storage type ${quote(text)} in [${section}]`,
        expected: "'local', 'minio' or 'azureblob'",
        fix: `a disk is 'local', S3 and whatever speaks it 'minio', Azure 'azureblob': set STORAGE_TYPE in '${section}'`,
      },
    ];
  }
  if (hasUnseenConfig(registry)) {
    return [];
  }
  return [
    fault === 'no section'
      ? {
          at,
          observed: `storage type ${quote(text)}, and no section [${section}]`,
          expected: "'local', 'minio' or 'azureblob', or the name of a section that exists",
          fix: `add the section '${section}' with its STORAGE_TYPE, or take a built-in type`,
        }
      : {
          at,
          observed: `section [${section}] has no STORAGE_TYPE`,
          expected: "'local', 'minio' or 'azureblob' in it",
          fix: `set STORAGE_TYPE in '${section}'`,
        },
  ];
}

function versionGate({ type, setting }: ResolvedStore, registry: RegistryView): Violation[] {
  const version = runningVersion(registry);
  return type === 'azureblob' && setting && version && lacksAzure(version)
    ? [
        {
          at: setting.at,
          observed: `'azureblob' with ${PRODUCT[version.flavor]} ${version.number}, which does not know it`,
          expected: 'Gitea 1.23 or newer, or another store',
          fix: 'upgrade to Gitea 1.23 or newer before the switch, or take `minio`',
        },
      ]
    : [];
}

/** Forgejo up to its development line 12 has no such store; of later ones nothing is known. */
function lacksAzure(version: ForgeVersion): boolean {
  return version.flavor === 'gitea' ? !supports(version, 'azureBlob') : !atLeast(version, '13.0.0');
}

/** minio-go wants `host[:port]`; MINIO_USE_SSL says the scheme. */
function endpointForm(store: ResolvedStore, ini: AppIniView): Violation[] {
  const endpoint = store.type === 'minio' ? storeKey(ini, store, 'MINIO_ENDPOINT') : undefined;
  return endpoint?.text && /[/]/.test(endpoint.text)
    ? [
        {
          at: endpoint.at,
          observed: `MINIO_ENDPOINT ${quote(endpoint.text)} is a URL`,
          expected: 'host and port only',
          fix: 'drop scheme and path; `MINIO_USE_SSL: "true"` stands for https',
        },
      ]
    : [];
}

/** Keys without a default, and those whose default stands in [storage] only. */
const REQUIRED: {
  readonly [T in StoreType]: { readonly always: string[]; readonly alone: string[] };
} = {
  local: { always: [], alone: [] },
  minio: { always: ['MINIO_ENDPOINT'], alone: ['MINIO_BUCKET'] },
  azureblob: {
    always: ['AZURE_BLOB_ENDPOINT', 'AZURE_BLOB_ACCOUNT_NAME', 'AZURE_BLOB_ACCOUNT_KEY'],
    alone: ['AZURE_BLOB_CONTAINER'],
  },
};

function missingKeys(store: ResolvedStore, ini: AppIniView): Violation[] {
  const { type, section, setting } = store;
  const { always, alone } = REQUIRED[type];
  const required = section === 'packages' ? [...always, ...alone] : always;
  const missing = required.filter((key) => !storeKey(ini, store, key));
  if (missing.length === 0 || !setting) {
    return [];
  }
  const elsewhere = section === 'packages' && missing.some((key) => ini.own('storage', key));
  return [
    {
      at: setting.at,
      observed: `'${type}' is read from [${section}], which lacks ${missing.join(', ')}${
        elsewhere ? '; those of [storage] do not count here' : ''
      }`,
      expected: `${missing.join(', ')} in [${section}]`,
      fix: elsewhere
        ? 'drop STORAGE_TYPE from [packages], so that [storage] counts, or write the keys into [packages] too'
        : `set ${missing.join(', ')} in '${section}'; a secret through gitea.additionalConfigSources`,
    },
  ];
}

function lostVolumes(store: ResolvedStore, ini: AppIniView, registry: RegistryView): Violation[] {
  return store.type === 'local'
    ? [...persistenceOff(registry, ini), ...emptyDirs(registry, ini)]
    : [];
}

function persistenceOff(registry: RegistryView, ini: AppIniView): Violation[] {
  const switches = registry.values
    .map(({ root }) => root.get('persistence', 'enabled'))
    .filter(({ exists }) => exists);
  const last = switches.at(-1);
  return last?.value === false && !mountsOwnVolume(registry, packagePath(registry, ini))
    ? [
        {
          at: last,
          observed: 'persistence is off, so /data is an emptyDir',
          expected: 'a volume that outlives the pod, or an object store',
          fix: '`persistence.enabled: true`',
        },
      ]
    : [];
}

/** Whether the values mount something of their own where blobs lie. */
function mountsOwnVolume({ values }: RegistryView, path = '/data/packages'): boolean {
  return values
    .flatMap(({ root }) => [root.get('extraContainerVolumeMounts'), root.get('extraVolumeMounts')])
    .some((list) => list.items().some((mount) => holds(mount.get('mountPath').text, path)));
}

function emptyDirs(registry: RegistryView, ini: AppIniView): Violation[] {
  return dataVolumes(registry, ini)
    .map(({ at }): Cursor => at.get('emptyDir'))
    .filter(({ exists }) => exists)
    .map((at) => ({
      at,
      observed: 'the volume with the package blobs is an emptyDir',
      expected: 'a claim, or an object store',
      fix: 'mount a PersistentVolumeClaim; with the chart, `persistence.enabled: true`',
    }));
}
