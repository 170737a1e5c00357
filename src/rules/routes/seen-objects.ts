import type { Estate } from '../estate';
import { indexed } from '../estate-index';
import type { Manifest } from '../manifest';
import { namespaceOrDefault } from '../manifest';

/**
 * Whether an object is missing for sure: others of its kind and namespace are rendered here, it is not, and none of
 * its name leaves the namespace to whoever applies it.
 */
export function isMissing(kind: string, namespace: string, name: string, estate: Estate): boolean {
  const { byNamespace, floating } = estate.remember(`seen objects of ${kind}`, () => ({
    byNamespace: indexed(estate.ofKind(kind), namespaceOrDefault),
    floating: new Set(
      estate.ofKind(kind).flatMap((one) => (one.namespace === undefined ? one.name : [])),
    ),
  }));
  return (
    byNamespace.has(namespace) &&
    !floating.has(name) &&
    estate.object(kind, namespace, name) === undefined
  );
}

/** The namespaces anything is rendered into. */
export function seenNamespaces(estate: Estate): ReadonlySet<string> {
  return estate.remember(
    'seen namespaces',
    () => new Set(estate.manifests.flatMap((manifest) => manifest.namespace ?? [])),
  );
}

/** A permission of Gateway API to refer to objects of another namespace. */
interface Grant {
  readonly from: string;
  readonly to: string;
  /** The one object meant; absent: all of the kind. */
  readonly name?: string;
}

/** Whether a ReferenceGrant lets objects of one kind and namespace refer to an object of another. */
export function isGranted(
  from: { readonly kind: string; readonly namespace: string },
  to: { readonly kind: string; readonly namespace: string; readonly name: string },
  estate: Estate,
): boolean {
  const grants = estate.remember('reference grants', () =>
    estate.ofKind('ReferenceGrant').flatMap(grantsOf),
  );
  return grants.some(
    (grant) =>
      grant.from === `${from.kind} ${from.namespace}` &&
      grant.to === `${to.kind} ${to.namespace}` &&
      (grant.name === undefined || grant.name === to.name),
  );
}

function grantsOf(manifest: Manifest): Grant[] {
  const spec = manifest.root.get('spec');
  return spec
    .get('from')
    .items()
    .flatMap((from) =>
      spec
        .get('to')
        .items()
        .map((to) => {
          const name = to.get('name').text;
          return {
            from: `${from.get('kind').text} ${from.get('namespace').text}`,
            to: `${to.get('kind').text} ${namespaceOrDefault(manifest)}`,
            ...(name && { name }),
          };
        }),
    );
}
