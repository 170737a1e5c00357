import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { splitHost } from '../declaration/host';
import { LABELS } from '../declaration/labels';
import type {
  RegistryDeclaration,
  RouteDeclaration,
  TraefikIngressDeclaration,
} from '../declaration/model';
import { checked } from '../declaration/parse';
import { routeSchema } from '../declaration/route';
import type { RegistryTls } from './registry-tls';

/** A `/v2` route as a Traefik Ingress. */
export interface TraefikIngressRouteProps {
  /** Where the TLS secret comes from. */
  readonly tls: RegistryTls;

  /**
   * Name of the Ingress. Give the name of a live one to take it over.
   * @default - `<release>-registry-v2`
   */
  readonly name?: string;

  /**
   * Class of the Traefik controller.
   * @default 'traefik'
   */
  readonly ingressClassName?: string;

  /**
   * Traefik entry points that serve the host over https.
   * @default ['websecure']
   */
  readonly entryPoints?: string[];
}

/** How `/v2` of the public host reaches the release. Exactly `/v2` is routed, nothing else of the host. */
export abstract class V2Route {
  /** An Ingress for Traefik, with TLS on the router and no middleware. */
  public static traefikIngress(props: TraefikIngressRouteProps): V2Route {
    return new TraefikIngress(props);
  }

  /**
   * @returns the route with every default resolved for this release
   * @internal
   */
  public abstract _toDeclaration(release: RegistryDeclaration['release']): RouteDeclaration;

  /**
   * @param declaration with this route in it
   * @internal
   */
  public abstract _bind(scope: Construct, declaration: RegistryDeclaration): void;
}

class TraefikIngress extends V2Route {
  public constructor(private readonly props: TraefikIngressRouteProps) {
    super();
  }

  public override _toDeclaration(release: RegistryDeclaration['release']): RouteDeclaration {
    const { tls, name, ingressClassName = 'traefik', entryPoints = ['websecure'] } = this.props;
    const route = {
      kind: 'traefik-ingress',
      name: name ?? `${release.name}-registry-v2`,
      ingressClassName,
      entryPoints: [...entryPoints],
      tls: tls?._toDeclaration(),
    };
    return checked(routeSchema, route, 'route');
  }

  public override _bind(scope: Construct, declaration: RegistryDeclaration): void {
    const { host, release } = declaration;
    const route = declaration.route as TraefikIngressDeclaration;
    const annotations = this.props.tls._bind(scope, { host, namespace: release.namespace });
    new ApiObject(scope, 'Resource', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: route.name,
        namespace: release.namespace,
        labels: { ...LABELS },
        annotations: {
          ...annotations,
          'traefik.ingress.kubernetes.io/router.entrypoints': route.entryPoints.join(','),
          // In Traefik `spec.tls` only loads certificates; this makes the router an https one.
          'traefik.ingress.kubernetes.io/router.tls': 'true',
        },
      },
      spec: ingressSpec(splitHost(host).name, route, release.httpService),
    });
  }
}

function ingressSpec(
  host: string,
  { ingressClassName, tls }: TraefikIngressDeclaration,
  service: RegistryDeclaration['release']['httpService'],
): object {
  return {
    ingressClassName,
    rules: [
      {
        host,
        http: {
          paths: [
            {
              path: '/v2',
              pathType: 'Prefix',
              backend: { service: { name: service.name, port: { number: service.port } } },
            },
          ],
        },
      },
    ],
    tls: [{ hosts: [host], secretName: tls.secretName }],
  };
}
