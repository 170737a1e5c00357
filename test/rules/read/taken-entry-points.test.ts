import {
  answersPlainHttpOnly,
  publicEntryPoints,
  takenEntryPoints,
} from '../../../src/rules/read/taken-entry-points';
import { estateOf } from './estate-of';

const traefik = (...args: string[]): string => `
---
apiVersion: v1
kind: Pod
metadata: { name: traefik, namespace: traefik }
spec: { containers: [{ name: traefik, image: "traefik:v3.6.8", args: ${JSON.stringify(args)} }] }
`;

const ENTRY_POINTS = [
  '--entrypoints.traefik.address=:8080',
  '--entrypoints.metrics.address=:9100',
  '--entrypoints.web.address=:8000',
  '--entrypoints.websecure.address=:8443',
  '--entrypoints.websecure.http.tls',
];

const ingressRoute = (spec: string): string => `
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: one, namespace: git, annotations: { kubernetes.io/ingress.class: edge } }
spec: { ${spec}, routes: [{ kind: Rule, match: Host(\`git.example.org\`) }] }
`;

const ingress = (annotations = '', className = 'edge'): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: one, namespace: git, annotations: { ${annotations} } }
spec:
  ingressClassName: ${className}
  rules: [{ host: git.example.org, http: { paths: [{ path: / }] } }]
`;

const httpRoute = (parentRefs: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: git }
spec:
  gatewayClassName: traefik
  listeners:
    - { name: plain, port: 8000, protocol: HTTP }
    - { name: secure, port: 8443, protocol: HTTPS }
    - { name: no-port, protocol: HTTP }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: one, namespace: git }
spec: { hostnames: [git.example.org], parentRefs: ${parentRefs}, rules: [{}] }
`;

const takenIn = (text: string): string[] => {
  const estate = estateOf(text);
  return takenEntryPoints(estate.routes[0], estate.traefiks[0], estate).map(({ name }) => name);
};

describe('the entry points that carry https for a route', () => {
  const all = traefik(...ENTRY_POINTS);

  test.each([
    ['those named', '[websecure]', ['websecure']],
    ['those named, in any case', '[WebSecure]', ['websecure']],
    ['not the plain one beside it', '[web, websecure]', ['websecure']],
    ['the plain one where it is alone', '[web]', ['web']],
    ['an internal one that is named', '[traefik]', ['traefik']],
    ['none that Traefik does not have', '[other]', []],
    ['the default ones for an empty list', '[]', ['websecure']],
  ])('are %s', (_, names, taken) => {
    expect(takenIn(ingressRoute(`entryPoints: ${names}`) + all)).toEqual(taken);
  });

  test('are the public ones of https where none is named', () => {
    expect(takenIn(ingress() + all)).toEqual(['websecure']);
    const plain = traefik('--entrypoints.web.address=:80', '--entrypoints.metrics.address=:9');
    expect(takenIn(ingress() + plain)).toEqual(['web']);
  });

  test('are those marked as default where there are such', () => {
    const extra = '--entrypoints.extra.address=:8444';
    const marked = traefik(...ENTRY_POINTS, extra, '--entrypoints.extra.asdefault=true');
    expect(takenIn(ingress() + marked)).toEqual(['extra']);
    const not = traefik(...ENTRY_POINTS, extra, '--entrypoints.extra.asdefault=false');
    expect(takenIn(ingress() + not)).toEqual(['websecure', 'extra']);
  });

  test.each([
    ['plain by port 80', '--entrypoints.a.address=:80', ['b']],
    ['plain by port 8000', '--entrypoints.a.address=:8000', ['b']],
    ['not plain by another port', '--entrypoints.a.address=:8080', ['a', 'b']],
    ['not plain with TLS', '--entrypoints.a.http.tls=true', ['a', 'b']],
    ['not plain by an unknown name', '--entrypoints.a.asdefault=false', ['a', 'b']],
  ])('count an entry point as %s', (_, argument, taken) => {
    const text = traefik(argument, '--entrypoints.b.address=:443');
    expect(takenIn(ingress() + text)).toEqual(taken);
  });

  test.each([
    ['web', ['b']],
    ['http', ['b']],
    ['webs', ['webs', 'b']],
    ['my-web', ['my-web', 'b']],
  ])('count an entry point without a known port by its name: %s', (name, taken) => {
    const text = traefik(`--entrypoints.${name}.asdefault=false`, '--entrypoints.b.address=:443');
    expect(takenIn(ingress() + text)).toEqual(taken);
  });

  test('are none of a Traefik that watches another class', () => {
    const watching = (provider: string, name: string): string =>
      traefik(...ENTRY_POINTS, `--providers.${provider}.ingressclass=${name}`);
    expect(takenIn(ingress() + watching('kubernetesingress', 'edge'))).toEqual(['websecure']);
    expect(takenIn(ingress() + watching('kubernetesingress', 'other'))).toEqual([]);
    expect(takenIn(ingress() + watching('kubernetescrd', 'other'))).toEqual(['websecure']);
    const route = ingressRoute('entryPoints: [web]');
    expect(takenIn(route + watching('kubernetescrd', 'edge'))).toEqual(['web']);
    expect(takenIn(route + watching('kubernetescrd', 'other'))).toEqual([]);
    expect(takenIn(httpRoute('[]') + watching('kubernetesingress', 'other'))).toEqual([
      'websecure',
    ]);
  });

  test('are those with the ports of the listeners of an HTTPRoute', () => {
    expect(takenIn(httpRoute('[{ name: public, sectionName: plain }]') + all)).toEqual(['web']);
    expect(takenIn(httpRoute('[{ name: public }]') + all)).toEqual(['websecure']);
    expect(takenIn(httpRoute('[{ name: unseen }]') + all)).toEqual(['websecure']);
    expect(takenIn(httpRoute('[{ name: public, sectionName: no-port }]') + all)).toEqual([
      'websecure',
    ]);
    const estate = estateOf(httpRoute('[{ name: public, sectionName: plain }]') + all);
    const taken = takenEntryPoints(estate.routes[0], estate.traefiks[0]);
    expect(taken.map(({ name }) => name)).toEqual(['websecure']);
  });

  test('are public when they are not for Traefik itself', () => {
    const { traefiks } = estateOf(ingress() + all);
    expect(publicEntryPoints(traefiks[0]).map(({ name }) => name)).toEqual(['web', 'websecure']);
  });
});

const plainIn = (text: string): boolean => {
  const estate = estateOf(text);
  return answersPlainHttpOnly(estate.routes[0], estate);
};

describe('a route that answers plain http only', () => {
  test.each([
    ['is bound to web', 'entryPoints: [web]', true],
    ['is bound to Web', 'entryPoints: [Web]', true],
    ['is bound to http', 'entryPoints: [http]', true],
    ['is not bound to more', 'entryPoints: [web, websecure]', false],
    ['is bound to something', 'entryPoints: []', false],
    ['says what it is bound to', 'tls: null', false],
    ['has no TLS of its own', 'entryPoints: [web], tls: {}', false],
  ])('%s', (_, spec, plain) => {
    expect(plainIn(ingressRoute(spec))).toBe(plain);
  });

  test('is told by the entry point where that is known', () => {
    const named = (name: string): string => ingressRoute(`entryPoints: [${name}]`);
    expect(plainIn(named('web') + traefik('--entrypoints.web.address=:443'))).toBe(false);
    expect(plainIn(named('Edge') + traefik('--entrypoints.edge.address=:80'))).toBe(true);
    expect(plainIn(named('edge') + traefik('--entrypoints.web.address=:80'))).toBe(false);
    const two =
      traefik('--entrypoints.web.address=:80') + traefik('--entrypoints.web.address=:443');
    expect(plainIn(named('web') + two)).toBe(false);
  });

  test('may be an Ingress with the annotation for it', () => {
    const entryPoints = 'traefik.ingress.kubernetes.io/router.entrypoints: web';
    expect(plainIn(ingress(entryPoints))).toBe(true);
    expect(plainIn(ingress())).toBe(false);
    const tls = 'traefik.ingress.kubernetes.io/router.tls: "true"';
    expect(plainIn(ingress(`${entryPoints}, ${tls}`))).toBe(false);
  });

  test.each([
    ['a listener of http', '[{ name: public, sectionName: plain }]', true],
    ['a listener of https', '[{ name: public, sectionName: secure }]', false],
    ['all listeners', '[{ name: public }]', false],
    ['no listener', '[{ name: public, sectionName: nothing }]', false],
    ['a section called http', '[{ name: unseen, sectionName: http }]', true],
    ['a section called otherwise', '[{ name: unseen, sectionName: public }]', false],
    ['no section', '[{ name: unseen }]', false],
    ['port 80', '[{ name: unseen, port: 80 }]', true],
    ['port 443', '[{ name: unseen, port: 443 }]', false],
    ['port 443 under that name', '[{ name: unseen, port: 443, sectionName: http }]', false],
    ['two of http', '[{ name: unseen, port: 80 }, { name: public, sectionName: plain }]', true],
    ['one of http', '[{ name: unseen, port: 80 }, { name: public, sectionName: secure }]', false],
    ['no Gateway', '[]', false],
  ])('as an HTTPRoute on %s', (_, parentRefs, plain) => {
    expect(plainIn(httpRoute(parentRefs))).toBe(plain);
  });
});
