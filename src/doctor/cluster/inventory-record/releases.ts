import type { HelmRelease, KubeObject, LiveKind } from '../../../cluster';
import { Cursor } from '../../../rules/cursor';
import type { Sight } from '../../sight';
import { liveReleases } from '../live-releases';
import { ownRelease } from '../own-release';
import type { InventoryRelease, ValuesSource } from './record';

/** Releases of Gitea, Forgejo and Traefik, the registry's own first. */
export async function releasesOf(sight: Sight): Promise<InventoryRelease[]> {
  const [known, own] = await Promise.all([sight.see(liveReleases), sight.see(ownRelease)]);
  return (known?.releases ?? [])
    .map((release) => described(release, own?.helm === release))
    .sort((one, other) => Number(other.isOwn) - Number(one.isOwn));
}

function described(release: HelmRelease, isOwn: boolean): InventoryRelease {
  const { name, namespace, chart, revision, status, deployedAt } = release;
  return {
    ...{ name, namespace, chart: chart.name, chartVersion: chart.version },
    ...(chart.appVersion !== undefined && { appVersion: chart.appVersion }),
    ...{ revision, status },
    ...(deployedAt !== undefined && { deployedAt }),
    isOwn,
  };
}

/** Objects other tools install a chart with. */
const WRAPPERS: readonly LiveKind[] = [
  'helmreleases',
  'applications',
  'helmcharts',
  'helmchartconfigs',
];

/** Where the values of the release come from: what Helm was given, and the objects that give it. */
export async function valuesSourcesOf(sight: Sight): Promise<ValuesSource[]> {
  const { cluster } = sight.request;
  const own = await sight.see(ownRelease);
  const listings = cluster ? await Promise.all(WRAPPERS.map((kind) => cluster.objects(kind))) : [];
  const wrappers = listings.flatMap(({ objects }) => objects).filter(isOfForge);
  return [
    ...(own?.helm
      ? [
          {
            kind: 'Helm release',
            namespace: own.namespace,
            name: own.name,
            values: lines(new Cursor(own.helm.values)),
          },
        ]
      : []),
    ...wrappers.map(wrapper),
  ];
}

function isOfForge({ metadata, spec }: KubeObject): boolean {
  const chart = new Cursor(spec);
  const told = [
    metadata.name,
    chart.get('chart').text,
    chart.get('chart', 'spec', 'chart').text,
    chart.get('releaseName').text,
    chart.get('source', 'chart').text,
    chart.get('source', 'repoURL').text,
  ];
  return told.some((text) => /gitea|forgejo/.test(text ?? ''));
}

function wrapper(object: KubeObject): ValuesSource {
  const status = new Cursor(object).get('status');
  const conditions = status
    .get('conditions')
    .items()
    .flatMap((one) => {
      const type = one.get('type').text;
      return type === undefined ? [] : [`${type}=${one.get('status').text ?? '?'}`];
    });
  const sync = status.get('sync', 'status').text;
  const state = [...(sync === undefined ? [] : [sync]), ...conditions].join(', ');
  return {
    kind: object.kind ?? '',
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
    ...(state !== '' && { state }),
  };
}

/** Each value with its path; a list or map without entries is told too. */
function lines(at: Cursor): string[] {
  const below = at.isList ? at.items() : at.entries().map(([, value]) => value);
  if (below.length > 0) {
    return below.flatMap(lines);
  }
  return at.path === '' ? [] : [`${at.path}: ${at.scalar ?? JSON.stringify(at.value)}`];
}
