import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import type { ChartValues, ParseText } from './chart-values';
import { tagOf } from './forge-image';
import { hasUnseenLayers } from './hidden-values';
import { CHART_PROVIDERS, chartEntryPoints, chartOptions, VERSION_OF_CHART } from './traefik-chart';
import type { EntryPoint, StaticOption } from './traefik-options';
import {
  argumentOptions,
  entryPointNamesIn,
  entryPointsOf,
  fileOptions,
  providersOf,
} from './traefik-options';
import type { Workload } from './workload';
import { containersOf, imageHost } from './workload';

export type { EntryPoint, StaticOption } from './traefik-options';

/** What one Traefik is started with, as far as it is written here. */
export interface TraefikStatic {
  readonly manifest: Manifest;
  /** Place to point at when something is missing. */
  readonly at: Cursor;
  /** Version by the image tag (or by a chart that is known to bring it), such as `3.6.5`. */
  readonly version?: string;
  /** Where the version stands. */
  readonly versionAt?: Cursor;
  /** Whether everything Traefik is started with is seen here, so that an absent option has Traefik's own default. */
  readonly complete: boolean;
  readonly options: readonly StaticOption[];
  readonly entryPoints: readonly EntryPoint[];
  /** Providers that are on, in lower case. */
  readonly providers: readonly string[];
}

/** An option by its name, in any case. Later ones win. */
export function option(traefik: TraefikStatic, name: string): StaticOption | undefined {
  const wanted = name.toLowerCase();
  return traefik.options.findLast((known) => known.name === wanted);
}

/** The words of an option that holds a list, such as `http.middlewares`. */
export function listOf(known: StaticOption | undefined): string[] {
  return (known?.text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** Whether a provider (`kubernetescrd`, `kubernetesingressnginx`) is on, by what is written or by the chart. */
export function usesProvider({ providers }: TraefikStatic, provider: string): boolean {
  return providers.includes(provider.toLowerCase());
}

/** Names of the entry points something is written about. */
export function entryPointNames({ options }: TraefikStatic): string[] {
  return entryPointNamesIn(options);
}

/** Static configuration in values of the Traefik chart (or a static file given as values). */
export function staticOfValues(values: ChartValues): TraefikStatic {
  const { root, manifest, chartVersion } = values;
  const isFile = root.get('entryPoints').isMap;
  const options = [
    ...(isFile ? fileOptions(root) : chartOptions(root)),
    ...argumentOptions(root.get('globalArguments')),
    ...argumentOptions(root.get('additionalArguments')),
  ];
  return {
    manifest,
    at: root,
    complete: isBundled(values) || !hasUnseenLayers(values),
    ...versionOf(root.get('image', 'tag'), root.get('versionOverride'), chartVersion),
    options,
    entryPoints: entryPointsOf(options, isFile ? [] : chartEntryPoints(root)),
    providers: providersOf(options, isFile ? [] : CHART_PROVIDERS),
  };
}

/** What k3s ships lies below its HelmChartConfig and sets nothing of the entry points and providers. */
function isBundled({ manifest, root }: ChartValues): boolean {
  const { kind, name, namespace } = manifest;
  return (
    kind === 'HelmChartConfig' && name === 'traefik' && namespace === 'kube-system' && root.isMap
  );
}

function versionOf(
  tag: Cursor,
  override: Cursor,
  chart: Cursor | undefined,
): Pick<TraefikStatic, 'version' | 'versionAt'> {
  const written = tag.exists ? tag : override;
  if (chart === undefined || written.exists) {
    return versioned(written.scalar, written);
  }
  return versioned(VERSION_OF_CHART[chart.text ?? ''], chart);
}

function versioned(
  tag: string | undefined,
  at: Cursor,
): Pick<TraefikStatic, 'version' | 'versionAt'> {
  const version = /^v?(\d+\.\d+\.\d+)(?![\d.])/.exec(tag ?? '')?.[1];
  return version === undefined ? {} : { version, versionAt: at };
}

/** Static configuration in the arguments of a Traefik container; undefined for workloads without one. */
export function staticOfWorkload(workload: Workload): TraefikStatic | undefined {
  const container = containersOf(workload.pod).find((one) =>
    isTraefik(one.get('image').text ?? ''),
  );
  if (!container) {
    return undefined;
  }
  const image = container.get('image');
  const options = [
    ...argumentOptions(container.get('command')),
    ...argumentOptions(container.get('args')),
  ];
  return {
    manifest: workload.manifest,
    at: container,
    complete: options.length > 0 && !readsFile(container, options),
    ...versioned(tagOf(image.text ?? ''), image),
    options,
    entryPoints: entryPointsOf(options, []),
    providers: providersOf(options, []),
  };
}

/** Whether Traefik is given a static file: it then takes nothing from its arguments. */
function readsFile(container: Cursor, options: readonly StaticOption[]): boolean {
  const mounts = container.get('volumeMounts').items();
  return (
    options.some(({ name }) => name === 'configfile') ||
    mounts.some((mount) => STATIC_FILE.test(mount.get('mountPath').text ?? ''))
  );
}

/** Where Traefik looks for a static file unasked. */
const STATIC_FILE = /^\/etc\/traefik(\/|\/traefik\.(ya?ml|toml))?$/;

/** `traefik:v3`, `docker.io/library/traefik`, `rancher/mirrored-library-traefik`. */
function isTraefik(image: string): boolean {
  const host = imageHost(image);
  const name = (host ? image.slice(host.length + 1) : image).replace(/[:@].*$/, '');
  return /(^|\/)(mirrored-library-)?traefik$/.test(name);
}

/** Static configuration in a ConfigMap: a key `traefik.yaml`, `traefik.yml` or `static.yaml`. */
export function staticOfConfigMap(manifest: Manifest, parse: ParseText): TraefikStatic | undefined {
  const file = manifest.root
    .get('data')
    .entries()
    .find(([name]) => /^(traefik|static)\.ya?ml$/.test(name))?.[1];
  const root = file?.text?.includes('entryPoints') ? parse(file) : undefined;
  if (!root?.get('entryPoints').isMap) {
    return undefined;
  }
  const options = fileOptions(root);
  return {
    manifest,
    at: root,
    complete: true,
    options,
    entryPoints: entryPointsOf(options, []),
    providers: providersOf(options, []),
  };
}
