import { lookUp } from '../look-up';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { indexed } from '../estate-index';
import type { Manifest } from '../manifest';
import { namespaceOrDefault } from '../manifest';
import { gatewayParents } from '../read/gateway';
import { selectorMatches } from '../read/label-selector';
import type { Route } from '../read/route';
import type { RegistryView } from '../registry-view';
import { controllerOfGatewayClass } from './controller-class';

/** What serves an HTTPRoute, as far as the rules know it; `nginx` is NGINX Gateway Fabric. */
export type GatewayProduct = 'traefik' | 'envoy' | 'nginx';

/** A rule of an HTTPRoute that takes `/v2` of a registry, and what serves it. */
export interface GatewayRule {
  readonly manifest: Manifest;
  /** The rule. */
  readonly at: Cursor;
  /** Absent when neither Gateway nor class tell. */
  readonly product?: GatewayProduct;
  /** Gateways the route is attached to, as far as they are seen. */
  readonly gateways: readonly Manifest[];
}

const CONTROLLERS: { readonly [controllerName: string]: GatewayProduct } = {
  'traefik.io/gateway-controller': 'traefik',
  'gateway.envoyproxy.io/gatewayclass-controller': 'envoy',
  'gateway.nginx.org/nginx-gateway-controller': 'nginx',
};

/** Names the products' charts and guides give their GatewayClass. */
const CLASSES: { readonly [name: string]: GatewayProduct } = {
  traefik: 'traefik',
  eg: 'envoy',
  envoy: 'envoy',
  'envoy-gateway': 'envoy',
  nginx: 'nginx',
};

/** The rules of HTTPRoutes that take `/v2` of a registry, each once. */
export function gatewayRules(registry: RegistryView): readonly GatewayRule[] {
  return registry.remember('gateway rules', () => {
    const routes = registry.v2Routes.filter(({ kind }) => kind === 'HTTPRoute');
    const byRule = new Map(routes.map((route) => [route.at, route]));
    return [...byRule.values()].map((route) => gatewayRule(route, registry.estate));
  });
}

function gatewayRule(route: Route, estate: Estate): GatewayRule {
  const gateways = gatewayParents(route.manifest, estate).map(({ gateway }) => gateway);
  const [product] = gateways.flatMap((gateway) => productOf(gateway, estate) ?? []);
  return {
    manifest: route.manifest,
    at: route.at,
    gateways,
    ...(product !== undefined && { product }),
  };
}

function productOf(gateway: Manifest, estate: Estate): GatewayProduct | undefined {
  const name = gateway.root.get('spec', 'gatewayClassName').text ?? '';
  const controller = controllerOfGatewayClass(estate, name);
  return controller === undefined ? lookUp(CLASSES, name) : lookUp(CONTROLLERS, controller);
}

/** Policies of a kind on the route itself; where there is none, those on its Gateways. */
export function policiesOf(
  { manifest, gateways }: GatewayRule,
  kind: string,
  estate: Estate,
): readonly Manifest[] {
  const own = attached(manifest, kind, estate);
  return own.length > 0 ? own : gateways.flatMap((gateway) => attached(gateway, kind, estate));
}

/** Policies of a kind that name an object of their namespace, or select it by its labels. */
function attached(target: Manifest, kind: string, estate: Estate): readonly Manifest[] {
  const namespace = namespaceOrDefault(target);
  const byName = estate.remember(`${kind} by target`, () =>
    indexed(estate.ofKind(kind), (policy) =>
      targetsOf(policy).map(
        (ref) => `${namespaceOrDefault(policy)}/${ref.get('kind').text}/${ref.get('name').text}`,
      ),
    ),
  );
  const selecting = estate.remember(`${kind} by selector`, () =>
    indexed(
      estate.ofKind(kind).filter((policy) => selectorsOf(policy).length > 0),
      namespaceOrDefault,
    ),
  );
  return [
    ...(byName.get(`${namespace}/${target.kind}/${target.name}`) ?? []),
    ...(selecting.get(namespace) ?? []).filter((policy) => selects(policy, target)),
  ];
}

function targetsOf({ root }: Manifest): Cursor[] {
  const spec = root.get('spec');
  return [spec.get('targetRef'), ...spec.get('targetRefs').items()];
}

function selectorsOf({ root }: Manifest): Cursor[] {
  return root.get('spec', 'targetSelectors').items();
}

function selects(policy: Manifest, { kind, root }: Manifest): boolean {
  const labels = root.get('metadata', 'labels');
  return selectorsOf(policy).some(
    (selector) =>
      selector.get('kind').text === kind &&
      selectorMatches(selector, (name) => labels.get(name).text),
  );
}
