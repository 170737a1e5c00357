import { ApiObject, Testing } from 'cdk8s';
import type { GiteaRegistry } from 'cdk8s-gitea-registry';
import { parseAllDocuments } from 'yaml';
import type { GatewayHttpRouteDeclaration } from '../../../src/declaration/model';
import { RULES } from '../../../src/rules/catalogue';
import { Estate } from '../../../src/rules/estate';
import { judge } from '../../../src/rules/judge';
import type { Manifest } from '../../../src/rules/manifest';
import { asManifest } from '../../../src/rules/manifest';
import { emptyChart } from '../../support/registries';
import { ROUTE_REGISTRIES } from '../../support/route-registries';

const CONTROLLERS: { readonly [C in GatewayHttpRouteDeclaration['controller']]: string } = {
  traefik: 'traefik.io/gateway-controller',
  envoy: 'gateway.envoyproxy.io/gatewayclass-controller',
  'nginx-fabric': 'gateway.nginx.org/nginx-gateway-controller',
};

/** The Gateway a route was declared for, as its owner has it. */
function gatewayOf(
  { listener, controller, tls }: GatewayHttpRouteDeclaration,
  namespace: string,
): Manifest[] {
  const { gateway, port, hostname, allowedNamespaces } = listener;
  const beside = tls.source === 'listener' ? {} : { namespace };
  return [
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: 'public' },
      spec: { controllerName: CONTROLLERS[controller] },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: gateway, namespace: listener.namespace },
      spec: {
        gatewayClassName: 'public',
        listeners: [
          {
            name: listener.listener,
            protocol: 'HTTPS',
            port,
            ...(hostname !== undefined && { hostname }),
            allowedRoutes: { namespaces: { from: allowedNamespaces } },
            tls: {
              mode: 'Terminate',
              certificateRefs: [{ name: tls.secretName ?? 'wildcard', ...beside }],
            },
          },
        ],
      },
    },
  ].map((object) => asManifest(object, {}));
}

/** The policies the handoff page prints. */
function printedPolicies(page: string): Manifest[] {
  const blocks = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text]) => text);
  return blocks
    .filter((text) => text.includes('Policy'))
    .flatMap((text) => parseAllDocuments(text).map((one) => asManifest(one.toJS(), {})));
}

function findingsOf(registry: GiteaRegistry, others: readonly Manifest[]): string[] {
  const declaration = registry._toDeclaration();
  const rendered = registry.node
    .findAll()
    .filter(ApiObject.isApiObject)
    .map((object) => asManifest(object.toJson(), {}));
  const at = asManifest(declaration, {}).root;
  const estate = new Estate([...rendered, registry._overlay(), ...others], {
    declared: [{ declaration, at }],
  });
  return judge(estate, RULES)
    .findings.filter(({ severity }) => severity !== 'info')
    .map(({ severity, code, observed }) => `${severity} ${code} ${observed}`);
}

it.each(ROUTE_REGISTRIES.map((one) => [one.name, one] as const))(
  'finds nothing in %s, its Gateway and what the handoff page prints for it',
  (_, { build }) => {
    const chart = emptyChart();
    const registry = build(chart, (id) => id);
    Testing.synth(chart);
    const { route, release } = registry._toDeclaration();
    const others = route?.kind === 'gateway-http-route' ? gatewayOf(route, release.namespace) : [];
    expect(findingsOf(registry, [...others, ...printedPolicies(registry.handoff)])).toEqual([]);
  },
);

it('sees what is missing without the printed policies', () => {
  const { build } = ROUTE_REGISTRIES.find(({ name }) => name === 'route-gateway-nginx-fabric')!;
  const registry = build(emptyChart(), (id) => id);
  const { route, release } = registry._toDeclaration();
  const gateway = gatewayOf(route as GatewayHttpRouteDeclaration, release.namespace);
  expect(findingsOf(registry, gateway).map((finding) => finding.slice(0, 12))).toEqual([
    'error REG442',
    'error REG450',
  ]);
});
