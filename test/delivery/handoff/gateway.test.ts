import { gatewaySection } from '../../../src/delivery/handoff/gateway';
import { rollbackSection } from '../../../src/delivery/handoff/rollback';
import { registryCase } from '../../support/registries';

const declared = (name: string) => registryCase(name).registry._toDeclaration();
const page = (name: string): string =>
  gatewaySection(declared(name))
    .flatMap(({ lines }) => lines)
    .join('\n');
const rollback = (name: string): string => rollbackSection(declared(name)).lines.join('\n');

describe('the section on the Gateway', () => {
  it('is there for an HTTPRoute alone', () => {
    expect(gatewaySection(declared('route-nginx-ingress'))).toEqual([]);
    expect(gatewaySection(declared('minimal'))).toEqual([]);
    expect(gatewaySection(declared('route-gateway-envoy'))).toHaveLength(1);
  });

  it('tells the owner of the Gateway which secret the listener has to name', () => {
    expect(page('route-gateway-envoy')).toContain('    - name: git-tls\n      namespace: git\n');
    expect(page('sub-path-gateway')).toContain(
      'It has a certificate of its own, Secret `wildcard`, made by: platform team.',
    );
    expect(page('route-gateway-traefik')).toContain(
      'It has a certificate of its own, made by: platform team.',
    );
  });

  it('tells what decides about long pushes, by product', () => {
    expect(page('route-gateway-traefik')).toMatch(/`readTimeout` of the entry point[^]*1h\./);
    expect(page('route-gateway-envoy')).toContain('`requestReceivedTimeout`');
    expect(page('route-gateway-nginx-fabric')).toContain('maxSize: "0"');
    expect(page('route-gateway-nginx-fabric')).toContain('read: 3600s');
  });
});

describe('the rollback', () => {
  it.each([
    ['route-traefik-ingress-route', 'kubectl delete ingressroute gitea-registry-v2 -n git'],
    ['route-gateway-nginx-fabric', 'kubectl delete httproute live-route -n git'],
    [
      'route-gateway-envoy',
      'kubectl delete httproute/gitea-registry-v2 referencegrant/gitea-registry-tls -n git',
    ],
    [
      'sub-path-traefik-ingress',
      'kubectl delete ingress/forgejo-registry-v2 ingress/forgejo-registry-realm middleware.traefik.io/forgejo-registry-realm -n forgejo',
    ],
    [
      'sub-path-traefik-ingress-route',
      'kubectl delete ingressroute/forgejo-registry-v2 middleware.traefik.io/forgejo-registry-realm -n forgejo',
    ],
    [
      'sub-path-nginx-ingress',
      'kubectl delete ingress/forgejo-registry-v2 ingress/forgejo-registry-realm -n forgejo',
    ],
    ['sub-path-gateway', 'kubectl delete httproute forgejo-registry-v2 -n forgejo'],
  ])('of %s removes every object of the route', (name, command) => {
    expect(rollback(name)).toContain(`\`${command}\``);
  });

  it('leaves the certificate of a listener, and a route of somebody else, alone', () => {
    expect(rollback('sub-path-gateway')).toContain('The Gateway and its certificate stay.');
    expect(rollback('route-none')).toContain('it is served by the Ingress of the chart.');
    expect(rollback('route-none')).not.toContain('kubectl delete');
  });
});
