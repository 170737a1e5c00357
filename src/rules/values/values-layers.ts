import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { indexed } from '../estate-index';
import type { Manifest } from '../manifest';
import { namespaceOrDefault, VALUES } from '../manifest';
import type { ChartValues } from '../read/chart-values';
import { isFile } from '../read/hidden-values';
import type { RegistryView } from '../registry-view';

/** Values documents of one release that are laid over each other, lowest first. */
export type Layers = readonly Cursor[];

/** Every way in which values of this registry are laid over each other. */
export function valuesLayers(registry: RegistryView): Layers[] {
  const { values, estate } = registry;
  const wrapped = values.filter(({ manifest }) => manifest.kind !== VALUES);
  return [...fileLayers(registry), ...wrapperLayers(wrapped, estate)];
}

/** Bare files in the order they are given; where the declaration names files, those in its order. */
function fileLayers({ values, declaration }: RegistryView): Layers[] {
  const named = declaration?.release.valuesFiles ?? [];
  const place = ({ manifest }: ChartValues): number =>
    named.findIndex((file) => isFile(manifest.origin.file, file));
  const files = values.filter(({ manifest }) => manifest.kind === VALUES);
  const known = files.filter((file) => place(file) >= 0).sort((a, b) => place(a) - place(b));
  // Values of a dependency stand below its name in each file of an umbrella chart.
  const byPath = indexed(named.length === 0 ? files : known, ({ root }) => root.path);
  return [...byPath.values()].map((layers) => layers.map(({ root }) => root));
}

function wrapperLayers(values: readonly ChartValues[], estate: Estate): Layers[] {
  const byManifest = new Map<Manifest, Cursor[]>();
  for (const { manifest, root } of values) {
    byManifest.set(manifest, [...(byManifest.get(manifest) ?? []), root]);
  }
  return [...byManifest].map(([manifest, roots]) => [
    ...lowerLayers(manifest, estate, byManifest),
    ...roots,
  ]);
}

/** What lies below the values of an object, beside the chart's own. */
function lowerLayers(
  manifest: Manifest,
  estate: Estate,
  known: ReadonlyMap<Manifest, readonly Cursor[]>,
): readonly Cursor[] {
  const namespace = namespaceOrDefault(manifest);
  if (manifest.kind === 'HelmChartConfig') {
    const chart = estate.object('HelmChart', namespace, manifest.name);
    return (chart && known.get(chart)) ?? [];
  }
  return manifest.kind === 'HelmRelease' ? fluxLayers(manifest, estate) : [];
}

/** The ConfigMaps a HelmRelease takes values from, in order; entries for a single key are laid on top instead. */
function fluxLayers(manifest: Manifest, estate: Estate): Cursor[] {
  return manifest.root
    .get('spec', 'valuesFrom')
    .items()
    .filter((from) => from.get('kind').text === 'ConfigMap' && !from.get('targetPath').text)
    .flatMap((from) => {
      const map = estate.object(
        'ConfigMap',
        namespaceOrDefault(manifest),
        from.get('name').text ?? '',
      );
      const text = map?.root.get('data', from.get('valuesKey').text ?? 'values.yaml');
      return (text?.text && estate.parseYaml(text)) || [];
    });
}
