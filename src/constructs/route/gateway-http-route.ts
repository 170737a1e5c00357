import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type * as gateway from '../../../imports/gateway.networking.k8s.io';
import { splitHost } from '../../declaration/host';
import { LABELS } from '../../declaration/labels';
import type { GatewayHttpRouteDeclaration, RegistryDeclaration } from '../../declaration/model';
import { grantedSecret, routeName } from '../../declaration/route-names';
import { extraTokenPath, TOKEN_PATH } from '../../declaration/token-realm';
import type { RegistryTls } from '../registry-tls';
import type { GatewayController, GatewayListener } from './gateway-listener';
import { ListenerNamespaces } from './gateway-listener';
import { renderSecretGrant } from './secret-grant';
import type { RouteKind } from './route-kind';

/** A `/v2` route as an HTTPRoute of the Gateway API. */
export interface GatewayHttpRouteProps {
  /** The listener it is attached to, as found. */
  readonly listener: GatewayListener;

  /** What serves the Gateway. */
  readonly controller: GatewayController;

  /** The certificate the listener has (`RegistryTls.listener`), or one that is rendered for it. */
  readonly tls: RegistryTls;

  /**
   * Name of the HTTPRoute. Give the name of a live one to take it over.
   * @default - `<release>-registry-v2`
   */
  readonly name?: string;
}

/** The generated types and mapper of the Gateway API, loaded on use. */
const generated = (): typeof gateway => require('../../../imports/gateway.networking.k8s.io');

/** An HTTPRoute attached to one listener. */
export class GatewayHttpRoute implements RouteKind {
  public constructor(private readonly props: GatewayHttpRouteProps) {}

  public declared(release: RegistryDeclaration['release']): object {
    const { tls, name, controller, listener } = this.props;
    return {
      kind: 'gateway-http-route',
      name: name ?? routeName(release),
      controller,
      listener: listener && {
        ...listener,
        allowedNamespaces: listener.allowedNamespaces ?? ListenerNamespaces.SAME,
      },
      tls: tls?._toDeclaration(),
    };
  }

  public render(scope: Construct, declaration: RegistryDeclaration): void {
    const route = declaration.route as GatewayHttpRouteDeclaration;
    this.props.tls._bind(scope, declaration);
    const { HttpRoute, toJson_HttpRouteSpec } = generated();
    new ApiObject(scope, 'Resource', {
      ...HttpRoute.GVK,
      metadata: {
        name: route.name,
        namespace: declaration.release.namespace,
        labels: { ...LABELS },
      },
      spec: Lazy.any({ produce: () => toJson_HttpRouteSpec(specOf(route, declaration)) }),
    });
    const secretName = grantedSecret(route, declaration.release);
    if (secretName !== undefined) {
      renderSecretGrant(new Construct(scope, 'SecretGrant'), declaration.release, {
        gatewayNamespace: route.listener.namespace,
        secretName,
      });
    }
  }
}

function specOf(
  { listener, controller }: GatewayHttpRouteDeclaration,
  declaration: RegistryDeclaration,
): gateway.HttpRouteSpec {
  const { PATH_PREFIX } = generated().HttpRouteSpecRulesMatchesPathType;
  const token = extraTokenPath(declaration);
  return {
    parentRefs: [
      {
        name: listener.gateway,
        namespace: listener.namespace,
        sectionName: listener.listener,
        // NGINX Gateway Fabric refused a port for long; the name of a listener is enough.
        ...(controller !== 'nginx-fabric' && { port: listener.port }),
      },
    ],
    hostnames: [splitHost(declaration.host).name],
    rules: [
      {
        matches: [{ path: { type: PATH_PREFIX, value: '/v2' } }],
        backendRefs: backend(declaration),
        // Envoy's 15 s end an upload; the other two ignore what is written here.
        ...(controller === 'envoy' && { timeouts: { request: '0s' } }),
      },
      ...(token === undefined ? [] : [tokenRule(token, declaration)]),
    ],
  };
}

/** Exactly the token endpoint below the path of ROOT_URL, with that path taken off. */
function tokenRule(path: string, declaration: RegistryDeclaration): gateway.HttpRouteSpecRules {
  const {
    HttpRouteSpecRulesMatchesPathType: PathType,
    HttpRouteSpecRulesFiltersType: FilterType,
    HttpRouteSpecRulesFiltersUrlRewritePathType: RewriteType,
  } = generated();
  return {
    matches: [{ path: { type: PathType.EXACT, value: path } }],
    filters: [
      {
        type: FilterType.URL_REWRITE,
        urlRewrite: {
          path: { type: RewriteType.REPLACE_FULL_PATH, replaceFullPath: TOKEN_PATH },
        },
      },
    ],
    backendRefs: backend(declaration),
  };
}

function backend({ release }: RegistryDeclaration): gateway.HttpRouteSpecRulesBackendRefs[] {
  const { name, port } = release.httpService;
  return [{ name, port }];
}
