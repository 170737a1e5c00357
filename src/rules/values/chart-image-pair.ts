import { quote } from '../../declaration/problem';
import type { ChartValues } from '../read/chart-values';
import type { SeenVersion } from '../read/forge-version';
import {
  declaredVersion,
  PRODUCT,
  versionOfValues,
  versionsOfWorkload,
} from '../read/forge-version';
import type { Workload } from '../read/workload';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { unpinnedCharts } from './chart-pin';
import { chartSource } from './chart-source';
import type { ChartNumbers } from './chart-version';
import { atLeastChart, exactChartVersion, isOtherChart } from './chart-version';

/** REG640: chart and image share the tool that writes app.ini, and it changed at 12.6 and 1.26. */
export const chartImagePair: Rule = {
  code: 'REG640',
  slug: 'chart-image-pair',
  title: 'chart and image version fit each other, and the chart version is pinned',
  severity: 'error',
  gate: 'Gitea chart 12.6.0 with Gitea 1.26; each major of the Forgejo chart',
  why: 'charts up to 12.5 call `environment-to-ini -o`, which images from 1.26 on refuse; charts from 12.6 on call `gitea config edit-ini`, which images up to 1.25 do not have: the init container fails and no pod starts. A chart version that is a range moves on its own, at the next reconciliation',
  shows: [
    '`kubectl logs POD -c init-app-ini`: `flag provided but not defined: -o`',
    '`kubectl get pods`: Init:Error or Init:CrashLoopBackOff after an upgrade of chart or image alone',
  ],
  fix: 'chart 12.6 or newer with Gitea 1.26 or newer, chart 12.5.x with Gitea up to 1.25; one exact chart version',
  links: [
    'https://github.com/go-gitea/gitea/pull/35735',
    'https://github.com/go-gitea/gitea/issues/27913',
  ],
  judgeRegistry: (registry) => [...pairs(registry).flatMap(misfit), ...unpinnedCharts(registry)],
};

/** A chart and an image it is used with. */
interface Pair {
  readonly chart: string;
  readonly numbers: ChartNumbers;
  readonly image: SeenVersion;
}

function pairs(registry: RegistryView): Pair[] {
  return [
    ...declaredPairs(registry),
    ...registry.values
      .filter((values) => !isOtherChart(...chartSource(values, registry.estate)))
      .flatMap((values) => paired(chartOf(values, registry), versionOfValues(values))),
    ...registry.forges.flatMap((workload) =>
      paired(chartLabel(workload), versionsOfWorkload(workload).slice(0, 1)),
    ),
  ];
}

function paired(chart: string | undefined, images: readonly SeenVersion[]): Pair[] {
  const numbers = exactChartVersion(chart);
  return chart !== undefined && numbers ? images.map((image) => ({ chart, numbers, image })) : [];
}

function declaredPairs(registry: RegistryView): Pair[] {
  return registry.declaration
    ? paired(registry.declaration.release.chartVersion, declaredVersion(registry))
    : [];
}

/** The chart's version as the wrapper object says it; for bare files that of the release, else the declared one. */
function chartOf(
  values: ChartValues,
  { values: all, declaration }: RegistryView,
): string | undefined {
  const ofRelease = all.map(({ chartVersion }) => chartVersion?.text).find(Boolean);
  return values.chartVersion?.text ?? ofRelease ?? declaration?.release.chartVersion;
}

/** The chart that rendered a workload, by the label every chart sets. */
function chartLabel({ manifest }: Workload): string | undefined {
  const label = manifest.root.get('metadata', 'labels', 'helm.sh/chart').text;
  return /^(?:gitea|forgejo)-(\d.*)$/.exec(label ?? '')?.[1];
}

function misfit(pair: Pair): Violation[] {
  return pair.image.version.flavor === 'gitea' ? giteaMisfit(pair) : forgejoMisfit(pair);
}

function violation({ image, chart }: Pair, needs: string, fix: string): Violation {
  const product = PRODUCT[image.version.flavor];
  return {
    at: image.at,
    observed: `${product} ${quote(image.text)} with chart ${chart}`,
    expected: needs,
    fix,
  };
}

const EDIT_INI_CHART = [12, 6] as const;
const EDIT_INI_IMAGE = [1, 26] as const;

function giteaMisfit(pair: Pair): Violation[] {
  const { numbers, image } = pair;
  const { number, preRelease } = image.version;
  const newChart = atLeastChart(numbers, EDIT_INI_CHART);
  const newImage = atLeastChart(numbersOf(number), EDIT_INI_IMAGE);
  // Builds on the way to 1.26.0 had the old tool first and the new one later.
  if (newChart === newImage || (preRelease && number === '1.26.0')) {
    return [];
  }
  return [
    newChart
      ? violation(
          pair,
          'Gitea 1.26 or newer for this chart',
          'chart 12.5.x for this image, or an image of 1.26',
        )
      : violation(
          pair,
          'Gitea up to 1.25 for this chart',
          'chart 12.6 or newer for this image, or an image up to 1.25',
        ),
  ];
}

function numbersOf(number: string): ChartNumbers {
  const [major, minor, patch] = number.split('.').map(Number);
  return [major, minor, patch];
}

/** Oldest Forgejo each major of its chart works with (README of forgejo-helm, "Upgrading"). */
const FORGEJO: { readonly [chartMajor: number]: number } = {
  11: 10,
  12: 11,
  13: 12,
  14: 12,
  15: 13,
};

function forgejoMisfit(pair: Pair): Violation[] {
  const oldest = FORGEJO[pair.numbers[0]];
  const [major] = numbersOf(pair.image.version.number);
  return oldest !== undefined && major < oldest
    ? [
        violation(
          pair,
          `Forgejo ${oldest} or newer for this chart`,
          `an older chart, or Forgejo ${oldest} or newer`,
        ),
      ]
    : [];
}
