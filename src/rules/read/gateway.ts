import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import { namespaceOrDefault } from '../manifest';
import { takesHost } from './route';

/** A listener of a Gateway. */
export interface Listener {
  readonly gateway: Manifest;
  /** `spec.listeners[i]`. */
  readonly at: Cursor;
  readonly name: string;
  readonly port?: number;
  /** `HTTP`, `HTTPS`, `TLS`, `TCP`, …, as written. */
  readonly protocol: string;
  /** Host in lower case, a wildcard included; absent: any host. */
  readonly hostname?: string;
}

/** A Gateway an HTTPRoute names among its parents. */
export interface GatewayParent {
  readonly gateway: Manifest;
  /** `spec.parentRefs[i]`. */
  readonly at: Cursor;
  /** The listeners meant: all, or those of the `sectionName` and `port` it names. */
  readonly listeners: readonly Listener[];
}

/** The parents of an HTTPRoute that are rendered Gateways. */
export function gatewayParents(route: Manifest, estate: Estate): GatewayParent[] {
  return route.root
    .get('spec', 'parentRefs')
    .items()
    .filter((at) => (at.get('kind').text ?? 'Gateway') === 'Gateway')
    .flatMap((at) => {
      const namespace = at.get('namespace').text ?? namespaceOrDefault(route);
      const gateway = estate.object('Gateway', namespace, at.get('name').text ?? '');
      return gateway ? [{ gateway, at, listeners: meant(at, listenersOf(gateway)) }] : [];
    });
}

/** The listeners of an HTTPRoute's Gateways that take requests for `host`. */
export function servingListeners(route: Manifest, host: string, estate: Estate): Listener[] {
  return gatewayParents(route, estate)
    .flatMap(({ listeners }) => listeners)
    .filter(({ hostname }) => takesHost({ host: hostname, kind: 'HTTPRoute' }, host));
}

function listenersOf(gateway: Manifest): Listener[] {
  return gateway.root
    .get('spec', 'listeners')
    .items()
    .map((at) => {
      const port = at.get('port').number;
      const hostname = at.get('hostname').text?.toLowerCase();
      return {
        gateway,
        at,
        name: at.get('name').text ?? '',
        protocol: at.get('protocol').text ?? '',
        ...(port !== undefined && { port }),
        ...(hostname && { hostname }),
      };
    });
}

function meant(parentRef: Cursor, listeners: readonly Listener[]): Listener[] {
  const section = parentRef.get('sectionName').text;
  const wanted = parentRef.get('port').number;
  return listeners.filter(
    ({ name, port }) => (!section || name === section) && (wanted === undefined || port === wanted),
  );
}
