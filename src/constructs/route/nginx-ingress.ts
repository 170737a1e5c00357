import { Construct } from 'constructs';
import { durationSeconds } from '../../declaration/go-duration';
import type { NginxIngressDeclaration, RegistryDeclaration } from '../../declaration/model';
import { realmName, routeName } from '../../declaration/route-names';
import { extraTokenPath, TOKEN_PATH } from '../../declaration/token-realm';
import type { RegistryTls } from '../registry-tls';
import { renderIngress } from './ingress';
import type { RouteKind } from './route-kind';

/** A `/v2` route as an Ingress of ingress-nginx. */
export interface NginxIngressProps {
  /** Where the TLS secret comes from. */
  readonly tls: RegistryTls;

  /**
   * Name of the Ingress. Give the name of a live one to take it over.
   * @default - `<release>-registry-v2`
   */
  readonly name?: string;

  /**
   * Class of the ingress-nginx controller.
   * @default 'nginx'
   */
  readonly ingressClassName?: string;
}

const PREFIX = 'nginx.ingress.kubernetes.io/';

/** An Ingress for ingress-nginx, without its limits of size and time. */
export class NginxIngress implements RouteKind {
  public constructor(private readonly props: NginxIngressProps) {}

  public declared(release: RegistryDeclaration['release']): object {
    const { tls, name, ingressClassName = 'nginx' } = this.props;
    return {
      kind: 'nginx-ingress',
      name: name ?? routeName(release),
      ingressClassName,
      tls: tls?._toDeclaration(),
    };
  }

  public render(scope: Construct, declaration: RegistryDeclaration): void {
    const route = declaration.route as NginxIngressDeclaration;
    renderIngress(scope, declaration, route, {
      name: route.name,
      path: '/v2',
      pathType: 'Prefix',
      annotations: {
        ...this.props.tls._bind(scope, declaration),
        ...proxyAnnotations(declaration),
      },
    });
    const path = extraTokenPath(declaration);
    if (path !== undefined) {
      renderIngress(new Construct(scope, 'Realm'), declaration, route, {
        name: realmName(declaration.release),
        path,
        pathType: 'Exact',
        annotations: { [`${PREFIX}rewrite-target`]: TOKEN_PATH },
      });
    }
  }
}

/** Layers of any size, passed on as they come (ingress-nginx, "Annotations"; durations in seconds without unit). */
function proxyAnnotations({ limits }: RegistryDeclaration): { [annotation: string]: string } {
  const seconds = `${durationSeconds(limits.pushBudget)}`;
  return {
    [`${PREFIX}proxy-body-size`]: '0',
    [`${PREFIX}proxy-request-buffering`]: 'off',
    // The controller may buffer answers to its disk, up to 1 GiB of each layer that is pulled.
    [`${PREFIX}proxy-buffering`]: 'off',
    [`${PREFIX}proxy-read-timeout`]: seconds,
    [`${PREFIX}proxy-send-timeout`]: seconds,
  };
}
