import type { Inventory } from '../../doctor/cluster/inventory-record';
import { code } from './inert-code';
import {
  backupRows,
  certificateRows,
  imageRows,
  pathRows,
  releaseRows,
  routeRows,
  serviceRows,
  volumeRows,
} from './inventory-rows';

/** An inventory as Markdown for the ticket of a change. Texts of others make no link, mention or markup. */
export function inventoryMarkdown(inventory: Inventory): string {
  const { host, takenAt, isClusterRead } = inventory;
  const blocks = [
    `## State of the registry ${code(host)}`,
    `Taken at ${takenAt}.${isClusterRead ? '' : ' **The cluster could not be read.**'}`,
    table(['', ''], summary(inventory)),
    ...section(
      'Ways to the registry',
      ['Way', 'URL', '/v2/', 'By', 'Realm', 'Certificate'],
      pathRows(inventory),
    ),
    ...headers(inventory),
    ...section(
      'Releases',
      ['Release', 'Chart', 'App', 'Revision', 'Status', 'Deployed'],
      releaseRows(inventory),
    ),
    ...valuesSources(inventory),
    ...appIni(inventory),
    ...section('Services', ['Service', 'Type', 'Ports'], serviceRows(inventory)),
    ...section(
      'Routes of the host',
      ['Route', 'Host and path', 'Class', 'Backend', 'TLS'],
      routeRows(inventory),
    ),
    ...section(
      'Certificates',
      ['Certificate', 'Names', 'Ready', 'Until', 'Issuer'],
      certificateRows(inventory),
    ),
    ...section('Volumes', ['Claim', 'Size', 'Class', 'Access', 'Use'], volumeRows(inventory)),
    `Size of the package folder: ${inventory.packageDirectory}.`,
    ...section('Backups', ['Backup', 'Saves', 'Schedule', 'Last success'], backupRows(inventory)),
    ...section(
      'Running images of this registry',
      ['Image', 'Digest', 'Namespace', 'Pods'],
      imageRows(inventory),
    ),
    ...listed(
      'Drift',
      inventory.drift?.map((one) => `${one.code}: ${code(one.observed)}`),
    ),
    ...listed(
      'Not known',
      inventory.unread.map(({ what, why }) => `${code(what)}: ${code(why)}`),
    ),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function summary({ releases, server, rootUrl, appIni: ini, drift }: Inventory): string[][] {
  const own = releases.find(({ isOwn }) => isOwn);
  const parallel = releases.filter(({ isOwn, chart }) => !isOwn && chart !== 'traefik').length;
  const packages = 'absent' in ini && ini.absent.includes('packages');
  return [
    [
      'Release',
      own ? code(`${own.name} in ${own.namespace}, revision ${own.revision}`) : 'not known',
    ],
    [
      'Chart',
      own ? code(`${own.chart} ${own.chartVersion}, app ${own.appVersion ?? '?'}`) : 'not known',
    ],
    ['Other releases of a forge', `${parallel}`],
    ['Server', server === undefined ? 'not known' : code(server)],
    ['ROOT_URL', rootUrl === undefined ? 'not known' : code(rootUrl)],
    [
      'app.ini',
      'unread' in ini
        ? `not read: ${code(ini.unread)}`
        : packages
          ? 'no `[packages]` section'
          : 'has a `[packages]` section',
    ],
    [
      'Drift',
      drift === undefined ? 'not looked at' : drift.length === 0 ? 'none' : `${drift.length} found`,
    ],
  ];
}

function headers({ accessPaths }: Inventory): string[] {
  return accessPaths
    .filter((path) => path.headers.length > 0)
    .map((path) => `Headers of ${code(path.name)}:<br>${code(path.headers.join('\n'))}`);
}

function valuesSources({ valuesSources: sources }: Inventory): string[] {
  return [
    '### Where the values come from',
    ...(sources.length === 0 ? ['None found.'] : []),
    ...sources.map(({ kind, namespace, name, state, values }) => {
      const title = `${code(`${kind} ${namespace}/${name}`)}${state === undefined ? '' : ` (${code(state)})`}`;
      return values === undefined ? title : `${title}:<br>${code(values.join('\n'))}`;
    }),
  ];
}

function appIni({ appIni: ini }: Inventory): string[] {
  if ('unread' in ini) {
    return ['### app.ini', `Not read: ${code(ini.unread)}`];
  }
  const lines = Object.entries(ini.settings).flatMap(([section, keys]) => [
    `[${section}]`,
    ...Object.entries(keys).map(([key, value]) => `${key} = ${value}`),
  ]);
  return [
    '### app.ini',
    `${code(ini.path)}, the part that matters, secrets hidden:<br>${code(lines.join('\n'))}`,
    ...(ini.absent.length === 0
      ? []
      : [ini.absent.map((one) => `no \`[${one}]\` section`).join(', ')]),
  ];
}

function section(title: string, head: readonly string[], rows: readonly string[][]): string[] {
  return [`### ${title}`, rows.length === 0 ? 'None found.' : table(head, rows)];
}

function listed(title: string, items: readonly string[] | undefined): string[] {
  return [
    `### ${title}`,
    items === undefined
      ? 'Not looked at.'
      : items.length === 0
        ? 'None.'
        : items.map((item) => `- ${item}`).join('\n'),
  ];
}

function table(head: readonly string[], rows: readonly string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
