import type { GatewayListener, GiteaRegistryProps } from 'cdk8s-gitea-registry';
import {
  ForgeRelease,
  GatewayController,
  GiteaRegistry,
  IssuerRef,
  ListenerNamespaces,
  RegistryTls,
  V2Route,
} from 'cdk8s-gitea-registry';
import type { RegistryCase } from './registries';

/** A certificate of a public issuer, rendered beside the release. */
export const CERTIFICATE = RegistryTls.certificate({
  secretName: 'git-tls',
  issuer: IssuerRef.clusterIssuer('letsencrypt-prod'),
});

/** A listener that takes routes of every namespace. */
export function listenerFacts(port: number, facts: Partial<GatewayListener> = {}): GatewayListener {
  return {
    gateway: 'public',
    namespace: 'gateways',
    listener: 'https',
    port,
    allowedNamespaces: ListenerNamespaces.ALL,
    ...facts,
  };
}

/** Forgejo below a path of the registry host: its token realm is below that path too. */
export function subPathProps(): GiteaRegistryProps {
  return {
    host: 'git.example.org',
    uiPath: '/git',
    release: ForgeRelease.forgejo({
      name: 'forgejo',
      namespace: 'forgejo',
      chartVersion: '12.0.1',
      appVersion: '11.0.1+gitea-1.22.0',
      httpService: { name: 'forgejo-http', port: 3000 },
    }),
  };
}

function giteaProps(): GiteaRegistryProps {
  return {
    host: 'git.example.org',
    release: ForgeRelease.gitea({
      name: 'gitea',
      namespace: 'git',
      chartVersion: '12.5.0',
      appVersion: '1.25.4',
      httpService: { name: 'gitea-http', port: 3000 },
    }),
  };
}

function exposed(
  route: () => V2Route,
  props: () => GiteaRegistryProps = giteaProps,
): RegistryCase['build'] {
  return (chart, id) => {
    const registry = new GiteaRegistry(chart, id('Registry'), {
      ...props(),
      publishDeclaration: false,
    });
    registry.exposeV2(route());
    return registry;
  };
}

/** Every kind of route, at the root of the host and below a path. */
export const ROUTE_REGISTRIES: readonly RegistryCase[] = [
  {
    name: 'route-traefik-ingress-route',
    kinds: ['Certificate', 'IngressRoute'],
    build: exposed(() => V2Route.traefikIngressRoute({ tls: CERTIFICATE })),
  },
  {
    name: 'route-traefik-ingress-route-every-prop',
    kinds: ['IngressRoute'],
    build: exposed(() =>
      V2Route.traefikIngressRoute({
        tls: RegistryTls.existingSecret({ secretName: 'wildcard', producer: 'platform team' }),
        name: 'live-route',
        entryPoints: ['websecure', 'internal'],
        priority: 500,
      }),
    ),
  },
  {
    name: 'route-nginx-ingress',
    kinds: ['Ingress'],
    build: exposed(() =>
      V2Route.nginxIngress({
        tls: RegistryTls.ingressShim({
          secretName: 'git-tls',
          issuer: IssuerRef.clusterIssuer('letsencrypt-prod'),
        }),
      }),
    ),
  },
  {
    name: 'route-nginx-ingress-every-prop',
    kinds: ['Certificate', 'Ingress'],
    build: exposed(() =>
      V2Route.nginxIngress({
        tls: CERTIFICATE,
        name: 'live-ingress',
        ingressClassName: 'nginx-public',
      }),
    ),
  },
  {
    name: 'route-gateway-traefik',
    kinds: ['HTTPRoute'],
    build: exposed(() =>
      V2Route.gatewayHttpRoute({
        listener: listenerFacts(8443),
        controller: GatewayController.TRAEFIK,
        tls: RegistryTls.listener({ producer: 'platform team' }),
      }),
    ),
  },
  {
    name: 'route-gateway-envoy',
    kinds: ['Certificate', 'HTTPRoute', 'ReferenceGrant'],
    build: exposed(() =>
      V2Route.gatewayHttpRoute({
        listener: listenerFacts(443, { hostname: '*.example.org' }),
        controller: GatewayController.ENVOY,
        tls: CERTIFICATE,
      }),
    ),
  },
  {
    name: 'route-gateway-nginx-fabric',
    kinds: ['Certificate', 'HTTPRoute'],
    build: exposed(() =>
      V2Route.gatewayHttpRoute({
        listener: listenerFacts(443, {
          namespace: 'git',
          allowedNamespaces: ListenerNamespaces.SAME,
        }),
        controller: GatewayController.NGINX_FABRIC,
        tls: CERTIFICATE,
        name: 'live-route',
      }),
    ),
  },
  {
    name: 'route-none',
    kinds: [],
    build: exposed(() => V2Route.none({ servedBy: 'the Ingress of the chart' })),
  },
  {
    name: 'sub-path-none',
    kinds: [],
    build: exposed(
      () => V2Route.none({ servedBy: 'the nginx before the cluster', servesRealm: true }),
      subPathProps,
    ),
  },
  {
    name: 'sub-path-traefik-ingress',
    kinds: ['Ingress', 'Ingress', 'Middleware'],
    build: exposed(
      () =>
        V2Route.traefikIngress({
          tls: RegistryTls.ingressShim({
            secretName: 'git-tls',
            issuer: IssuerRef.clusterIssuer('letsencrypt-prod'),
          }),
        }),
      subPathProps,
    ),
  },
  {
    name: 'sub-path-traefik-ingress-route',
    kinds: ['Certificate', 'IngressRoute', 'Middleware'],
    build: exposed(() => V2Route.traefikIngressRoute({ tls: CERTIFICATE }), subPathProps),
  },
  {
    name: 'sub-path-nginx-ingress',
    kinds: ['Certificate', 'Ingress', 'Ingress'],
    build: exposed(() => V2Route.nginxIngress({ tls: CERTIFICATE }), subPathProps),
  },
  {
    name: 'sub-path-gateway',
    kinds: ['HTTPRoute'],
    build: exposed(
      () =>
        V2Route.gatewayHttpRoute({
          listener: listenerFacts(443),
          controller: GatewayController.ENVOY,
          tls: RegistryTls.listener({ secretName: 'wildcard', producer: 'platform team' }),
        }),
      subPathProps,
    ),
  },
  {
    name: 'sub-path-without-one-in-the-realm',
    kinds: ['Ingress'],
    build: exposed(
      () =>
        V2Route.traefikIngress({
          tls: RegistryTls.existingSecret({ secretName: 'wildcard', producer: 'platform team' }),
        }),
      () => ({ ...giteaProps(), uiPath: '/git' }),
    ),
  },
  {
    name: 'second-host',
    kinds: ['Certificate', 'Ingress'],
    build: exposed(
      () => V2Route.traefikIngress({ tls: CERTIFICATE }),
      () => ({
        ...subPathProps(),
        host: 'registry.example.org',
        uiHost: 'git.example.org',
        uiServesRealm: true,
      }),
    ),
  },
];
