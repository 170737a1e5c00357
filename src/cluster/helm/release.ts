import { gunzipSync } from 'node:zlib';
import { maskValues } from '../mask/values';
import type { KubeObject } from '../object';
import { isMap } from '../object';

/** One revision of a Helm 3 release, as its storage driver keeps it. */
export interface HelmRelease {
  readonly name: string;
  /** Namespace it is stored in, which is the release's own. */
  readonly namespace: string;
  /** From 1. */
  readonly revision: number;
  /** Helm's word: `deployed`, `superseded`, `failed`, `pending-upgrade`, `uninstalled`, … */
  readonly status: string;
  /** When it was deployed (RFC 3339), where the release says so. */
  readonly deployedAt?: string;
  /** Where Helm stores it. */
  readonly driver: 'secret' | 'configmap';
  readonly chart: HelmChart;
  /** Which of the charts we ask about it installs: {@link chart} itself, or a dependency of that. */
  readonly installs: ReleasedChart;
  /** Key of the values that go to that dependency; absent when it is {@link chart} itself. */
  readonly subchart?: string;
  /** What the user gave (`helm get values`), with every secret replaced by `‹redacted›`. */
  readonly values: { readonly [key: string]: unknown };
}

/** Chart of a release. */
export interface HelmChart {
  readonly name: string;
  readonly version: string;
  readonly appVersion?: string;
}

/** What a storage object of Helm turned out to hold. */
export type StoredRelease =
  | { readonly release: HelmRelease }
  /** Why it cannot be read, in words. */
  | { readonly fault: string };

/** Charts whose releases are read; of others nothing is kept. */
export type ReleasedChart = 'gitea' | 'forgejo' | 'traefik';

const CHARTS: readonly ReleasedChart[] = ['gitea', 'forgejo', 'traefik'];

const chartCalled = (name: unknown): ReleasedChart | undefined =>
  CHARTS.find((chart) => chart === name);

/** Names of the objects Helm 3 stores releases in (helm/pkg/storage). */
const STORED = /^sh\.helm\.release\.v1\.(.+)\.v(\d+)$/;

/** Largest release that is unpacked: compressed it fits an object of 1 MiB. */
const LARGEST = 64 * 1024 * 1024;

/** The release in a Secret or ConfigMap; undefined when it holds none, or one of a chart nobody asks about. */
export function storedRelease(
  object: KubeObject,
  driver: HelmRelease['driver'],
): StoredRelease | undefined {
  const [, name, revision] = STORED.exec(object.metadata.name) ?? [];
  if (name === undefined) {
    return undefined;
  }
  const data = isMap(object.data) ? object.data.release : undefined;
  if (typeof data !== 'string' || data === '') {
    return { fault: "the object has no key 'release'" };
  }
  // A Secret's data is base64 of what the driver wrote, which is base64 itself.
  const written = driver === 'secret' ? Buffer.from(data, 'base64').toString('latin1') : data;
  const document = unpacked(Buffer.from(written, 'base64'));
  if (typeof document === 'string') {
    return { fault: document };
  }
  if (document === undefined) {
    return undefined;
  }
  const { namespace = 'default' } = object.metadata;
  return described(document, { name, namespace, revision: Number(revision), driver });
}

/** The release's document, undefined when it mentions none of our charts, or why it cannot be read. */
function unpacked(bytes: Buffer): unknown {
  let text: Buffer;
  try {
    // Helm reads releases that were never compressed, too.
    text = bytes.subarray(0, 2).equals(GZIP)
      ? gunzipSync(bytes, { maxOutputLength: LARGEST })
      : bytes;
  } catch {
    return 'the release is no gzip';
  }
  if (text[0] === OPEN_MAP && !CHARTS.some((chart) => text.includes(`"${chart}"`))) {
    return undefined;
  }
  try {
    const document: unknown = JSON.parse(text.toString('utf8'));
    return isMap(document) ? document : 'the release is JSON, but no map';
  } catch {
    return 'the release is no JSON';
  }
}

const GZIP = Buffer.from([0x1f, 0x8b]);
const OPEN_MAP = 0x7b;

function described(
  document: unknown,
  stored: Pick<HelmRelease, 'name' | 'namespace' | 'revision' | 'driver'>,
): StoredRelease | undefined {
  const { info, chart, config } = document as { readonly [field: string]: unknown };
  const metadata = isMap(chart) ? chart.metadata : undefined;
  if (!isMap(metadata) || typeof metadata.name !== 'string') {
    return { fault: 'the release names no chart' };
  }
  const own = chartCalled(metadata.name);
  const dependency = own ? undefined : dependencyOf(metadata);
  const installs = own ?? dependency?.chart;
  if (installs === undefined) {
    return undefined;
  }
  const facts = isMap(info) ? info : {};
  const deployedAt = textOf(facts.last_deployed);
  const appVersion = textOf(metadata.appVersion);
  return {
    release: {
      ...stored,
      status: textOf(facts.status) ?? 'unknown',
      ...(deployedAt !== undefined && { deployedAt }),
      chart: {
        name: metadata.name,
        version: textOf(metadata.version) ?? '',
        ...(appVersion !== undefined && { appVersion }),
      },
      installs,
      ...(dependency && { subchart: dependency.key }),
      values: isMap(config) ? (maskValues(config) as HelmRelease['values']) : {},
    },
  };
}

/** A dependency that is one of our charts, and the key of its values: its alias, or its name. */
function dependencyOf(metadata: {
  readonly [field: string]: unknown;
}): { readonly chart: ReleasedChart; readonly key: string } | undefined {
  const { dependencies } = metadata;
  const list: readonly unknown[] = Array.isArray(dependencies) ? dependencies : [];
  for (const one of list.filter(isMap)) {
    const chart = chartCalled(one.name);
    if (chart) {
      return { chart, key: textOf(one.alias) ?? chart };
    }
  }
  return undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
