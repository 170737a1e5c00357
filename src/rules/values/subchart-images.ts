import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { indexed } from '../estate-index';
import type { ChartValues } from '../read/chart-values';
import { tagOf } from '../read/forge-image';
import { hasUnseenLayers } from '../read/hidden-values';
import type { UsedImage, Workload } from '../read/workload';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import type { ChartNumbers } from './chart-version';
import { atLeastChart, exactChartVersion, isOtherChart } from './chart-version';
import { chartSource } from './chart-source';

/** Databases and caches the Gitea chart can bring along, all of them from Bitnami. */
const SUBCHARTS = [
  'postgresql',
  'postgresql-ha',
  'redis',
  'redis-cluster',
  'valkey',
  'valkey-cluster',
] as const;

/** The chart whose subcharts pull from `bitnamilegacy`. */
const LEGACY_SINCE = [12, 4] as const;

/** REG634: the images of the chart's subcharts were taken off Docker Hub. */
export const subchartImages: Rule = {
  code: 'REG634',
  slug: 'subchart-images',
  title: 'the database and cache do not depend on vanished subchart images',
  severity: 'warning',
  gate: 'Gitea chart before 12.4.0',
  why: 'in September 2025 Bitnami took the versioned tags off docker.io/bitnami: a database that is moved to another node cannot be pulled any more, and with it Gitea stands still; the copies in docker.io/bitnamilegacy get no fixes',
  shows: [
    '`kubectl get pods`: `gitea-postgresql-ha-…` in ImagePullBackOff',
    'kubelet: `docker.io/bitnami/postgresql-repmgr:…: not found`',
    'Gitea log: `ORM engine initialization attempt … failed`',
  ],
  fix: 'move to a PostgreSQL and a Valkey of your own and set `postgresql-ha.enabled` and `valkey-cluster.enabled` to false; until then chart 12.4.0 or newer, or `image.repository: bitnamilegacy/…`',
  links: [
    'https://github.com/bitnami/charts/issues/35164',
    'https://github.com/bitnami/containers/issues/83267',
  ],
  judgeRegistry: (registry) => [...renderedImages(registry), ...enabledSubcharts(registry)],
};

type Age = 'gone' | 'frozen';

/** Which of Bitnami's two places on Docker Hub an image is pulled from; undefined for everything else. */
function ageOf({ text, host }: UsedImage): Age | undefined {
  const onHub = host === undefined || /^(?:[\w-]+\.)?docker\.io$/.test(host);
  const age = onHub ? ageOfName(text) : undefined;
  // Only `latest` was left there.
  const stays = age === 'gone' && !text.includes('@') && (tagOf(text) ?? 'latest') === 'latest';
  return stays ? undefined : age;
}

function ageOfName(image: string): Age | undefined {
  const owner = /(?:^|\/)(bitnami|bitnamilegacy)\//.exec(image)?.[1];
  return owner === undefined ? undefined : owner === 'bitnami' ? 'gone' : 'frozen';
}

interface BitnamiImage {
  readonly workload: Workload;
  readonly image: UsedImage;
  readonly age: Age;
}

function bitnamiByRelease(estate: Estate): ReadonlyMap<string, BitnamiImage[]> {
  return estate.remember('bitnami images by release', () =>
    indexed(
      estate.workloads.flatMap((workload) => bitnamiImage(workload) ?? []),
      ({ workload: { manifest } }) =>
        manifest.root.get('metadata', 'labels', 'app.kubernetes.io/instance').text ?? [],
    ),
  );
}

/** The first image of a workload that is gone, else the first that is frozen: one is enough to stop the pod. */
function bitnamiImage(workload: Workload): BitnamiImage | undefined {
  const images = workload.images.flatMap((image) => {
    const age = ageOf(image);
    return age ? [{ workload, image, age }] : [];
  });
  return images.find(({ age }) => age === 'gone') ?? images[0];
}

function renderedImages({ estate, facts }: RegistryView): Violation[] {
  const { releaseName, namespace } = facts;
  return (bitnamiByRelease(estate).get(releaseName ?? '') ?? [])
    .filter(({ workload }) => namespace === undefined || workload.namespace === namespace)
    .map(({ image, age }) => violation(image.at, age, `${quote(image.text)}, an image`));
}

function violation(at: Cursor, age: Age, what: string): Violation {
  return age === 'gone'
    ? {
        at,
        observed: `${what} that Docker Hub no longer has`,
        expected: 'an image somebody still publishes',
      }
    : {
        at,
        severity: 'info',
        observed: `${what} that gets no fixes any more`,
        expected: 'an image that still gets fixes',
        fix: 'plan the move to a PostgreSQL and a Valkey outside the chart',
      };
}

function enabledSubcharts(registry: RegistryView): Violation[] {
  const values = registry.values.filter(({ chart }) => chart === 'gitea');
  const version = chartOf(registry, values);
  if (!version || values.some((one) => isOtherChart(...chartSource(one, registry.estate)))) {
    return [];
  }
  const usual = atLeastChart(version, LEGACY_SINCE) ? 'frozen' : 'gone';
  const on = SUBCHARTS.flatMap((name) => switchedOn(name, usual, values));
  return [...on, ...impliedSubcharts(version, usual, values)];
}

/** The chart's version: of the wrapper object, else declared. */
function chartOf(
  { declaration }: RegistryView,
  values: readonly ChartValues[],
): ChartNumbers | undefined {
  const written = values.map(({ chartVersion }) => chartVersion?.text).filter(Boolean);
  return exactChartVersion(written[0] ?? declaration?.release.chartVersion);
}

/** A subchart that is switched on, unless its images come from elsewhere. */
function switchedOn(name: string, usual: Age, values: readonly ChartValues[]): Violation[] {
  const at = lastOf(values, name, 'enabled');
  const age = at?.value === true ? ageOfImages(name, usual, values) : undefined;
  return at && age ? [violation(at, age, `subchart '${name}' with an image of Bitnami`)] : [];
}

function lastOf(values: readonly ChartValues[], ...steps: readonly string[]): Cursor | undefined {
  return values.map(({ root }) => root.get(...steps)).findLast(({ exists }) => exists);
}

/** Where values name another registry for the images of a subchart: a mirror keeps what Docker Hub dropped. */
const REGISTRIES: readonly (readonly string[])[] = [
  ['image', 'registry'],
  ['postgresql', 'image', 'registry'],
  ['global', 'imageRegistry'],
];

const REPOSITORIES: readonly (readonly string[])[] = [
  ['image', 'repository'],
  ['postgresql', 'image', 'repository'],
];

/** Which of Bitnami's places a subchart pulls from; undefined where the values name another. */
function ageOfImages(name: string, usual: Age, values: readonly ChartValues[]): Age | undefined {
  const written = (steps: readonly string[]): string | undefined =>
    lastOf(values, ...steps)?.text || undefined;
  const registries = [...REGISTRIES.map((steps) => [name, ...steps]), ['global', 'imageRegistry']];
  const repository = REPOSITORIES.map((steps) => written([name, ...steps])).find(Boolean);
  if (registries.some((steps) => written(steps))) {
    return undefined;
  }
  return repository === undefined ? usual : ageOfName(repository);
}

/** Subcharts that are on unless switched off, by major of the chart. */
function defaultSubcharts([major]: ChartNumbers): readonly string[] {
  if (major < 10) {
    return [];
  }
  return ['postgresql-ha', major < 12 ? 'redis-cluster' : 'valkey-cluster'];
}

/** What a chart with vanished images brings along because nothing says no. */
function impliedSubcharts(
  version: ChartNumbers,
  usual: Age,
  values: readonly ChartValues[],
): Violation[] {
  const at = values.find(({ chartVersion }) => chartVersion?.text)?.chartVersion;
  const unseen = values.some((one) => one.releaseName !== undefined && hasUnseenLayers(one));
  const names = defaultSubcharts(version).filter(
    (name) => !lastOf(values, name, 'enabled') && ageOfImages(name, usual, values) === 'gone',
  );
  const brought = names.map((name) => `'${name}'`).join(' and ');
  const what = `chart ${version.join('.')} brings ${brought}, each with an image of Bitnami`;
  return at && !unseen && names.length > 0 ? [violation(at, 'gone', what)] : [];
}
