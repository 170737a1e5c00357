import { proxyTimeouts } from '../../../src/rules/limits/proxy-timeouts';
import { findingsIn, line } from '../fixture';

const ROUTE = `
kind: RegistryDeclaration
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: gitea, namespace: git }
spec:
  parentRefs: [{ name: public }]
  hostnames: [git.example.org]
  rules: [{ backendRefs: [{ name: gitea-http, port: 3000 }] }]
`;

const TIMEOUTS = ROUTE.replace('rules: [{', 'rules: [{ timeouts: { request: 1h },');

function gateway(className: string, controllerName?: string): string {
  const known = `
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: ${className} }
spec: { controllerName: ${controllerName} }
`;
  return `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: git }
spec: { gatewayClassName: ${className} }
${controllerName === undefined ? '' : known}`;
}

function policy(name: string, target: string, requestTimeout: string): string {
  return `
---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata: { name: ${name}, namespace: git }
spec:
  targetRefs: [${target}]
  timeout: { http: { requestTimeout: ${requestTimeout} } }
`;
}

const OF_ROUTE = '{ kind: HTTPRoute, name: gitea }';
const OF_GATEWAY = '{ kind: Gateway, name: public }';

function lines(text: string): string[] {
  return findingsIn(text, proxyTimeouts).map(line);
}

describe('what serves an HTTPRoute', () => {
  test.each(['eg', 'envoy', 'envoy-gateway'])('is Envoy for the class %s', (className) => {
    expect(lines(`${ROUTE}${gateway(className)}`)).toEqual([
      'warning HTTPRoute git/gitea at spec.rules[0]',
    ]);
  });

  test.each(['traefik', 'nginx'])('ignores timeouts for the class %s', (className) => {
    expect(lines(`${TIMEOUTS}${gateway(className)}`)).toContain(
      'warning HTTPRoute git/gitea at spec.rules[0].timeouts',
    );
  });

  test('is what the controller of the class says, whatever its name', () => {
    const envoy = 'gateway.envoyproxy.io/gatewayclass-controller';
    expect(lines(`${ROUTE}${gateway('traefik', envoy)}`)).toHaveLength(1);
    expect(lines(`${ROUTE}${gateway('eg', 'example.org/gateway')}`)).toEqual([]);
  });

  test('is unknown for another class, or without a Gateway', () => {
    expect(lines(`${ROUTE}${gateway('public')}`)).toEqual([]);
    expect(lines(ROUTE)).toEqual([]);
    expect(lines(TIMEOUTS)).toEqual([]);
  });
});

describe('a policy', () => {
  const envoy = `${ROUTE}${gateway('eg')}`;

  test('on the route goes before one on the Gateway', () => {
    const long = policy('own', OF_ROUTE, '0s');
    const short = policy('all', OF_GATEWAY, '30s');
    expect(lines(`${envoy}${long}${short}`)).toEqual([]);
    expect(lines(`${envoy}${short}`)).toEqual([
      'error BackendTrafficPolicy git/all at spec.timeout.http.requestTimeout',
    ]);
  });

  test('is for the kind and the name it targets', () => {
    const missing = ['warning HTTPRoute git/gitea at spec.rules[0]'];
    expect(lines(`${envoy}${policy('p', '{ kind: Gateway, name: gitea }', '30s')}`)).toEqual(
      missing,
    );
    expect(lines(`${envoy}${policy('p', '{ kind: HTTPRoute, name: public }', '30s')}`)).toEqual(
      missing,
    );
    expect(lines(`${envoy}${policy('p', '{ kind: HTTPRoute, name: web }', '30s')}`)).toEqual(
      missing,
    );
  });

  test('does not decide where the rule has timeouts of its own', () => {
    expect(lines(`${TIMEOUTS}${gateway('eg')}${policy('p', OF_ROUTE, '30s')}`)).toEqual([]);
  });

  test('may hold a duration nobody can read', () => {
    expect(lines(`${envoy}${policy('p', OF_ROUTE, 'long')}`)).toEqual([]);
  });
});
