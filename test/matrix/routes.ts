import type { V2Route as Route } from 'cdk8s-gitea-registry';
import { GatewayController, RegistryTls, V2Route } from 'cdk8s-gitea-registry';
import type { FlavorName } from '../support/deliveries';
import { CERTIFICATE, listenerFacts } from '../support/route-registries';

/** A kind of route, and what it renders. */
export interface RouteShape {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly route: (flavor: FlavorName) => Route;
}

/** Every kind of route, once; the controllers of the Gateway API have renderings of their own elsewhere. */
export const ROUTE_SHAPES: readonly RouteShape[] = [
  {
    name: 'traefik-ingress',
    kinds: ['Certificate', 'Ingress'],
    route: () => V2Route.traefikIngress({ tls: CERTIFICATE }),
  },
  {
    name: 'traefik-ingress-route',
    kinds: ['Certificate', 'IngressRoute'],
    route: () => V2Route.traefikIngressRoute({ tls: CERTIFICATE }),
  },
  {
    name: 'gateway-http-route',
    kinds: ['HTTPRoute'],
    route: (flavor) =>
      V2Route.gatewayHttpRoute({
        listener: listenerFacts(443),
        controller: { gitea: GatewayController.ENVOY, forgejo: GatewayController.NGINX_FABRIC }[
          flavor
        ],
        tls: RegistryTls.listener({ producer: 'platform team' }),
      }),
  },
  {
    name: 'nginx-ingress',
    kinds: ['Certificate', 'Ingress'],
    route: () => V2Route.nginxIngress({ tls: CERTIFICATE }),
  },
  {
    name: 'none',
    kinds: [],
    route: () => V2Route.none({ servedBy: 'the Ingress of the chart' }),
  },
];
