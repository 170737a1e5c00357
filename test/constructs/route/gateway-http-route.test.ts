import type { GatewayHttpRouteProps, GatewayListener } from 'cdk8s-gitea-registry';
import {
  GatewayController,
  GiteaRegistry,
  IssuerRef,
  ListenerNamespaces,
  RegistryTls,
  V2Route,
} from 'cdk8s-gitea-registry';
import { emptyChart, manifest, manifests, minimalProps } from '../../support/registries';
import { CERTIFICATE, listenerFacts } from '../../support/route-registries';

const tls = RegistryTls.listener({ producer: 'platform team' });

function routed(props: Partial<GatewayHttpRouteProps> = {}, host = 'git.example.org') {
  const chart = emptyChart();
  const registry = new GiteaRegistry(chart, 'Registry', { ...minimalProps(), host });
  registry.exposeV2(
    V2Route.gatewayHttpRoute({
      listener: listenerFacts(443),
      controller: GatewayController.ENVOY,
      tls,
      ...props,
    }),
  );
  return { chart, registry };
}

const with443 = (facts: Partial<GatewayListener>) => ({ listener: listenerFacts(443, facts) });

it('declares every prop, the default of the Gateway API included', () => {
  const props: Required<GatewayHttpRouteProps> = {
    listener: {
      gateway: 'public',
      namespace: 'git',
      listener: 'https',
      port: 8443,
      hostname: '*.example.org',
    },
    controller: GatewayController.TRAEFIK,
    tls,
    name: 'live-route',
  };
  expect(JSON.parse(routed(props).registry.declaration).route).toEqual({
    kind: 'gateway-http-route',
    name: 'live-route',
    controller: 'traefik',
    listener: {
      gateway: 'public',
      namespace: 'git',
      listener: 'https',
      port: 8443,
      hostname: '*.example.org',
      allowedNamespaces: 'Same',
    },
    tls: { source: 'listener', producer: 'platform team' },
  });
});

it('takes a prop that is undefined for one that is left out', () => {
  const facts = { ...listenerFacts(443), namespace: 'git', allowedNamespaces: undefined };
  expect(JSON.parse(routed({ listener: facts }).registry.declaration).route.listener).toMatchObject(
    { allowedNamespaces: 'Same' },
  );
});

it('names the port of the listener, except to the product that long refused one', () => {
  const parentOf = (controller: GatewayController): object =>
    (
      manifest(routed({ controller }).chart, 'HTTPRoute').spec as never as {
        parentRefs: object[];
      }
    ).parentRefs[0];
  expect(parentOf(GatewayController.ENVOY)).toHaveProperty('port', 443);
  expect(parentOf(GatewayController.TRAEFIK)).toHaveProperty('port', 443);
  expect(parentOf(GatewayController.NGINX_FABRIC)).not.toHaveProperty('port');
});

it('lifts the timeout where the product honours it, and writes none where it is ignored', () => {
  const rulesOf = (controller: GatewayController): unknown =>
    (manifest(routed({ controller }).chart, 'HTTPRoute').spec as never as { rules: unknown }).rules;
  expect(rulesOf(GatewayController.ENVOY)).toEqual([
    expect.objectContaining({ timeouts: { request: '0s' } }),
  ]);
  for (const controller of [GatewayController.TRAEFIK, GatewayController.NGINX_FABRIC]) {
    expect(JSON.stringify(rulesOf(controller))).not.toContain('timeouts');
  }
});

it('lets a Gateway of another namespace read exactly the secret of the certificate', () => {
  const kinds = (props: Partial<GatewayHttpRouteProps>): string[] =>
    manifests(routed(props).chart).map(({ kind }) => kind);
  expect(kinds({ tls: CERTIFICATE })).toContain('ReferenceGrant');
  expect(kinds({ tls: CERTIFICATE, ...with443({ namespace: 'git' }) })).not.toContain(
    'ReferenceGrant',
  );
  expect(kinds({ tls })).not.toContain('ReferenceGrant');
});

it('takes a port in the host where the listener has it', () => {
  const { chart } = routed({ listener: listenerFacts(8443) }, 'git.example.org:8443');
  expect(manifest(chart, 'HTTPRoute').spec).toMatchObject({ hostnames: ['git.example.org'] });
});

it.each<[string, Partial<GatewayHttpRouteProps>, RegExp]>([
  [
    'the listener is for other hosts',
    with443({ hostname: '*.example.com' }),
    /^route\.listener\.hostname '\*\.example\.com' does not cover 'git\.example\.org'.*\(REG221\)$/,
  ],
  [
    'the hostname of the listener is none',
    with443({ hostname: 'git.*' }),
    /^route\.listener\.hostname 'git\.\*' must be a host name .*\(REG221\)$/,
  ],
  [
    'clients ask on another port',
    { listener: listenerFacts(8443) },
    /^route\.listener\.port 8443 is not the port of 'git\.example\.org', 443: .*\(REG221\)$/,
  ],
  [
    'the listener takes routes of its own namespace only',
    with443({ allowedNamespaces: ListenerNamespaces.SAME }),
    /^route\.listener\.allowedNamespaces 'Same' keeps 'git' out, the Gateway being in 'gateways': .*\(REG221\)$/,
  ],
  [
    'the certificate is asked by an annotation',
    {
      tls: RegistryTls.ingressShim({
        secretName: 'tls',
        issuer: IssuerRef.clusterIssuer('letsencrypt-prod'),
      }),
    },
    /^route\.tls\.source 'ingress-shim' makes no certificate for HTTPRoute: .*\(REG551\)$/,
  ],
  [
    'the secret lies where no listener looks',
    { tls: RegistryTls.existingSecret({ secretName: 'tls', producer: 'platform' }) },
    /^route\.tls\.source 'existing-secret' is not read by an HTTPRoute: .*\(REG550\)$/,
  ],
  ['the listener is missing', { listener: undefined as never }, /^route\.listener is missing/],
  [
    'the controller is none',
    { controller: 'istio' as never },
    /^route\.controller 'istio' must be/,
  ],
])('throws when %s', (_why, props, message) => {
  expect(() => routed(props)).toThrow(message);
});

it('takes any port for Traefik, whose listeners have the port inside the pod', () => {
  expect(() =>
    routed({ listener: listenerFacts(8443), controller: GatewayController.TRAEFIK }),
  ).not.toThrow();
});
