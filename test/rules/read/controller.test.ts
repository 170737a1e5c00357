import { controllerOf, gatewayController } from '../../../src/rules/read/controller';
import { estateOf, objectOf } from './estate-of';

const ingress = (spec: string, annotations = ''): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: one, namespace: git, annotations: { ${annotations} } }
spec:
  ${spec}
  rules: [{ host: git.example.org, http: { paths: [{ path: / }] } }]
`;

const controllerIn = (text: string): string | undefined => {
  const estate = estateOf(text);
  return controllerOf(estate.routes[0], estate);
};

const ingressClass = (name: string, controller: string): string => `
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: ${name} }
spec: { controller: ${controller} }
`;

describe('the controller of an Ingress', () => {
  test.each([
    ['traefik', 'traefik'],
    ['traefik-internal', 'traefik'],
    ['nginx', 'nginx'],
    ['my-nginx', 'nginx'],
    ['haproxy', undefined],
  ])('is told by the name of a class nobody renders: %s', (name, controller) => {
    expect(controllerIn(ingress(`ingressClassName: ${name}`))).toBe(controller);
  });

  test.each([
    ['traefik.io/ingress-controller', 'traefik'],
    ['k8s.io/ingress-nginx', 'nginx'],
    ['nginx.org/ingress-controller', 'nginx'],
    ['haproxy.org/ingress-controller', 'other'],
  ])('is told by the rendered class, whatever its name: %s', (value, controller) => {
    const text = ingress('ingressClassName: traefik') + ingressClass('traefik', value);
    expect(controllerIn(text)).toBe(controller);
  });

  test('is not told by another class', () => {
    const text =
      ingress('ingressClassName: traefik') + ingressClass('nginx', 'k8s.io/ingress-nginx');
    expect(controllerIn(text)).toBe('traefik');
  });

  test.each([
    ['traefik.ingress.kubernetes.io/router.tls: "true"', 'traefik'],
    ['nginx.ingress.kubernetes.io/proxy-body-size: "0"', 'nginx'],
    ['nginx.org/client-max-body-size: "0"', 'nginx'],
    ['haproxy.org/timeout-server: 1h', undefined],
  ])('is told by annotations where the class tells nothing: %s', (annotation, controller) => {
    expect(controllerIn(ingress('', annotation))).toBe(controller);
    expect(controllerIn(ingress('ingressClassName: edge', annotation))).toBe(controller);
    expect(controllerIn(ingress('ingressClassName: ""', annotation))).toBe(controller);
  });

  test('is told by the class before annotations', () => {
    const annotation = 'nginx.ingress.kubernetes.io/proxy-body-size: "0"';
    expect(controllerIn(ingress('ingressClassName: traefik', annotation))).toBe('traefik');
  });
});

const httpRoute = (parentRefs: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: one, namespace: git }
spec: { parentRefs: ${parentRefs}, rules: [{}] }
`;

const gateway = (name: string, className: string): string => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: git }
spec: { gatewayClassName: ${className}, listeners: [{ name: a }] }
`;

describe('the controller of an HTTPRoute', () => {
  test('is that of its Gateways, the first that tells', () => {
    const route = httpRoute('[{ name: unseen }, { name: plain }, { name: public }]');
    const text = route + gateway('plain', 'edge') + gateway('public', 'traefik');
    expect(controllerIn(text)).toBe('traefik');
  });

  test('is told by the rendered class', () => {
    const rendered = `
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: edge }
spec: { controllerName: gateway.nginx.org/nginx-gateway-controller }
`;
    const estate = estateOf(httpRoute('[{ name: public }]') + gateway('public', 'edge') + rendered);
    expect(controllerOf(estate.routes[0], estate)).toBe('nginx');
    expect(gatewayController(objectOf(estate, 'Gateway', 'public'), estate)).toBe('nginx');
  });

  test('is unknown where no Gateway is rendered', () => {
    expect(controllerIn(httpRoute('[{ name: traefik }]'))).toBeUndefined();
  });
});

test('an IngressRoute is for Traefik', () => {
  const text = `
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: one, annotations: { kubernetes.io/ingress.class: nginx } }
spec: { routes: [{ kind: Rule, match: Host(\`git.example.org\`) }] }
`;
  expect(controllerIn(text)).toBe('traefik');
});
