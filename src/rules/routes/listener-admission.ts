import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import { DEFAULT_NAMESPACE, namespaceOrDefault } from '../manifest';
import type { Listener } from '../read/gateway';
import { labelsAsked, selectorMatches } from '../read/label-selector';
import type { Violation } from '../rule';

/** Why a listener does not take a route of this kind and namespace; undefined when it may. */
export function refusedRoute(
  listener: Listener,
  route: Manifest,
  estate: Estate,
): Violation | undefined {
  return refusedKind(listener) ?? refusedNamespace(listener, route, estate);
}

/** Protocols of listeners that take HTTPRoutes. */
const HTTP: readonly string[] = ['HTTP', 'HTTPS'];

function refusedKind({ at, protocol }: Listener): Violation | undefined {
  if (!HTTP.includes(protocol)) {
    return {
      at: at.get('protocol'),
      observed: `protocol ${quote(protocol)}, which takes no HTTPRoute`,
      expected: "'HTTPS'",
    };
  }
  const kinds = at.get('allowedRoutes', 'kinds');
  const allowed = kinds.items().map((kind) => kind.get('kind').text);
  return allowed.length === 0 || allowed.includes('HTTPRoute')
    ? undefined
    : { at: kinds, observed: 'no HTTPRoute among the allowed kinds', expected: "'HTTPRoute'" };
}

function refusedNamespace(
  { at, gateway }: Listener,
  route: Manifest,
  estate: Estate,
): Violation | undefined {
  const namespaces = at.get('allowedRoutes', 'namespaces');
  const from = namespaces.get('from');
  const own = route.namespace;
  // Without one the route lands where the tool that applies it decides.
  return own === undefined || takesNamespace(namespaces, own, gateway, estate)
    ? undefined
    : {
        at: from.exists ? from : at,
        observed: `routes from ${origins(from.text, gateway)}`,
        expected: `routes from namespace ${quote(own)}, where ${route.kind} ${quote(route.name)} is`,
        fix: '`allowedRoutes.namespaces.from: All`, or `Selector` with a label of that namespace',
      };
}

function origins(from: string | undefined, gateway: Manifest): string {
  const own = `namespace ${quote(namespaceOrDefault(gateway))} only`;
  switch (from) {
    case undefined:
      return `${own}, which is the default`;
    case 'Same':
      return own;
    default:
      return from === 'Selector' ? 'selected namespaces only' : 'no namespace';
  }
}

function takesNamespace(
  namespaces: Cursor,
  own: string,
  gateway: Manifest,
  estate: Estate,
): boolean {
  switch (namespaces.get('from').text ?? 'Same') {
    case 'Same':
      return own === namespaceOrDefault(gateway);
    case 'Selector':
      return selectsNamespace(namespaces.get('selector'), own, estate);
    case 'None':
      return false;
    default:
      return true;
  }
}

/** Every namespace carries its own name as a label (Kubernetes 1.22). */
const NAME_LABEL = 'kubernetes.io/metadata.name';

/** By the labels of the rendered namespace; of one that is not rendered only the name is known. */
function selectsNamespace(selector: Cursor, name: string, estate: Estate): boolean {
  // A Namespace is in none.
  const namespace = estate.object('Namespace', DEFAULT_NAMESPACE, name);
  if (!namespace && labelsAsked(selector).some((label) => label !== NAME_LABEL)) {
    return true;
  }
  return selectorMatches(selector, (label) =>
    label === NAME_LABEL ? name : namespace?.root.get('metadata', 'labels', label).text,
  );
}
