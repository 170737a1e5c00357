import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { namespaceOrDefault } from '../manifest';
import type { ChartValues } from '../read/chart-values';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';
import { exactChartVersion, isTemplate } from './chart-version';

/** Where the version of a chart stands, or would stand. */
interface Pin {
  readonly version: Cursor;
  /** The map it is missing in. */
  readonly parent: Cursor;
  /** Name of the field. */
  readonly field: string;
}

/** Wrapper objects of this release that take whatever version of the chart is newest. */
export function unpinnedCharts({ values, estate }: RegistryView): Violation[] {
  return values.flatMap((one) => pinOf(one, estate) ?? []).flatMap(unpinned);
}

function unpinned({ version, parent, field }: Pin): Violation[] {
  const text = version.scalar;
  if (text !== undefined && (exactChartVersion(text) || isTemplate(text) || isDigest(text))) {
    return [];
  }
  return [
    {
      at: version.exists ? version : parent,
      observed: version.exists
        ? `chart version ${quote(text)}`
        : `no ${field}, which is the newest chart`,
      expected: 'one exact chart version',
      why: 'the next reconciliation may bring a chart that does not fit the image, or a new major, with nobody watching',
      fix: `${field}: the version that runs now, as \`helm list\` shows it`,
    },
  ];
}

function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

function pinOf(values: ChartValues, estate: Estate): Pin | undefined {
  switch (values.manifest.kind) {
    case 'HelmRelease':
      return pinOfHelmRelease(values, estate);
    case 'HelmChart':
      return pinOfHelmChart(values);
    case 'Application':
    case 'ApplicationSet':
      return pinOfSource(values);
    default:
      return undefined;
  }
}

/** Flux: a chart of a HelmRepository, or an OCIRepository; the version of a chart in Git is the revision. */
function pinOfHelmRelease({ manifest }: ChartValues, estate: Estate): Pin | undefined {
  const spec = manifest.root.get('spec');
  const chart = spec.get('chart', 'spec');
  if (chart.exists) {
    return fromRepository(chart);
  }
  const ref = spec.get('chartRef');
  const source =
    ref.get('kind').text === 'OCIRepository'
      ? estate.object(
          'OCIRepository',
          ref.get('namespace').text ?? namespaceOrDefault(manifest),
          ref.get('name').text ?? '',
        )
      : undefined;
  return source && pinOfOciRepository(source.root.get('spec'));
}

function fromRepository(spec: Cursor): Pin | undefined {
  const kind = spec.get('sourceRef', 'kind').text ?? 'HelmRepository';
  return kind === 'HelmRepository'
    ? { version: spec.get('version'), parent: spec, field: 'version' }
    : undefined;
}

function pinOfOciRepository(spec: Cursor): Pin {
  const ref = spec.get('ref');
  const version = ['digest', 'tag', 'semver']
    .map((key) => ref.get(key))
    .find(({ exists }) => exists);
  return { version: version ?? ref.get('tag'), parent: ref.exists ? ref : spec, field: 'ref.tag' };
}

/** k3s: a chart by name or URL; an archive is the one version it is. */
function pinOfHelmChart({ manifest }: ChartValues): Pin | undefined {
  const spec = manifest.root.get('spec');
  const archive = spec.get('chartContent').exists || spec.get('chart').text?.endsWith('.tgz');
  return archive ? undefined : { version: spec.get('version'), parent: spec, field: 'version' };
}

/** Argo CD: the revision of a source that is a chart. */
function pinOfSource({ chartVersion }: ChartValues): Pin | undefined {
  const parent = chartVersion?.outer;
  return chartVersion && parent && { version: chartVersion, parent, field: 'targetRevision' };
}
