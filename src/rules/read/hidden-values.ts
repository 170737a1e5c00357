import type { Cursor } from '../cursor';
import type { RegistryView } from '../registry-view';
import type { ChartValues } from './chart-values';

/**
 * Whether these values are laid over others that cannot be seen here, or below them: what is absent may stand there.
 * A bare file says nothing of what it is laid over.
 */
export function hasUnseenLayers({ manifest, root, chartVersion }: ChartValues): boolean {
  const spec = manifest.root.get('spec');
  switch (manifest.kind) {
    case 'HelmRelease':
      return isFilled(spec.get('valuesFrom'));
    case 'HelmChart':
      return isFilled(spec.get('valuesSecrets')) || isUnread(spec.get('valuesContent'), root);
    case 'Application':
    case 'ApplicationSet': {
      const helm = chartVersion?.outer?.get('helm') ?? spec;
      return ['valueFiles', 'parameters', 'fileParameters'].some((key) => isFilled(helm.get(key)));
    }
    default:
      return true;
  }
}

function isFilled(list: Cursor): boolean {
  return list.items().length > 0;
}

/** A text of values that no parser read, or that was no map. */
function isUnread(text: Cursor, root: Cursor): boolean {
  return Boolean(text.text) && !root.exists;
}

/**
 * Whether settings of app.ini may come from where nobody looks here: values files the declaration names, layers of a
 * wrapper object, Secrets that are not rendered.
 */
export function hasUnseenConfig(registry: RegistryView): boolean {
  return registry.remember('unseen config', () => {
    const { values, declaration } = registry;
    const files = declaration?.release.valuesFiles ?? [];
    return (
      files.some((file) => !values.some(({ manifest }) => isFile(manifest.origin.file, file))) ||
      values.some((one) => one.releaseName !== undefined && hasUnseenLayers(one)) ||
      values.some((one) => hasUnseenSources(one, registry))
    );
  });
}

/** The same file by the end of its path: the run may start in another folder than helm. */
export function isFile(file: string | undefined, named: string): boolean {
  const tail = named.replace(/^(\.\.?\/)+/, '');
  return file !== undefined && (file === tail || file.endsWith(`/${tail}`));
}

function hasUnseenSources({ root }: ChartValues, { estate, facts }: RegistryView): boolean {
  return root
    .get('gitea', 'additionalConfigSources')
    .items()
    .some((source) => {
      const secret = source.get('secret', 'secretName').text;
      const name = secret ?? source.get('configMap', 'name').text ?? '';
      const kind = secret === undefined ? 'ConfigMap' : 'Secret';
      return estate.object(kind, facts.namespace ?? '', name) === undefined;
    });
}
