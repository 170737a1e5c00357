import type { KubeObject } from './kube-object';
import { selects } from './selection';
import { groupVersionOf, isOf } from './served-resource';
import type { ServedResource } from './served-resource';

/** The list of a resource type, in chunks of `limit` that `continue` carries on, as the API server gives it. */
export function listOf(
  objects: readonly KubeObject[],
  resource: ServedResource,
  namespace: string | undefined,
  query: URLSearchParams,
): object {
  const selected = objects.filter(
    (object) =>
      isOf(object, resource) &&
      (namespace === undefined || object.metadata.namespace === namespace) &&
      selects(query, object),
  );
  const start = Number(query.get('continue') ?? 0);
  const end = start + (Number(query.get('limit') ?? 0) || selected.length);
  const left = selected.length - end;
  return {
    kind: `${resource.kind}List`,
    apiVersion: groupVersionOf(resource),
    metadata: {
      resourceVersion: '1',
      ...(left > 0 ? { continue: String(end), remainingItemCount: left } : {}),
    },
    items: selected.slice(start, end),
  };
}
