import { LABEL, LINE_OF_TEXT } from './free-text';
import type { GatewayListenerDeclaration } from './gateway-listener';
import { gatewayListenerSchema, listenerProblems } from './gateway-listener';
import { OBJECT_NAME } from './kubernetes-name';
import type { RegistryDeclaration } from './model';
import type { Problem } from './problem';
import { realmName } from './route-names';
import { integer, list, object, oneOf, optional, text, variants, yesOrNo } from './schema';
import type { RouteTlsDeclaration, TlsDeclaration } from './tls';
import { routeTlsSchema, tlsProblems, tlsSchema } from './tls';
import { extraTokenPath, realmProblems } from './token-realm';

/** `/v2` through an Ingress that Traefik serves. */
export interface TraefikIngressDeclaration {
  readonly kind: 'traefik-ingress';
  /** Name of the Ingress. */
  readonly name: string;
  readonly ingressClassName: string;
  /** Traefik entry points of the router. */
  readonly entryPoints: string[];
  readonly tls: TlsDeclaration;
}

/** `/v2` through an IngressRoute, Traefik's own kind. */
export interface TraefikIngressRouteDeclaration {
  readonly kind: 'traefik-ingress-route';
  /** Name of the IngressRoute. */
  readonly name: string;
  /** Traefik entry points of the router. */
  readonly entryPoints: string[];
  /** Priority of the router; absent: the length of its rule. */
  readonly priority?: number;
  readonly tls: TlsDeclaration;
}

/** `/v2` through an Ingress of ingress-nginx. */
export interface NginxIngressDeclaration {
  readonly kind: 'nginx-ingress';
  /** Name of the Ingress. */
  readonly name: string;
  readonly ingressClassName: string;
  readonly tls: TlsDeclaration;
}

/** `/v2` through an HTTPRoute of the Gateway API. */
export interface GatewayHttpRouteDeclaration {
  readonly kind: 'gateway-http-route';
  /** Name of the HTTPRoute. */
  readonly name: string;
  /** Implementation behind the Gateway: they differ in time and body limits. */
  readonly controller: 'traefik' | 'envoy' | 'nginx-fabric';
  readonly listener: GatewayListenerDeclaration;
  readonly tls: RouteTlsDeclaration;
}

/** `/v2` is served by a route somebody else makes, such as the Ingress of the chart. */
export interface ForeignRouteDeclaration {
  readonly kind: 'none';
  /** What serves it, in words. */
  readonly servedBy: string;
  /** Whether it also serves the token realm below the path of ROOT_URL. */
  readonly servesRealm: boolean;
}

/** The one route that leads `/v2` of the public host to the release. */
export type RouteDeclaration =
  | TraefikIngressDeclaration
  | TraefikIngressRouteDeclaration
  | NginxIngressDeclaration
  | GatewayHttpRouteDeclaration
  | ForeignRouteDeclaration;

/** A route this package renders. */
export type RenderedRouteDeclaration = Exclude<RouteDeclaration, ForeignRouteDeclaration>;

/** The route, where this package renders it. */
export function renderedRoute(route?: RouteDeclaration): RenderedRouteDeclaration | undefined {
  return route?.kind === 'none' ? undefined : route;
}

/** TLS of the route, where its secret lies beside the release; the secret of a listener lies beside the Gateway. */
export function releaseTls(route?: RouteDeclaration): TlsDeclaration | undefined {
  const tls = renderedRoute(route)?.tls;
  return tls?.source === 'listener' ? undefined : tls;
}

/** Kind of the object each route is rendered as. */
export const ROUTE_KINDS: { readonly [K in RenderedRouteDeclaration['kind']]: string } = {
  'traefik-ingress': 'Ingress',
  'traefik-ingress-route': 'IngressRoute',
  'nginx-ingress': 'Ingress',
  'gateway-http-route': 'HTTPRoute',
};

/** Traefik entry points of the route, where it names some. */
export function entryPointsOf(route?: RouteDeclaration): readonly string[] | undefined {
  return route && 'entryPoints' in route ? route.entryPoints : undefined;
}

const entryPoints = list(text(LABEL), 10, 1);

/** Traefik keeps the priorities above for its own routers (`math.MaxInt32`). */
const MOST_PRIORITY = 2 ** 31 - 1 - 1000;

/** The route of `/v2`. */
export const routeSchema = variants<RouteDeclaration>('kind', {
  'traefik-ingress': object<TraefikIngressDeclaration>({
    kind: oneOf<'traefik-ingress'>('traefik-ingress'),
    name: text(OBJECT_NAME),
    ingressClassName: text(OBJECT_NAME),
    entryPoints,
    tls: tlsSchema,
  }),
  'traefik-ingress-route': object<TraefikIngressRouteDeclaration>({
    kind: oneOf<'traefik-ingress-route'>('traefik-ingress-route'),
    name: text(OBJECT_NAME),
    entryPoints,
    priority: optional(integer(1, MOST_PRIORITY, 'REG214')),
    tls: tlsSchema,
  }),
  'nginx-ingress': object<NginxIngressDeclaration>({
    kind: oneOf<'nginx-ingress'>('nginx-ingress'),
    name: text(OBJECT_NAME),
    ingressClassName: text(OBJECT_NAME),
    tls: tlsSchema,
  }),
  'gateway-http-route': object<GatewayHttpRouteDeclaration>({
    kind: oneOf<'gateway-http-route'>('gateway-http-route'),
    name: text(OBJECT_NAME),
    controller: oneOf<GatewayHttpRouteDeclaration['controller']>(
      'traefik',
      'envoy',
      'nginx-fabric',
    ),
    listener: gatewayListenerSchema,
    tls: routeTlsSchema,
  }),
  none: object<ForeignRouteDeclaration>({
    kind: oneOf<'none'>('none'),
    servedBy: text({
      ...LINE_OF_TEXT,
      allowed: "must say in one line what serves '/v2'",
      code: 'REG211',
    }),
    servesRealm: yesOrNo,
  }),
});

/** What cert-manager's shim, or the controller, would not read. */
function unreadTls({ kind, tls }: RenderedRouteDeclaration): Problem[] {
  const { source } = tls;
  if (source === 'ingress-shim' && !kind.endsWith('-ingress')) {
    return [
      {
        path: 'route.tls.source',
        value: source,
        allowed: `makes no certificate for ${ROUTE_KINDS[kind]}: cert-manager's shim reads the annotation of an Ingress only; ask for an explicit certificate`,
        code: 'REG551',
      },
    ];
  }
  return source === 'existing-secret' && kind === 'gateway-http-route'
    ? [
        {
          path: 'route.tls.source',
          value: source,
          allowed:
            "is not read by an HTTPRoute: the listener of the Gateway names its secret; say 'listener', or ask for a certificate",
          code: 'REG550',
        },
      ]
    : [];
}

/** Two Ingresses of one name are one object: the one applied last. */
function takenName(
  { kind, name }: RenderedRouteDeclaration,
  registry: RegistryDeclaration,
): Problem[] {
  const isTaken =
    ROUTE_KINDS[kind] === 'Ingress' &&
    name === realmName(registry.release) &&
    extraTokenPath(registry) !== undefined;
  return isTaken
    ? [
        {
          path: 'route.name',
          value: name,
          allowed: 'is the name of the Ingress that leads to the token endpoint: give another',
          code: 'REG660',
        },
      ]
    : [];
}

/** What no single field of the route can say. */
export function routeProblems(declaration: RegistryDeclaration): Problem[] {
  const rendered = renderedRoute(declaration.route);
  return [
    ...(rendered
      ? [...tlsProblems(rendered.tls), ...unreadTls(rendered), ...takenName(rendered, declaration)]
      : []),
    ...(rendered?.kind === 'gateway-http-route' ? listenerProblems(rendered, declaration) : []),
    ...realmProblems(declaration),
  ];
}
