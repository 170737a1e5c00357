import { lookUp } from '../look-up';
import type { Flavor } from '../../declaration/model';
import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import { groupOf, namespaceOrDefault, VALUES } from '../manifest';

/** Charts whose values the rules read. */
export type KnownChart = Flavor | 'traefik';

/** Helm values of one release, wherever they stand. */
export interface ChartValues {
  readonly chart: KnownChart;
  readonly manifest: Manifest;
  /** Root of the values. */
  readonly root: Cursor;
  /** Name of the release, where the object around the values says it. */
  readonly releaseName?: string;
  /** Namespace of the release, where the object around the values says it. */
  readonly namespace?: string;
  /** Where the chart's version stands; absent for a bare values file. */
  readonly chartVersion?: Cursor;
}

/** Parses an embedded document; `undefined` when it cannot be read. */
export type ParseText = (at: Cursor) => Cursor | undefined;

/** API groups of the objects with values; other groups have kinds of the same names (Flux: HelmChart). */
const GROUPS: { readonly [kind: string]: string } = {
  HelmRelease: 'helm.toolkit.fluxcd.io',
  Application: 'argoproj.io',
  ApplicationSet: 'argoproj.io',
  HelmChart: 'helm.cattle.io',
  HelmChartConfig: 'helm.cattle.io',
};

/** What a manifest holds of Helm values for a known chart. */
export function chartValues(manifest: Manifest, parse: ParseText): ChartValues[] {
  if (manifest.kind === VALUES) {
    return ofFile(manifest);
  }
  if (lookUp(GROUPS, manifest.kind) !== groupOf(manifest)) {
    return [];
  }
  const { root } = manifest;
  switch (manifest.kind) {
    case 'HelmRelease':
      return ofHelmRelease(manifest);
    case 'Application':
      return ofApplication(manifest, root, parse);
    case 'ApplicationSet':
      return ofApplication(manifest, root.get('spec', 'template'), parse);
    default:
      return ofHelmChart(manifest, parse);
  }
}

/** Keys below `gitea` that only the charts of Gitea and Forgejo have; the map alone may be anybody's. */
const FORGE_KEYS = [
  'config',
  'admin',
  'additionalConfigSources',
  'additionalConfigFromEnvs',
  'podAnnotations',
  'readinessProbe',
  'livenessProbe',
  'startupProbe',
];

/** Keys of a port that only Traefik's chart has. */
const TRAEFIK_PORT_KEYS = [
  'expose',
  'exposedPort',
  'redirectTo',
  'redirections',
  'http',
  'http3',
  'transport',
  'forwardedHeaders',
  'proxyProtocol',
  'asDefault',
  'allowACMEByPass',
];

/** Which chart a document without kind is values of; undefined when of none the rules know. */
export function chartOfValues(root: Cursor): KnownChart | undefined {
  if (hasKey(root.get('gitea'), FORGE_KEYS)) {
    return isForgejo(root) ? 'forgejo' : 'gitea';
  }
  const ports = root.get('ports');
  const ofTraefik =
    root.get('entryPoints').isMap ||
    ports.get('websecure').isMap ||
    ports.entries().some(([, port]) => hasKey(port, TRAEFIK_PORT_KEYS));
  return ofTraefik ? 'traefik' : undefined;
}

function hasKey(map: Cursor, keys: readonly string[]): boolean {
  return keys.some((key) => map.get(key).value !== undefined);
}

/** Keys only Forgejo's chart has, at the top of its values and below `gitea.config`. */
const FORGEJO_KEYS = ['httpRoute', 'namespaceOverride', 'route'];
const FORGEJO_SETTINGS = ['APP_SLOGAN', 'APP_DISPLAY_NAME_FORMAT'];

/** Both charts keep their settings below `gitea`: the image tells, or keys the other one does not have. */
function isForgejo(root: Cursor): boolean {
  const image = root.get('image');
  return (
    ['repository', 'registry', 'fullOverride'].some((key) =>
      /forgejo/.test(image.get(key).text ?? ''),
    ) ||
    hasKey(root, FORGEJO_KEYS) ||
    hasKey(root.get('gitea', 'config'), FORGEJO_SETTINGS)
  );
}

/** A document and, for umbrella charts, the values of each dependency in it. */
function ofFile(manifest: Manifest): ChartValues[] {
  const nested = manifest.root.entries().map(([, below]) => below);
  return [manifest.root, ...nested].flatMap((root) => {
    const chart = chartOfValues(root);
    return chart ? [{ chart, manifest, root }] : [];
  });
}

/** Longest reference to a chart that is looked at. */
const MOST_CHARACTERS = 1000;

/** Chart by the name in a reference: `gitea`, `oci://docker.gitea.com/charts/gitea`, `gitea-charts/gitea`. */
function chartByName(name: string | undefined): KnownChart | undefined {
  const last = name
    ?.slice(-MOST_CHARACTERS)
    .replace(/\/$/, '')
    .replace(/^.*\//, '')
    .replace(/-?\d[\w.+-]*\.tgz$/, '');
  return last === 'gitea' || last === 'forgejo' || last === 'traefik' ? last : undefined;
}

function ofHelmRelease(manifest: Manifest): ChartValues[] {
  const spec = manifest.root.get('spec');
  const chartSpec = spec.get('chart', 'spec');
  const root = spec.get('values');
  const chart =
    chartByName(chartSpec.get('chart').text) ??
    chartByName(spec.get('chartRef', 'name').text) ??
    chartOfValues(root);
  const target = spec.get('targetNamespace').text;
  return chart
    ? [
        {
          chart,
          manifest,
          root,
          // Flux joins a target namespace and the name where no release name is given.
          releaseName:
            spec.get('releaseName').text ??
            (target === undefined ? manifest.name : `${target}-${manifest.name}`),
          namespace: target ?? namespaceOrDefault(manifest),
          ...(chartSpec.exists && { chartVersion: chartSpec.get('version') }),
        },
      ]
    : [];
}

/** @param application an Application, or the template of one */
function ofApplication(manifest: Manifest, application: Cursor, parse: ParseText): ChartValues[] {
  const spec = application.get('spec');
  const sources = [spec.get('source'), ...spec.get('sources').items()];
  const name = constant(application.get('metadata', 'name'));
  const namespace = constant(spec.get('destination', 'namespace'));
  return sources.flatMap((source) => {
    const chart = chartOfSource(source);
    if (!chart) {
      return [];
    }
    const helm = source.get('helm');
    const releaseName = constant(helm.get('releaseName')) ?? name;
    const object = helm.get('valuesObject');
    const text = helm.get('values');
    // Argo CD looks at `values` only where there is no `valuesObject`.
    const read = object.exists || !text.text ? object : parse(text);
    return [
      {
        chart,
        manifest,
        root: read ?? object,
        chartVersion: source.get('targetRevision'),
        ...(releaseName !== undefined && { releaseName }),
        ...(namespace !== undefined && { namespace }),
      },
    ];
  });
}

/** A text; undefined where an ApplicationSet fills it in later. */
function constant({ text }: Cursor): string | undefined {
  return text?.includes('{{') ? undefined : text;
}

/** The chart of a source: by name, or the last part of an `oci://` reference. A Git repository may bear any name. */
function chartOfSource(source: Cursor): KnownChart | undefined {
  const repository = source.get('repoURL').text;
  return (
    chartByName(source.get('chart').text) ??
    (repository?.startsWith('oci://') ? chartByName(repository) : undefined)
  );
}

function ofHelmChart(manifest: Manifest, parse: ParseText): ChartValues[] {
  const spec = manifest.root.get('spec');
  const text = spec.get('valuesContent');
  const roots = [text.text ? parse(text) : undefined, spec.get('values')].filter(
    (root) => root?.isMap,
  ) as Cursor[];
  const chart =
    chartByName(spec.get('chart').text) ??
    chartByName(manifest.name) ??
    roots.map(chartOfValues).find((known) => known !== undefined);
  // A HelmChartConfig stands beside the HelmChart it changes, which alone knows the release's namespace.
  const release = manifest.kind === 'HelmChart' && {
    namespace: spec.get('targetNamespace').text ?? namespaceOrDefault(manifest),
    chartVersion: spec.get('version'),
  };
  return chart
    ? (roots.length > 0 ? roots : [spec.get('values')]).map((root) => ({
        chart,
        manifest,
        root,
        releaseName: manifest.name,
        ...release,
      }))
    : [];
}
