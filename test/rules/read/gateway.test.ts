import { gatewayParents } from '../../../src/rules/read/gateway';
import { estateOf, objectOf } from './estate-of';

const GATEWAYS = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: git }
spec:
  listeners:
    - { name: web, port: 8000, protocol: HTTP }
    - { name: websecure, port: 8443, protocol: HTTPS, hostname: "*.Example.org" }
    - { name: extra, port: 8443, protocol: HTTPS, hostname: "" }
    - {}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: infra }
spec: {}
---
`;

const parentsOf = (parentRefs: string): string[] => {
  const estate = estateOf(`${GATEWAYS}
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: one, namespace: git }
spec: { parentRefs: ${parentRefs} }
`);
  return gatewayParents(objectOf(estate, 'HTTPRoute', 'one'), estate).map(
    ({ gateway, at, listeners }) =>
      `${at.path} ${gateway.namespace}: ${listeners.map(({ name }) => name).join(' ')}`,
  );
};

describe('the parents of an HTTPRoute', () => {
  test.each([
    ['all listeners of a Gateway', '[{ name: public }]', 'web websecure extra '],
    ['the listener of a section', '[{ name: public, sectionName: websecure }]', 'websecure'],
    ['the listeners of a port', '[{ name: public, port: 8443 }]', 'websecure extra'],
    ['what both name', '[{ name: public, sectionName: extra, port: 8443 }]', 'extra'],
    ['none for two that differ', '[{ name: public, sectionName: web, port: 8443 }]', ''],
    ['all for an empty section', '[{ name: public, sectionName: "" }]', 'web websecure extra '],
  ])('mean %s', (_, parentRefs, listeners) => {
    expect(parentsOf(parentRefs)).toEqual([`spec.parentRefs[0] git: ${listeners}`]);
  });

  test('are Gateways, rendered, of the named namespace or the own', () => {
    const refs =
      '[{ name: other }, { kind: Service, name: public }, { kind: Gateway, name: public, namespace: infra }, {}]';
    expect(parentsOf(refs)).toEqual(['spec.parentRefs[2] infra: ']);
  });

  test('have listeners with what is written of them', () => {
    const estate = estateOf(`${GATEWAYS}
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: one, namespace: git }
spec: { parentRefs: [{ name: public }] }
`);
    const [{ gateway, listeners }] = gatewayParents(objectOf(estate, 'HTTPRoute', 'one'), estate);
    expect(listeners.map(({ at, ...rest }) => ({ ...rest, at: at.path }))).toEqual([
      { gateway, at: 'spec.listeners[0]', name: 'web', port: 8000, protocol: 'HTTP' },
      {
        gateway,
        at: 'spec.listeners[1]',
        name: 'websecure',
        port: 8443,
        protocol: 'HTTPS',
        hostname: '*.example.org',
      },
      { gateway, at: 'spec.listeners[2]', name: 'extra', port: 8443, protocol: 'HTTPS' },
      { gateway, at: 'spec.listeners[3]', name: '', protocol: '' },
    ]);
  });
});
