import { LABEL } from './free-text';
import { splitHost } from './host';
import { NAMESPACE, OBJECT_NAME } from './kubernetes-name';
import type { GatewayHttpRouteDeclaration, RegistryDeclaration } from './model';
import type { Problem } from './problem';
import { integer, object, oneOf, optional, text } from './schema';

/** One listener of an existing Gateway, as found. */
export interface GatewayListenerDeclaration {
  /** Name of the Gateway. */
  readonly gateway: string;
  readonly namespace: string;
  /** Name of the listener (`sectionName`). */
  readonly listener: string;
  /** Port of the listener. */
  readonly port: number;
  /** Host pattern of the listener; absent: every host. */
  readonly hostname?: string;
  /** Namespaces whose routes it takes (`allowedRoutes.namespaces.from`). */
  readonly allowedNamespaces: 'Same' | 'All' | 'Selector';
}

/** A listener of a Gateway. */
export const gatewayListenerSchema = object<GatewayListenerDeclaration>({
  gateway: text(OBJECT_NAME),
  namespace: text(NAMESPACE),
  listener: text(LABEL),
  port: integer(1, 65535, 'REG221'),
  hostname: optional(
    text({
      allowed: "must be a host name or a wildcard such as '*.example.org'",
      code: 'REG221',
      pattern: /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
      maxLength: 253,
    }),
  ),
  allowedNamespaces: oneOf<GatewayListenerDeclaration['allowedNamespaces']>(
    'Same',
    'All',
    'Selector',
  ),
});

/**
 * Whether a listener takes a host: none written takes all, a wildcard any number of labels (Gateway API,
 * Listener.hostname).
 */
export function listenerTakes(hostname: string | undefined, host: string): boolean {
  return (
    hostname === undefined ||
    hostname === host ||
    (hostname.startsWith('*.') && host.endsWith(hostname.slice(1)))
  );
}

const HTTPS_PORT = 443;

/** Why the listener would not take the route, or no client would reach it. */
export function listenerProblems(
  { controller, listener }: GatewayHttpRouteDeclaration,
  { host, release }: RegistryDeclaration,
): Problem[] {
  const { name, port = HTTPS_PORT } = splitHost(host);
  const isForeign = listener.namespace !== release.namespace;
  // Traefik takes the port its entry point has inside the pod, which its Service maps to another.
  const isPublished = controller !== 'traefik';
  return [
    ...(listenerTakes(listener.hostname, name)
      ? []
      : [
          fault(
            'hostname',
            listener.hostname,
            `does not cover '${name}': name a listener for it, or one without a hostname`,
          ),
        ]),
    ...(isPublished && listener.port !== port
      ? [
          fault(
            'port',
            listener.port,
            `is not the port of '${host}', ${port}: clients ask there; name the listener of that port`,
          ),
        ]
      : []),
    ...(isForeign && listener.allowedNamespaces === 'Same'
      ? [
          fault(
            'allowedNamespaces',
            listener.allowedNamespaces,
            `keeps '${release.namespace}' out, the Gateway being in '${listener.namespace}': allow All, or select that namespace`,
          ),
        ]
      : []),
  ];
}

function fault(field: string, value: unknown, allowed: string): Problem {
  return { path: `route.listener.${field}`, value, allowed, code: 'REG221' };
}
