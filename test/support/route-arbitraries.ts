import fc from 'fast-check';
import { splitHost } from '../../src/declaration/host';
import type {
  GatewayListenerDeclaration,
  RegistryDeclaration,
  RouteDeclaration,
  RouteTlsDeclaration,
  TlsDeclaration,
} from '../../src/declaration/model';

/** The values of grammars a route is made of. */
export interface RouteGrammars {
  readonly objectName: fc.Arbitrary<string>;
  readonly namespace: fc.Arbitrary<string>;
  readonly host: fc.Arbitrary<string>;
  readonly line: fc.Arbitrary<string>;
}

/** A random declaration before its route is chosen. */
type Unrouted = Omit<RegistryDeclaration, 'route' | 'uiHost' | 'uiPath' | 'uiServesRealm'>;

function record<T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(fields, { noNullPrototype: true }) as unknown as fc.Arbitrary<T>;
}

/** Absent, or a value below `key`. */
function maybe<K extends string, T>(
  key: K,
  value: fc.Arbitrary<T>,
): fc.Arbitrary<{ [N in K]?: T }> {
  return fc
    .option(value, { nil: undefined })
    .map((one) => (one === undefined ? {} : { [key]: one }) as { [N in K]?: T });
}

type SecretSource = TlsDeclaration['source'];

function tlsOf(
  { objectName, line }: RouteGrammars,
  ...sources: readonly SecretSource[]
): fc.Arbitrary<TlsDeclaration> {
  const issuer = record({
    name: objectName,
    kind: fc.constantFrom('ClusterIssuer', 'Issuer', 'AWSPCAIssuer'),
    group: fc.constantFrom('cert-manager.io', 'awspca.cert-manager.io'),
  });
  return fc
    .tuple(fc.constantFrom(...sources), objectName, issuer, line, maybe('nodeTrust', line))
    .map(([source, secretName, asked, producer, trust]) => ({
      source,
      secretName,
      ...(source === 'existing-secret' ? { producer } : { issuer: asked }),
      ...trust,
    }));
}

function listenerTls({ objectName, line }: RouteGrammars): fc.Arbitrary<RouteTlsDeclaration> {
  return fc
    .tuple(line, maybe('secretName', objectName), maybe('nodeTrust', line))
    .map(([producer, secret, trust]) => ({ source: 'listener', producer, ...secret, ...trust }));
}

/** A listener that takes the route. */
function listenerOf(
  { objectName, namespace }: RouteGrammars,
  { host, release }: Unrouted,
  controller: string,
): fc.Arbitrary<GatewayListenerDeclaration> {
  const { name, port = 443 } = splitHost(host);
  const parent = name.includes('.') ? `*${name.slice(name.indexOf('.'))}` : name;
  return fc
    .tuple(
      record({
        gateway: objectName,
        namespace: fc.oneof(namespace, fc.constant(release.namespace)),
        listener: fc.constantFrom('https', 'Web_2.x'),
        port: controller === 'traefik' ? fc.integer({ min: 1, max: 65535 }) : fc.constant(port),
        allowedNamespaces: fc.constantFrom('All' as const, 'Selector' as const, 'Same' as const),
      }),
      maybe('hostname', fc.constantFrom(name, parent)),
    )
    .map(([listener, hostname]) => ({
      ...listener,
      ...hostname,
      allowedNamespaces:
        listener.namespace === release.namespace || listener.allowedNamespaces !== 'Same'
          ? listener.allowedNamespaces
          : 'All',
    }));
}

function gatewayRoute(
  grammars: RouteGrammars,
  declaration: Unrouted,
): fc.Arbitrary<RouteDeclaration> {
  return fc
    .constantFrom('traefik' as const, 'envoy' as const, 'nginx-fabric' as const)
    .chain((controller) =>
      record({
        kind: fc.constant('gateway-http-route' as const),
        name: grammars.objectName,
        controller: fc.constant(controller),
        listener: listenerOf(grammars, declaration, controller),
        tls: fc.oneof(tlsOf(grammars, 'certificate'), listenerTls(grammars)),
      }),
    );
}

function routeOf(grammars: RouteGrammars, declaration: Unrouted): fc.Arbitrary<RouteDeclaration> {
  const { objectName, line } = grammars;
  const entryPoints = fc.array(fc.constantFrom('web', 'websecure', 'Web_2.x'), {
    minLength: 1,
    maxLength: 3,
  });
  const tls = tlsOf(grammars, 'certificate', 'ingress-shim', 'existing-secret');
  return fc.oneof(
    record({
      kind: fc.constant('traefik-ingress' as const),
      name: objectName,
      ingressClassName: objectName,
      entryPoints,
      tls,
    }),
    fc
      .tuple(
        record({
          kind: fc.constant('traefik-ingress-route' as const),
          name: objectName,
          entryPoints,
          tls: tlsOf(grammars, 'certificate', 'existing-secret'),
        }),
        maybe('priority', fc.integer({ min: 1, max: 2 ** 31 - 1001 })),
      )
      .map(([route, priority]) => ({ ...route, ...priority })),
    record({
      kind: fc.constant('nginx-ingress' as const),
      name: objectName,
      ingressClassName: objectName,
      tls,
    }),
    gatewayRoute(grammars, declaration),
    record({
      kind: fc.constant('none' as const),
      servedBy: line,
      // Below a path some versions ask for it; without one it says nothing.
      servesRealm: fc.constant(true),
    }),
  );
}

/** The declaration with a route of any kind that fits it, or none, and with web pages elsewhere, or not. */
export function withRoute<T extends Unrouted>(
  grammars: RouteGrammars,
  declaration: T,
): fc.Arbitrary<T & Pick<RegistryDeclaration, 'route' | 'uiHost' | 'uiPath' | 'uiServesRealm'>> {
  return fc
    .tuple(
      maybe('route', routeOf(grammars, declaration)),
      maybe(
        'uiHost',
        grammars.host.filter((host) => host !== declaration.host),
      ),
      maybe('uiPath', fc.constantFrom('/git', '/tools/forge', '/a.b')),
    )
    .map(([route, uiHost, uiPath]) => ({
      ...declaration,
      ...route,
      ...uiHost,
      ...uiPath,
      ...('uiHost' in uiHost && { uiServesRealm: true }),
    }));
}
