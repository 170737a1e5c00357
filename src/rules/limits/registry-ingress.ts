import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import { namespaceOrDefault } from '../manifest';
import type { ChartValues } from '../read/chart-values';
import { hasUnseenLayers } from '../read/hidden-values';
import { classOf } from '../read/ingress';
import type { RegistryView } from '../registry-view';

/** An Ingress that takes `/v2` of a registry: an object, or the `ingress` of the chart's values. */
export interface RegistryIngress {
  /** Class, where written. */
  readonly className?: string;
  readonly namespace?: string;
  /** Where annotations stand. */
  readonly annotations: Cursor;
  /** Place to point at when an annotation is missing. */
  readonly at: Cursor;
  /** Whether every annotation is seen here: an object, not values other values may be laid over. */
  readonly complete: boolean;
}

/** The Ingresses of a registry. Where one is rendered, the values it was rendered from are not looked at. */
export function registryIngresses(registry: RegistryView): readonly RegistryIngress[] {
  return registry.remember('ingresses', () => {
    const routes = registry.v2Routes.filter(({ kind }) => kind === 'Ingress');
    const manifests = new Set(routes.map(({ manifest }) => manifest));
    return manifests.size > 0
      ? [...manifests].map(ofObject)
      : registry.values.flatMap((values) => ofValues(values));
  });
}

function ofObject(manifest: Manifest): RegistryIngress {
  const metadata = manifest.root.get('metadata');
  return {
    ...named(classOf(manifest).text),
    namespace: namespaceOrDefault(manifest),
    ...placeOf(metadata),
    complete: true,
  };
}

/** `ingress` of the Gitea and Forgejo charts. */
function ofValues(values: ChartValues): RegistryIngress[] {
  const { root, namespace } = values;
  const ingress = root.get('ingress');
  if (ingress.get('enabled').value !== true) {
    return [];
  }
  const className = ingress.get('className').text;
  return [
    {
      ...named(className || ingress.get('annotations', 'kubernetes.io/ingress.class').text),
      ...(namespace !== undefined && { namespace }),
      ...placeOf(ingress),
      complete: !hasUnseenLayers(values),
    },
  ];
}

function named(className: string | undefined): { readonly className?: string } {
  return className ? { className } : {};
}

/** Annotations below `around`, which stands for them where there are none. */
function placeOf(around: Cursor): Pick<RegistryIngress, 'annotations' | 'at'> {
  const annotations = around.get('annotations');
  return { annotations, at: annotations.exists ? annotations : around };
}
