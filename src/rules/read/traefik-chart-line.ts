import type { Estate } from '../estate';
import { namespaceOrDefault } from '../manifest';
import type { ChartValues } from './chart-values';

/** Longest version or reference to a chart that is looked at. */
const MOST_CHARACTERS = 200;

/**
 * Major version of the chart these values are for: by the object around them; for a HelmChartConfig by the HelmChart it
 * changes. Undefined where nothing says it, or a range leaves it open.
 */
export function chartLine(values: ChartValues, estate: Estate): number | undefined {
  const { manifest, chartVersion } = values;
  if (manifest.kind !== 'HelmChartConfig') {
    return majorOf(chartVersion?.scalar) ?? archiveLine(values);
  }
  const changed = estate.values.find(
    (one) =>
      one.manifest.kind === 'HelmChart' &&
      one.manifest.name === manifest.name &&
      namespaceOrDefault(one.manifest) === namespaceOrDefault(manifest),
  );
  return changed && chartLine(changed, estate);
}

/** The major of `39.0.8`, `v39`, `39.x`, `~39.0.1`, `^39.0.0`, `37.1.1+up37.1.0`. */
function majorOf(version: string | undefined): number | undefined {
  const major = /^[=~^]? ?v?(\d{1,4})(?:\.(?:\d+|[xX*])){0,2}(?:[-+][\w.+-]*)?$/.exec(
    version?.trim().slice(0, MOST_CHARACTERS) ?? '',
  )?.[1];
  return major === undefined ? undefined : Number(major);
}

/** k3s and RKE2 name an archive: `https://…/static/charts/traefik-37.1.1+up37.1.0.tgz`. */
function archiveLine({ manifest, chartVersion }: ChartValues): number | undefined {
  const archive = chartVersion?.exists ? undefined : manifest.root.get('spec', 'chart').text;
  const version = /\/traefik-(\d[\w.+-]*)\.tgz$/.exec(archive?.slice(-MOST_CHARACTERS) ?? '')?.[1];
  return majorOf(version);
}
