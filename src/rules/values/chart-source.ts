import type { Estate } from '../estate';
import { namespaceOrDefault } from '../manifest';
import type { ChartValues } from '../read/chart-values';

/** Where a wrapper object gets its chart from, in its own words: URLs, names of repositories. */
export function chartSource(
  { manifest, chartVersion }: ChartValues,
  estate: Estate,
): (string | undefined)[] {
  const spec = manifest.root.get('spec');
  switch (manifest.kind) {
    case 'HelmRelease': {
      const ref = spec.get('chart', 'spec', 'sourceRef');
      const namespace = ref.get('namespace').text ?? namespaceOrDefault(manifest);
      const repository = estate.object('HelmRepository', namespace, ref.get('name').text ?? '');
      return [ref.get('name').text, repository?.root.get('spec', 'url').text];
    }
    case 'HelmChart':
      return [spec.get('repo').text, spec.get('chart').text];
    case 'Application':
    case 'ApplicationSet':
      return [chartVersion?.outer?.get('repoURL').text];
    default:
      return [];
  }
}
