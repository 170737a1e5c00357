import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type * as traefik from '../../../imports/traefik.io';
import { splitHost } from '../../declaration/host';
import { LABELS } from '../../declaration/labels';
import type { RegistryDeclaration, TraefikIngressRouteDeclaration } from '../../declaration/model';
import { realmName, routeName } from '../../declaration/route-names';
import { extraTokenPath } from '../../declaration/token-realm';
import type { RegistryTls } from '../registry-tls';
import type { RouteKind } from './route-kind';
import { renderStripPath } from './strip-path';

/** A `/v2` route as an IngressRoute, Traefik's own kind. */
export interface TraefikIngressRouteProps {
  /** Where the TLS secret comes from; cert-manager's ingress-shim does not read IngressRoutes (REG551). */
  readonly tls: RegistryTls;

  /**
   * Name of the IngressRoute. Give the name of a live one to take it over.
   * @default - `<release>-registry-v2`
   */
  readonly name?: string;

  /**
   * Traefik entry points that serve the host over https.
   * @default ['websecure']
   */
  readonly entryPoints?: string[];

  /**
   * Priority of the router, above that of a route for the whole host which has a priority of its own.
   * @default - the length of its rule, which is above that of every shorter rule
   */
  readonly priority?: number;
}

/** The generated types and mapper of Traefik, loaded on use. */
const generated = (): typeof traefik => require('../../../imports/traefik.io');

/** An IngressRoute with TLS on the router and no middleware before `/v2`. */
export class TraefikIngressRoute implements RouteKind {
  public constructor(private readonly props: TraefikIngressRouteProps) {}

  public declared(release: RegistryDeclaration['release']): object {
    const { tls, name, entryPoints = ['websecure'], priority } = this.props;
    return {
      kind: 'traefik-ingress-route',
      name: name ?? routeName(release),
      entryPoints: [...entryPoints],
      ...(priority !== undefined && { priority }),
      tls: tls?._toDeclaration(),
    };
  }

  public render(scope: Construct, declaration: RegistryDeclaration): void {
    const route = declaration.route as TraefikIngressRouteDeclaration;
    this.props.tls._bind(scope, declaration);
    const { IngressRoute, toJson_IngressRouteSpec } = generated();
    new ApiObject(scope, 'Resource', {
      ...IngressRoute.GVK,
      metadata: {
        name: route.name,
        namespace: declaration.release.namespace,
        labels: { ...LABELS },
      },
      spec: Lazy.any({ produce: () => toJson_IngressRouteSpec(specOf(route, declaration)) }),
    });
    if (extraTokenPath(declaration) !== undefined) {
      renderStripPath(new Construct(scope, 'StripPath'), declaration);
    }
  }
}

function specOf(
  { entryPoints, priority, tls }: TraefikIngressRouteDeclaration,
  declaration: RegistryDeclaration,
): traefik.IngressRouteSpec {
  const { release } = declaration;
  const token = extraTokenPath(declaration);
  return {
    entryPoints: [...entryPoints],
    routes: [
      {
        // Traefik compares text: a bare prefix `/v2` would take `/v2foo` as well.
        ...rule(declaration, '(Path(`/v2`) || PathPrefix(`/v2/`))'),
        ...(priority !== undefined && { priority }),
      },
      ...(token === undefined
        ? []
        : [
            {
              ...rule(declaration, `Path(\`${token}\`)`),
              ...(priority !== undefined && { priority }),
              middlewares: [{ name: realmName(release) }],
            },
          ]),
    ],
    tls: { secretName: tls.secretName },
  };
}

/** A router of the host that leads to the release. */
function rule(
  { host, release: { httpService } }: RegistryDeclaration,
  path: string,
): traefik.IngressRouteSpecRoutes {
  const {
    IngressRouteSpecRoutesKind: Kind,
    IngressRouteSpecRoutesServicesKind: ServiceKind,
    IngressRouteSpecRoutesServicesPort: Port,
  } = generated();
  return {
    kind: Kind.RULE,
    match: `Host(\`${splitHost(host).name}\`) && ${path}`,
    services: [
      {
        kind: ServiceKind.SERVICE,
        name: httpService.name,
        port: Port.fromNumber(httpService.port),
      },
    ],
  };
}
