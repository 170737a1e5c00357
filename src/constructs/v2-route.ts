import type { Construct } from 'constructs';
import type { RegistryDeclaration, RouteDeclaration } from '../declaration/model';
import { checked } from '../declaration/checked';
import { routeSchema } from '../declaration/route';
import type { ForeignRouteProps } from './route/foreign-route';
import { ForeignRoute } from './route/foreign-route';
import type { GatewayHttpRouteProps } from './route/gateway-http-route';
import { GatewayHttpRoute } from './route/gateway-http-route';
import type { NginxIngressProps } from './route/nginx-ingress';
import { NginxIngress } from './route/nginx-ingress';
import type { RouteKind } from './route/route-kind';
import type { TraefikIngressProps } from './route/traefik-ingress';
import { TraefikIngress } from './route/traefik-ingress';
import type { TraefikIngressRouteProps } from './route/traefik-ingress-route';
import { TraefikIngressRoute } from './route/traefik-ingress-route';

/**
 * How `/v2` of the public host reaches the release. Exactly `/v2` is routed and, where the version asks for it, the token
 * endpoint below the path of the web pages; nothing else of the host.
 */
export class V2Route {
  /** An Ingress for Traefik, with TLS on the router and no middleware before `/v2`. */
  public static traefikIngress(props: TraefikIngressProps): V2Route {
    return new V2Route(new TraefikIngress(props));
  }

  /** An IngressRoute, for clusters whose Traefik reads its own kinds only. */
  public static traefikIngressRoute(props: TraefikIngressRouteProps): V2Route {
    return new V2Route(new TraefikIngressRoute(props));
  }

  /**
   * An HTTPRoute attached to one listener of an existing Gateway. Limits that only a policy of the product can lift are
   * printed in the handoff page.
   */
  public static gatewayHttpRoute(props: GatewayHttpRouteProps): V2Route {
    return new V2Route(new GatewayHttpRoute(props));
  }

  /** An Ingress for ingress-nginx, without its limits of size and time. */
  public static nginxIngress(props: NginxIngressProps): V2Route {
    return new V2Route(new NginxIngress(props));
  }

  /** No route is rendered: another one serves `/v2`, such as the Ingress of the chart. */
  public static none(props: ForeignRouteProps): V2Route {
    return new V2Route(new ForeignRoute(props));
  }

  private constructor(private readonly kind: RouteKind) {}

  /**
   * @returns the route with every default resolved for this release
   * @internal
   */
  public _toDeclaration(release: RegistryDeclaration['release']): RouteDeclaration {
    return checked(routeSchema, this.kind.declared(release), 'route');
  }

  /**
   * @param declaration with this route in it
   * @internal
   */
  public _bind(scope: Construct, declaration: RegistryDeclaration): void {
    this.kind.render(scope, declaration);
  }
}
