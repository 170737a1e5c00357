import fc from 'fast-check';
import { asManifest } from '../../../src/rules/manifest';
import { Estate } from '../../../src/rules/estate';
import { pluginNames, treatmentName, treatmentsOf } from '../../../src/rules/read/treatment';
import { estateOf } from './estate-of';

const middleware = (name: string, spec: string, namespace = 'git'): string => `
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;

const ingress = (annotations: string, className: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: one, namespace: git, annotations: { ${annotations} } }
spec:
  ingressClassName: ${className}
  rules: [{ host: git.example.org, http: { paths: [{ path: / }] } }]
`;

const ingressRoute = (middlewares: string): string => `
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: one, namespace: git }
spec:
  entryPoints: [websecure]
  routes: [{ kind: Rule, match: Host(\`git.example.org\`), middlewares: ${middlewares} }]
`;

const traefik = (...args: string[]): string => `
---
apiVersion: v1
kind: Pod
metadata: { name: traefik, namespace: traefik }
spec: { containers: [{ name: traefik, image: "traefik:v3.6.8", args: ${JSON.stringify(args)} }] }
`;

const treatmentsIn = (text: string): string[] => {
  const estate = estateOf(text);
  return treatmentsOf(estate.routes[0], estate).map(
    ({ type, at, via }) => `${type}: ${at.path} by ${via.path}`,
  );
};

describe('what touches the requests of a route', () => {
  test('are its middlewares in order, chains resolved, each at its object', () => {
    const text =
      ingressRoute('[{ name: a }, { name: all, namespace: edge }, { name: unseen }]') +
      middleware('a', '{ headers: {}, compress: {} }') +
      middleware(
        'all',
        '{ chain: { middlewares: [{ name: b }, { name: a, namespace: git }, {}] } }',
        'edge',
      ) +
      middleware('b', '{ retry: {} }', 'edge');
    expect(treatmentsIn(text)).toEqual([
      'headers: spec.headers by spec.routes[0].middlewares[0]',
      'compress: spec.compress by spec.routes[0].middlewares[0]',
      'retry: spec.retry by spec.routes[0].middlewares[1]',
      'headers: spec.headers by spec.routes[0].middlewares[1]',
      'compress: spec.compress by spec.routes[0].middlewares[1]',
    ]);
  });

  test('begin with those of the entry point that carries it', () => {
    const text =
      ingressRoute('[{ name: a }]') +
      middleware('a', '{ headers: {} }') +
      middleware('sso', '{ forwardAuth: {} }', 'auth') +
      traefik(
        '--entrypoints.web.http.middlewares=git-a@kubernetescrd',
        '--entrypoints.websecure.http.middlewares=auth-sso@kubernetescrd, limit@file',
        '--entrypoints.other.http.middlewares=git-a@kubernetescrd',
      ) +
      traefik('--entrypoints.websecure.address=:443');
    expect(treatmentsIn(text)).toEqual([
      'forwardAuth: spec.forwardAuth by spec.containers[0].args[1]',
      'headers: spec.headers by spec.routes[0].middlewares[0]',
    ]);
  });

  test('are the annotations of the controller that reads them', () => {
    const annotations = [
      'traefik.ingress.kubernetes.io/router.middlewares: git-a@kubernetescrd',
      'nginx.ingress.kubernetes.io/auth-url: https://id.example.org',
      'nginx.ingress.kubernetes.io/limit-rps: 5',
      'nginx.ingress.kubernetes.io/enable-modsecurity: false',
      'nginx.ingress.kubernetes.io/auth-type: null',
    ].join(', ');
    const objects = middleware('a', '{ headers: {} }');
    const own = 'metadata.annotations["traefik.ingress.kubernetes.io/router.middlewares"]';
    const [auth, limit] = ['auth-url', 'limit-rps'].map(
      (name) => `metadata.annotations["nginx.ingress.kubernetes.io/${name}"]`,
    );
    const byTraefik = [`headers: spec.headers by ${own}`];
    const byNginx = [`forwardAuth: ${auth} by ${auth}`, `rateLimit: ${limit} by ${limit}`];
    expect(treatmentsIn(ingress(annotations, 'traefik') + objects)).toEqual(byTraefik);
    expect(treatmentsIn(ingress(annotations, 'nginx') + objects)).toEqual(byNginx);
    const haproxy = `
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: edge }
spec: { controller: haproxy.org/ingress-controller }
`;
    expect(treatmentsIn(ingress(annotations, 'edge') + objects + haproxy)).toEqual([]);
  });

  test('of no known controller are what any of them would do', () => {
    const text =
      ingress('', 'edge') + traefik('--entrypoints.websecure.http.middlewares=git-a@kubernetescrd');
    expect(treatmentsIn(text + middleware('a', '{ headers: {} }'))).toEqual([]);
    const route = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: one, namespace: git }
spec:
  rules:
    - filters: [{ type: ExtensionRef, extensionRef: { kind: Middleware, name: a } }]
`;
    expect(treatmentsIn(route + middleware('a', '{ headers: {} }'))).toEqual([
      'headers: spec.headers by spec.rules[0].filters[0].extensionRef',
    ]);
  });

  test.each([
    ['rewrite-target', 'replacePathRegex'],
    ['auth-url', 'forwardAuth'],
    ['auth-type', 'basicAuth'],
    ['permanent-redirect', 'redirectRegex'],
    ['temporal-redirect', 'redirectRegex'],
    ['limit-rps', 'rateLimit'],
    ['limit-rpm', 'rateLimit'],
    ['limit-rate', 'bandwidth'],
    ['limit-connections', 'inFlightReq'],
    ['whitelist-source-range', 'ipAllowList'],
    ['allowlist-source-range', 'ipAllowList'],
    ['enable-modsecurity', 'firewall'],
    ['configuration-snippet', 'snippet'],
    ['server-snippet', 'snippet'],
  ])('of ingress-nginx are named in the words of Traefik: %s', (name, type) => {
    const [treatment] = treatmentsIn(ingress(`nginx.ingress.kubernetes.io/${name}: "x"`, 'nginx'));
    expect(treatment).toMatch(new RegExp(`^${type}: `));
  });

  test.each([
    ['nginx.org/rewrites', 'replacePath'],
    ['nginx.org/basic-auth-secret', 'basicAuth'],
    ['nginx.org/limit-req-rate', 'rateLimit'],
    ['nginx.org/location-snippets', 'snippet'],
    ['nginx.org/server-snippets', 'snippet'],
    ['nginx.com/jwt-key', 'forwardAuth'],
  ])("of F5's controller are named in the words of Traefik: %s", (name, type) => {
    expect(treatmentsIn(ingress(`${name}: "x"`, 'nginx'))[0]).toMatch(new RegExp(`^${type}: `));
  });

  test('are the filters of the rule and of its backends', () => {
    const text = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: one, namespace: git }
spec:
  rules:
    - filters:
        - { type: URLRewrite }
        - { type: RequestRedirect }
        - { type: RequestHeaderModifier }
        - { type: ExternalAuth }
        - { type: RequestMirror }
        - {}
      backendRefs: [{ name: a }, { name: b, filters: [{ type: RequestHeaderModifier }] }]
`;
    expect(treatmentsIn(text).map((words) => words.replace(/ by .*/, ''))).toEqual([
      'replacePath: spec.rules[0].filters[0]',
      'redirectRegex: spec.rules[0].filters[1]',
      'headers: spec.rules[0].filters[2]',
      'forwardAuth: spec.rules[0].filters[3]',
      'headers: spec.rules[0].backendRefs[1].filters[0]',
    ]);
  });

  test('are no filters of an IngressRoute or an Ingress', () => {
    const filters = 'filters: [{ type: URLRewrite }]';
    const route = ingressRoute('[]').replace('middlewares:', `${filters}, middlewares:`);
    expect(treatmentsIn(route)).toEqual([]);
  });
});

describe('the name of a treatment', () => {
  const namesIn = (text: string): string[] => {
    const estate = estateOf(text);
    return treatmentsOf(estate.routes[0], estate).map(treatmentName);
  };

  test('is that of the Middleware, of the filter, of the annotation', () => {
    const route = ingressRoute('[{ name: a }, { name: p }]');
    const middlewares =
      middleware('a', '{ basicAuth: {} }') + middleware('p', '{ plugin: { oidc: {}, cache: {} } }');
    expect(namesIn(route + middlewares)).toEqual([
      'basicAuth of Middleware git/a',
      "plugin 'oidc' 'cache' of Middleware git/p",
    ]);
    expect(namesIn(ingress('nginx.org/rewrites: x', 'nginx'))).toEqual([
      'annotation nginx.org/rewrites',
    ]);
    const filtered = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: one, namespace: git }
spec: { rules: [{ filters: [{ type: URLRewrite }] }] }
`;
    expect(namesIn(filtered)).toEqual(['filter URLRewrite']);
  });

  test('holds plugins by name; other treatments have none', () => {
    const estate = estateOf(
      ingressRoute('[{ name: p }, { name: a }]') +
        middleware('p', '{ plugin: { oidc: {} } }') +
        middleware('a', '{ headers: { stsSeconds: 1 } }'),
    );
    expect(treatmentsOf(estate.routes[0], estate).map(pluginNames)).toEqual([['oidc'], []]);
  });
});

describe('chains', () => {
  const estateWith = (chains: readonly (readonly string[])[]): Estate =>
    new Estate(
      chains.map((members, index) =>
        asManifest(
          {
            apiVersion: 'traefik.io/v1alpha1',
            kind: 'Middleware',
            metadata: { name: `m${index}`, namespace: 'git' },
            spec: {
              compress: {},
              chain: { middlewares: members.map((name) => ({ name })) },
            },
          },
          {},
        ),
      ),
    );

  test('end, and take each member once, however they name each other', () => {
    const name = fc.integer({ min: 0, max: 9 }).map((index) => `m${index}`);
    fc.assert(
      fc.property(
        fc.array(fc.array(name, { maxLength: 12 }), { minLength: 1, maxLength: 10 }),
        (chains) => {
          const estate = estateWith(chains);
          const { root } = estate.manifests[0];
          const actions = estate.middlewareActions({ name: 'm0', namespace: 'git', at: root });
          expect(actions.length).toBe(new Set(actions.map(({ manifest }) => manifest)).size);
        },
      ),
    );
  });

  test('that nest without end are read to a hundred members', () => {
    const estate = estateWith(Array.from({ length: 5000 }, (_, index) => [`m${index + 1}`]));
    const { root } = estate.manifests[0];
    const actions = estate.middlewareActions({ name: 'm0', namespace: 'git', at: root });
    expect(actions).toHaveLength(100);
  });
});
