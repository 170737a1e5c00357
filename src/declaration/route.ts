import { LABEL, LINE_OF_TEXT } from './free-text';
import { KIND_NAME, NAMESPACE, OBJECT_NAME } from './kubernetes-name';
import type { RegistryDeclaration } from './model';
import type { Problem } from './problem';
import { integer, list, object, oneOf, optional, text, variants, yesOrNo } from './schema';

/** The cert-manager issuer a certificate is asked from (cert-manager `issuerRef`). */
export interface IssuerDeclaration {
  readonly name: string;
  readonly kind: string;
  readonly group: string;
}

/** Where the TLS secret of the route comes from. */
export interface TlsDeclaration {
  /** `listener`: the listener of a Gateway holds the certificate already. */
  readonly source: 'certificate' | 'ingress-shim' | 'existing-secret' | 'listener';
  readonly secretName: string;
  /** For `certificate` and `ingress-shim`. */
  readonly issuer?: IssuerDeclaration;
  /** For `existing-secret` and `listener`: who makes the secret, in words. */
  readonly producer?: string;
}

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

/** `/v2` through an HTTPRoute of the Gateway API. */
export interface GatewayHttpRouteDeclaration {
  readonly kind: 'gateway-http-route';
  /** Name of the HTTPRoute. */
  readonly name: string;
  /** Implementation behind the Gateway: they differ in time and body limits. */
  readonly controller: 'traefik' | 'envoy' | 'nginx-fabric';
  readonly listener: GatewayListenerDeclaration;
  readonly tls: TlsDeclaration;
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

/** The issuer of a certificate. */
export const issuerSchema = object<IssuerDeclaration>({
  name: text(OBJECT_NAME),
  kind: text(KIND_NAME),
  group: text(OBJECT_NAME),
});

/** Where the TLS secret of a route comes from. */
export const tlsSchema = object<TlsDeclaration>({
  source: oneOf<TlsDeclaration['source']>(
    'certificate',
    'ingress-shim',
    'existing-secret',
    'listener',
  ),
  secretName: text(OBJECT_NAME),
  issuer: optional(issuerSchema),
  producer: optional(
    text({
      ...LINE_OF_TEXT,
      allowed: 'must say in one line who makes the TLS secret',
      code: 'REG550',
    }),
  ),
});

const entryPoints = list(text(LABEL), 10, 1);

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
    listener: object<GatewayListenerDeclaration>({
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
    }),
    tls: tlsSchema,
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

function tlsProblems({ source, issuer, producer, secretName }: TlsDeclaration): Problem[] {
  const isForeign = source === 'existing-secret' || source === 'listener';
  const missing = isForeign ? producer === undefined : issuer === undefined;
  return missing
    ? [
        {
          path: 'route.tls.secretName',
          value: secretName,
          allowed: isForeign
            ? 'has no producer: say who makes the secret, or ask cert-manager for a certificate'
            : 'has no producer: name the issuer that signs its certificate',
          code: 'REG550',
        },
      ]
    : [];
}

/** What no single field of the route can say. */
export function routeProblems({ route }: RegistryDeclaration): Problem[] {
  const rendered = renderedRoute(route);
  return rendered ? tlsProblems(rendered.tls) : [];
}
