import { Construct } from 'constructs';
import type { RegistryDeclaration, TraefikIngressDeclaration } from '../../declaration/model';
import { realmName, routeName } from '../../declaration/route-names';
import { extraTokenPath } from '../../declaration/token-realm';
import type { RegistryTls } from '../registry-tls';
import { renderIngress } from './ingress';
import type { RouteKind } from './route-kind';
import { renderStripPath } from './strip-path';

/** A `/v2` route as a Traefik Ingress. */
export interface TraefikIngressProps {
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

/** An Ingress for Traefik, with TLS on the router. */
export class TraefikIngress implements RouteKind {
  public constructor(private readonly props: TraefikIngressProps) {}

  public declared(release: RegistryDeclaration['release']): object {
    const { tls, name, ingressClassName = 'traefik', entryPoints = ['websecure'] } = this.props;
    return {
      kind: 'traefik-ingress',
      name: name ?? routeName(release),
      ingressClassName,
      entryPoints: [...entryPoints],
      tls: tls?._toDeclaration(),
    };
  }

  public render(scope: Construct, declaration: RegistryDeclaration): void {
    const { release } = declaration;
    const route = declaration.route as TraefikIngressDeclaration;
    const router = routerAnnotations(route);
    renderIngress(scope, declaration, route, {
      name: route.name,
      path: '/v2',
      pathType: 'Prefix',
      annotations: { ...this.props.tls._bind(scope, declaration), ...router },
    });
    const path = extraTokenPath(declaration);
    if (path !== undefined) {
      const middleware = `${release.namespace}-${realmName(release)}@kubernetescrd`;
      renderStripPath(new Construct(scope, 'StripPath'), declaration);
      renderIngress(new Construct(scope, 'Realm'), declaration, route, {
        name: realmName(release),
        path,
        pathType: 'Exact',
        annotations: {
          ...router,
          'traefik.ingress.kubernetes.io/router.middlewares': middleware,
        },
      });
    }
  }
}

function routerAnnotations({ entryPoints }: TraefikIngressDeclaration): {
  [annotation: string]: string;
} {
  return {
    'traefik.ingress.kubernetes.io/router.entrypoints': entryPoints.join(','),
    // In Traefik `spec.tls` only loads certificates; this makes the router an https one.
    'traefik.ingress.kubernetes.io/router.tls': 'true',
  };
}
