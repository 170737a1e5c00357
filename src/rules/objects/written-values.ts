import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { ChartValues } from '../read/chart-values';
import { isStandIn } from '../read/secret-text';
import { isWrittenSetting, isWrittenValue, isWrittenVariable } from '../read/secret-name';
import { isSecretKey } from '../../declaration/secret-keys';
import type { Violation } from '../rule';
import { writtenSecret } from './written-secrets';

/** Charts inside the Gitea and Forgejo charts, and those people put beside them. */
const SUBCHARTS = [
  'postgresql',
  'postgresql-ha',
  'mysql',
  'mariadb',
  'redis',
  'redis-cluster',
  'valkey',
  'valkey-cluster',
  'minio',
  'meilisearch',
  'elasticsearch',
] as const;

/** Lists of environment variables in the values of both charts. */
const ENVIRONMENTS = [
  ['deployment', 'env'],
  ['statefulset', 'env'],
  ['gitea', 'additionalConfigFromEnvs'],
] as const;

/** Lists of containers in the values of both charts. */
const CONTAINERS = [
  'extraContainers',
  'extraInitContainers',
  'preExtraInitContainers',
  'postExtraInitContainers',
] as const;

/** How deep the values of a subchart are looked through. */
const DEEPEST = 6;

/** The password of the first administrator in the values of Gitea's chart, public since 2020. */
const SHIPPED_PASSWORD = 'r8sA8CPHD9!bt6d';

/** Secrets that are written out in Helm values, those of `gitea.config` aside. */
export function writtenInValues({ root }: ChartValues): Violation[] {
  return [
    ...passwordOfAdmin(root.get('gitea', 'admin', 'password')),
    ...placesOf(root).flatMap((at) => writtenAt(at)),
    ...SUBCHARTS.flatMap((name) => below(root.get(name))),
    ...environmentsOf(root).flatMap(writtenVariables),
    ...root.get('extraDeploy').items().flatMap(writtenObject),
  ];
}

function passwordOfAdmin(at: Cursor): Violation[] {
  const shipped = at.text === SHIPPED_PASSWORD;
  return writtenAt(at).map((violation) => ({
    ...violation,
    ...(shipped && { observed: "the administrator's password is the public one of the chart" }),
    fix: '`gitea.admin.existingSecret` with keys username and password',
  }));
}

function placesOf(root: Cursor): Cursor[] {
  const gitea = root.get('gitea');
  return [
    gitea.get('metrics', 'token'),
    ...gitea
      .get('oauth')
      .items()
      .map((entry) => entry.get('secret')),
    ...gitea
      .get('ldap')
      .items()
      .map((entry) => entry.get('bindPassword')),
    root.get('signing', 'privateKey'),
    root.get('route', 'tls', 'privateKey'),
  ];
}

/** A value that is a secret wherever it is written. */
function writtenAt(at: Cursor): Violation[] {
  const text = at.scalar;
  return text === undefined || isStandIn(text) ? [] : [written(at, `'${at.step ?? ''}'`)];
}

/** The violation every written secret is; what it is called may be shown, the value never. */
export function written(at: Cursor, what: string): Violation {
  return { at, observed: `${what} is written out`, expected: 'a reference to a Secret' };
}

/** Values of a subchart, by their names. */
function below(place: Cursor, depth = 0): Violation[] {
  return depth > DEEPEST
    ? []
    : place.entries().flatMap(([name, at]) => {
        const text = typeof at.value === 'boolean' ? undefined : at.scalar;
        return text !== undefined && isWrittenValue(name, text)
          ? [{ ...written(at, quote(name)), fix: '`auth.existingSecret` of the subchart' }]
          : below(at, depth + 1);
      });
}

function environmentsOf(root: Cursor): Cursor[] {
  const containers = CONTAINERS.flatMap((list) => root.get(list).items());
  return [
    ...ENVIRONMENTS.map((steps) => root.get(...steps)),
    ...containers.map((container) => container.get('env')),
  ];
}

/** How a variable gets a secret. */
export const BY_REFERENCE = '`valueFrom.secretKeyRef`';

/** Settings among the variables are judged with the other settings. */
const SETTING = /^(GITEA|FORGEJO)__/;

/** Variables of an `env` list that hold a secret. */
export function writtenVariables(env: Cursor): Violation[] {
  return env.items().flatMap((entry) => {
    const name = entry.get('name').text ?? '';
    const at = entry.get('value');
    return at.scalar !== undefined && !SETTING.test(name) && isWrittenVariable(name, at.scalar)
      ? [{ ...written(at, `the variable ${quote(name)}`), fix: BY_REFERENCE }]
      : [];
  });
}

function writtenObject(object: Cursor): Violation[] {
  return object.get('kind').text === 'Secret' ? writtenSecret(object) : [];
}

/** Secrets in options of tools that write `a.b.c=value`: Argo CD `helm.parameters`, `set` of a k3s HelmChart. */
export function writtenOptions({ manifest: { kind, root } }: ChartValues): Violation[] {
  const spec = root.get('spec');
  switch (kind) {
    case 'Application':
    case 'ApplicationSet':
      return sourcesOf(kind === 'Application' ? spec : spec.get('template', 'spec')).flatMap(
        (source) =>
          source
            .get('helm', 'parameters')
            .items()
            .flatMap((entry) => writtenOption(entry.get('name').text ?? '', entry.get('value'))),
      );
    case 'HelmChart':
      return spec
        .get('set')
        .entries()
        .flatMap(([name, at]) => writtenOption(name, at));
    default:
      return [];
  }
}

/** The sources of an Argo CD application. */
export function sourcesOf(spec: Cursor): Cursor[] {
  return [spec.get('source'), ...spec.get('sources').items()];
}

function writtenOption(path: string, at: Cursor): Violation[] {
  const text = at.scalar ?? '';
  const [, section, key] = /^gitea\.config\.(.+)\.([^.]+)$/.exec(path) ?? [];
  const name = path.slice(path.lastIndexOf('.') + 1);
  const found =
    key === undefined
      ? isWrittenValue(name, text)
      : isWrittenSetting(section.replaceAll('\\', ''), key, text) && isSecretKey(section, key);
  return found ? [written(at, quote(path))] : [];
}
