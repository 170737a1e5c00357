import { matches } from '../../declaration/grammar';
import { CHART_VERSION } from '../../declaration/version';

/** Numbers of an exact version of a chart. */
export type ChartNumbers = readonly [major: number, minor: number, patch: number];

/** The numbers of an exact chart version, `v12.5.0` among them; undefined for a range or anything else. */
export function exactChartVersion(text: string | undefined): ChartNumbers | undefined {
  const version = text?.trim().replace(/^=?\s*v?/, '') ?? '';
  return matches(CHART_VERSION, version)
    ? (version.split(/[-+]/, 1)[0].split('.').map(Number) as [number, number, number])
    : undefined;
}

/** Whether a version is `major.minor.0` or newer. */
export function atLeastChart(
  [major, minor]: ChartNumbers,
  since: readonly [number, number],
): boolean {
  return major > since[0] || (major === since[0] && minor >= since[1]);
}

/** Whether something fills the text in later: Flux substitution, a template of an ApplicationSet. */
export function isTemplate(text: string): boolean {
  return /\{\{|\$\{/.test(text);
}

/** Charts of the same name by other makers; what is known of versions and subcharts is not true of them. */
const OTHER_MAKERS = /bitnami|groundhog2k/i;

/** Whether a source (a URL, the name of a repository) is not that of the official chart, as far as it says. */
export function isOtherChart(...sources: readonly (string | undefined)[]): boolean {
  return sources.some((source) => OTHER_MAKERS.test(source ?? ''));
}
