import type { Estate } from '../estate';
import { namespaceOrDefault, VALUES } from '../manifest';
import type { ChartValues } from '../read/chart-values';
import { hasUnseenLayers, isFile } from '../read/hidden-values';
import type { RegistryView } from '../registry-view';

/**
 * Whether values of the release are named that cannot be seen here: files of the declaration, layers of a wrapper
 * object. A bare file names none.
 */
export function hasUnseenValues({ declaration, values, estate }: RegistryView): boolean {
  const named = declaration?.release.valuesFiles ?? [];
  const wrapped = values.filter(({ manifest }) => manifest.kind !== VALUES);
  return (
    named.some((file) => !isSeen(file, estate)) ||
    wrapped.some((one) => hasUnseenLayers(one) && !areLayersSeen(one, estate))
  );
}

/** A run may start in the folder of the file. */
function isSeen(named: string, estate: Estate): boolean {
  const name = named.replace(/^.*\//, '');
  return estate.ofKind(VALUES).some(({ origin: { file } }) => isFile(file, named) || file === name);
}

/** Whether everything a wrapper lays its values over is rendered here. */
function areLayersSeen(values: ChartValues, estate: Estate): boolean {
  const { manifest, chartVersion } = values;
  const spec = manifest.root.get('spec');
  switch (manifest.kind) {
    case 'HelmRelease':
      return spec
        .get('valuesFrom')
        .items()
        .every(
          (from) =>
            from.get('kind').text === 'ConfigMap' &&
            !from.get('targetPath').text &&
            estate.object('ConfigMap', namespaceOrDefault(manifest), from.get('name').text ?? ''),
        );
    case 'Application':
    case 'ApplicationSet': {
      const helm = chartVersion?.outer?.get('helm') ?? spec;
      const isSet = ['parameters', 'fileParameters'].some(
        (key) => helm.get(key).items().length > 0,
      );
      return (
        !isSet &&
        helm
          .get('valueFiles')
          .items()
          // `$values/…` begins with the name of another source.
          .every(({ text = '' }) => isSeen(text.replace(/^\$[^/]*\//, ''), estate))
      );
    }
    default:
      return false;
  }
}
