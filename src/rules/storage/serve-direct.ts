import { quote } from '../../declaration/problem';
import { atLeast } from '../../declaration/version';
import type { IniSetting } from '../read/ini-setting';
import { runningVersion } from '../read/forge-version';
import { hasUnseenConfig } from '../read/hidden-values';
import { iniBoolean } from '../read/ini';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { AppIniView } from './app-ini-view';
import { endpointOf } from '../../declaration/endpoint';
import type { ResolvedStore } from './package-store';
import { packageStore, storeKey } from './package-store';

/** REG712: with SERVE_DIRECT every client is sent to the endpoint that Gitea itself uses. */
export const serveDirect: Rule = {
  code: 'REG712',
  slug: 'serve-direct',
  title: 'SERVE_DIRECT is on only if every client reaches and trusts the object store',
  severity: 'error',
  gate: '`missing signature key`: Gitea before 1.22.4',
  why: 'layers and manifests are then answered by a redirect to the endpoint Gitea itself uses: a name only pods can resolve, or a certificate only Gitea accepts, ends every pull, while the web UI and pushes go on working',
  shows: [
    'docker pull: `dial tcp: lookup minio.storage.svc: no such host` after `Pulling fs layer`',
    'docker pull: `x509: certificate signed by unknown authority` for the name of the object store',
    '`curl -i https://HOST/v2/OWNER/IMAGE/blobs/DIGEST`: 307 with a `Location` of that name',
  ],
  fix: '`SERVE_DIRECT: "false"`, or an endpoint with a public name and certificate',
  links: [
    'https://github.com/go-gitea/gitea/issues/24723',
    'https://github.com/go-gitea/gitea/pull/32365',
  ],
  judgeRegistry: (registry) => {
    const ini = new AppIniView(registry.settings);
    const store = packageStore(ini);
    if (store.kind !== 'store' || store.type === 'local') {
      return [];
    }
    const direct = storeKey(ini, store, 'SERVE_DIRECT');
    return direct && iniBoolean(direct.text)
      ? [...oldVersion(direct, registry), ...unreachable(store, ini, registry)]
      : [];
  },
};

function oldVersion({ at }: IniSetting, registry: RegistryView): Violation[] {
  const version = runningVersion(registry);
  return version?.flavor === 'gitea' && !atLeast(version, '1.22.4')
    ? [
        {
          at,
          observed: `SERVE_DIRECT with Gitea ${version.number}`,
          expected: 'Gitea 1.22.4 or newer',
          why: 'before 1.22.4 the object store answers a manifest with its own content type, and docker refuses it: `missing signature key`',
          fix: 'upgrade, or `SERVE_DIRECT: "false"`',
        },
      ]
    : [];
}

function unreachable(store: ResolvedStore, ini: AppIniView, registry: RegistryView): Violation[] {
  const isMinio = store.type === 'minio';
  const setting = storeKey(ini, store, isMinio ? 'MINIO_ENDPOINT' : 'AZURE_BLOB_ENDPOINT');
  const endpoint = setting?.text === undefined ? undefined : endpointOf(setting.text);
  if (!setting || !endpoint) {
    return [];
  }
  const named = quote(setting.text);
  if (endpoint.reach === 'cluster') {
    return [
      {
        at: setting.at,
        observed: `clients are sent to ${named}, a name only pods can resolve`,
        expected: 'a name that every workstation and node resolves',
      },
    ];
  }
  const tls = isMinio ? minioTls(store, ini, registry) : endpoint.scheme === 'https';
  return [
    ...(endpoint.reach === 'network'
      ? [
          warning(
            setting,
            `clients are sent to ${named}, a private address`,
            'an address every client reaches',
          ),
        ]
      : []),
    ...(isMinio ? unverified(store, ini) : []),
    ...(tls === false
      ? [warning(setting, `clients are sent to ${named} over plain http`, 'an endpoint with TLS')]
      : []),
    ...(endpoint.port === undefined || endpoint.port === (tls === false ? 80 : 443)
      ? []
      : [oddPort(setting, endpoint.port)]),
  ];
}

/** Whether the endpoint speaks TLS; undefined where that cannot be seen. */
function minioTls(
  store: ResolvedStore,
  ini: AppIniView,
  registry: RegistryView,
): boolean | undefined {
  const setting = storeKey(ini, store, 'MINIO_USE_SSL');
  return setting ? iniBoolean(setting.text) : hasUnseenConfig(registry) ? undefined : false;
}

function unverified(store: ResolvedStore, ini: AppIniView): Violation[] {
  const skips = storeKey(ini, store, 'MINIO_INSECURE_SKIP_VERIFY');
  return skips && iniBoolean(skips.text)
    ? [
        {
          at: skips.at,
          observed: 'Gitea does not check the certificate of the store; clients do',
          expected: 'a certificate every client trusts',
          fix: '`SERVE_DIRECT: "false"`, or a certificate of a public authority and no MINIO_INSECURE_SKIP_VERIFY',
        },
      ]
    : [];
}

function warning({ at }: IniSetting, observed: string, expected: string): Violation {
  return { at, severity: 'warning', observed, expected };
}

function oddPort({ at }: IniSetting, port: number): Violation {
  return {
    at,
    severity: 'info',
    observed: `clients are sent to port ${port}`,
    expected: 'a port every client may use, such as 443',
    fix: 'see that firewalls and network policies let every node and workstation through, or serve the store on 443',
  };
}
