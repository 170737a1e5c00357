import {
  compete,
  haveSameEffect,
  ownPriority,
  priorityAt,
  priorityOf,
  v2Owners,
} from '../../../src/rules/routes/router';
import { Estate } from '../../../src/rules/estate';
import type { Route } from '../../../src/rules/read/route';
import { registriesOf } from '../../../src/rules/registries';
import type { RegistryView } from '../../../src/rules/registry-view';
import { manifestsOf } from '../fixture';

const estateOf = (...documents: readonly object[]): Estate =>
  new Estate(manifestsOf(documents.map((one) => JSON.stringify(one)).join('\n---\n'), 'test.yaml'));

const ingress = (
  path: object,
  annotations: object = {},
  spec: object = {},
  name = 'gitea',
): object => ({
  kind: 'Ingress',
  metadata: { name, namespace: 'git', annotations },
  spec: {
    ingressClassName: 'traefik',
    rules: [{ host: 'git.example.org', http: { paths: [path] } }],
    ...spec,
  },
});

const ingressRoute = (
  match: string,
  fields: object = {},
  spec: object = {},
  metadata: object = {},
): object => ({
  kind: 'IngressRoute',
  metadata: { name: 'gitea', namespace: 'git', ...metadata },
  spec: { routes: [{ match, ...fields }], ...spec },
});

const httpRoute = (...parentRefs: readonly object[]): object => ({
  kind: 'HTTPRoute',
  metadata: { name: 'gitea', namespace: 'git' },
  spec: { parentRefs, rules: [{}] },
});

const traefik = (...args: readonly string[]): object => ({
  kind: 'Deployment',
  spec: { template: { spec: { containers: [{ image: 'traefik:v3.6.9', args }] } } },
});

const ROUTER = 'traefik.ingress.kubernetes.io/router.';

describe('the priority of a router', () => {
  test.each<[object, string]>([
    [ingress({ path: '/v2', pathType: 'Prefix' }), 'Host(`git.example.org`) && PathPrefix(`/v2`)'],
    [ingress({ path: '/v2', pathType: 'Exact' }), 'Host(`git.example.org`) && Path(`/v2`)'],
    [ingress({}), 'Host(`git.example.org`)'],
    [ingress({}, {}, { rules: [{ http: { paths: [{ path: '/v2' }] } }] }), 'PathPrefix(`/v2`)'],
    [
      ingress({}, {}, { rules: [{ host: '*.example.org', http: { paths: [{ path: '/' }] } }] }),
      'Host(`*.example.org`) && PathPrefix(`/`)',
    ],
    [ingressRoute('PathPrefix(`/v2`)   '), 'PathPrefix(`/v2`)   '],
  ])('is the length of its rule: %j', (object, rule) => {
    const estate = estateOf(object);
    expect(priorityOf(estate.routes[0], estate)).toBe(rule.length);
    expect(priorityAt(estate.routes[0])).toBeUndefined();
  });

  test.each([
    ['v3.6.9', 'HostRegexp(`^[a-zA-Z0-9-]+\\.example\\.org$`)'],
    ['v3.7.0', 'Host(`*.example.org`)'],
    ['latest', 'Host(`*.example.org`)'],
  ])('of a wildcard depends on the version: %s', (tag, rule) => {
    const wildcard = ingress({}, {}, { rules: [{ host: '*.example.org', http: { paths: [{}] } }] });
    const estate = estateOf(wildcard, {
      kind: 'Deployment',
      spec: { template: { spec: { containers: [{ image: `traefik:${tag}`, args: ['--a=b'] }] } } },
    });
    expect(priorityOf(estate.routes[0], estate)).toBe(rule.length);
  });

  test('is what is written, where it is', () => {
    const estate = estateOf(
      ingress({ path: '/' }, { [`${ROUTER}priority`]: '7' }),
      ingressRoute('Path(`/`)', { priority: 8 }),
    );
    const [first, second] = estate.routes;
    expect([first, second].map((route) => priorityOf(route, estate))).toEqual([7, 8]);
    expect([first, second].map((route) => priorityAt(route)?.path)).toEqual([
      `metadata.annotations["${ROUTER}priority"]`,
      'spec.routes[0].priority',
    ]);
    expect(ownPriority(second, estate)).toBe('Path(`/`)'.length);
  });
});

describe('two routes compete', () => {
  const path = { path: '/v2' };
  const match = 'Host(`git.example.org`) && PathPrefix(`/v2`)';
  const entryPoints = (names: string): object => ({ [`${ROUTER}entrypoints`]: names });

  test.each<[string, object, object, boolean]>([
    ['of one class', ingress(path), ingress(path), true],
    [
      'not of two classes',
      ingress(path),
      ingress(path, {}, { ingressClassName: 'traefik-internal' }),
      false,
    ],
    [
      'not where one has no class',
      ingress(path),
      ingress(path, {}, { ingressClassName: undefined }),
      false,
    ],
    ['of Ingress and IngressRoute', ingress(path), ingressRoute(match), true],
    [
      'of Ingress and IngressRoute of the same class',
      ingress(path),
      ingressRoute(match, {}, { ingressClassName: 'traefik' }),
      true,
    ],
    [
      'not of Ingress and IngressRoute of two classes',
      ingress(path),
      ingressRoute(match, {}, { ingressClassName: 'x' }),
      false,
    ],
    [
      'not of two IngressRoutes one of which has a class',
      ingressRoute(match),
      ingressRoute(match, {}, { ingressClassName: 'x' }),
      false,
    ],
    [
      'not of an Ingress of nginx and an IngressRoute',
      ingress(path, {}, { ingressClassName: 'nginx' }),
      ingressRoute(match),
      false,
    ],
    [
      'of one entry point',
      ingress(path, entryPoints('web,websecure')),
      ingress(path, entryPoints('websecure')),
      true,
    ],
    [
      'not of two entry points',
      ingress(path, entryPoints('web')),
      ingress(path, entryPoints('websecure')),
      false,
    ],
    ['where one has every entry point', ingress(path, entryPoints('web')), ingress(path), true],
    [
      'where the other has every entry point',
      ingress(path),
      ingress(path, entryPoints('web')),
      true,
    ],
    ['not with TLS and without', ingress(path), ingressRoute(match, {}, { tls: {} }), false],
    [
      'not with a canary',
      ingress(path),
      ingress(path, { 'nginx.ingress.kubernetes.io/canary': 'true' }),
      false,
    ],
    [
      'not as a canary',
      ingress(path, { 'nginx.ingress.kubernetes.io/canary': 'true' }),
      ingress(path),
      false,
    ],
    ['not of a Gateway and an Ingress', ingress(path), httpRoute({ name: 'a' }), false],
    ['of one Gateway', httpRoute({ name: 'a' }), httpRoute({ name: 'a', namespace: 'git' }), true],
    [
      'of one Gateway among several',
      httpRoute({ name: 'x' }, { name: 'a' }),
      httpRoute({ name: 'y' }, { name: 'a' }),
      true,
    ],
    [
      'not of two Gateways',
      httpRoute({ name: 'a' }),
      httpRoute({ name: 'a', namespace: 'edge' }),
      false,
    ],
    [
      'not of two sections',
      httpRoute({ name: 'a', sectionName: 'http' }),
      httpRoute({ name: 'a', sectionName: 'https' }),
      false,
    ],
    [
      'of a section and the whole',
      httpRoute({ name: 'a', sectionName: 'http' }),
      httpRoute({ name: 'a' }),
      true,
    ],
    [
      'of the whole and a section',
      httpRoute({ name: 'a' }),
      httpRoute({ name: 'a', sectionName: 'http' }),
      true,
    ],
    [
      'not of two ports',
      httpRoute({ name: 'a', port: 80 }),
      httpRoute({ name: 'a', port: 443 }),
      false,
    ],
    ['not without parents', httpRoute(), httpRoute(), false],
  ])('%s', (_, one, other, expected) => {
    const estate = estateOf(one, other);
    const [a, b] = [one, other].map((object) => estateOf(object).routes[0]);
    expect(compete(a, b, estate)).toBe(expected);
    expect(compete(b, a, estate)).toBe(expected);
  });

  test('where the entry point speaks TLS for the one and the other does itself', () => {
    const estate = estateOf(
      ingress(path, entryPoints('websecure')),
      ingressRoute(match, {}, { tls: {} }),
      traefik(
        '--entryPoints.websecure.address=:8443',
        '--entryPoints.websecure.http.tls=true',
        '--providers.kubernetesCRD',
      ),
    );
    const [a, b] = estate.routes;
    expect(compete(a, b, estate)).toBe(true);
  });
});

describe('two routes have the same effect', () => {
  const services = (...names: readonly string[]): object => ({
    services: names.map((name) => ({ name })),
  });
  const same = (one: object, other: object): boolean => {
    const [a, b] = [one, other].map((object) => estateOf(object).routes[0]);
    return haveSameEffect(a, b);
  };
  const of = (fields: object): object => ingressRoute('Path(`/`)', fields);

  test('with the same backends and middlewares, in any order and spelling', () => {
    expect(same(of(services('a', 'b')), of(services('b', 'a')))).toBe(true);
    expect(
      same(
        of({ middlewares: [{ name: 'm' }] }),
        ingress({}, { [`${ROUTER}middlewares`]: 'git-m@kubernetescrd' }),
      ),
    ).toBe(true);
  });

  test('not with others', () => {
    expect(same(of(services('a')), of(services('b')))).toBe(false);
    expect(same(of(services('a')), of(services('a', 'b')))).toBe(false);
    expect(same(of(services('a')), of({ services: [{ name: 'a', namespace: 'x' }] }))).toBe(false);
    expect(same(of({ middlewares: [{ name: 'm' }] }), of({}))).toBe(false);
    const filtered = {
      kind: 'HTTPRoute',
      spec: { rules: [{ filters: [{ type: 'RequestRedirect' }] }] },
    };
    expect(same(httpRoute(), filtered)).toBe(false);
    expect(same(filtered, httpRoute())).toBe(false);
    expect(same(httpRoute(), httpRoute())).toBe(true);
  });
});

describe('the owners of /v2', () => {
  const view = (...matches: readonly string[]): RegistryView => {
    const objects = matches.map((match) => ingressRoute(`Host(\`git.example.org\`)${match}`));
    return registriesOf(estateOf({ kind: 'RegistryDeclaration' }, ...objects))[0];
  };
  const owned = (...matches: readonly string[]): string[] =>
    v2Owners(view(...matches)).map(({ at }: Route) => at.get('match').text!.slice(23));

  test.each<[string, string[], string[]]>([
    ['are the routes made for it', ['', ' && PathPrefix(`/v2`)'], [' && PathPrefix(`/v2`)']],
    [
      'are all of them',
      [' && PathPrefix(`/v2`)', ' && PathPrefix(`/v2/`)'],
      [' && PathPrefix(`/v2`)', ' && PathPrefix(`/v2/`)'],
    ],
    [
      'are the nearest above it',
      ['', ' && PathPrefix(`/v`)', ' && PathPrefix(`/`)'],
      [' && PathPrefix(`/v`)'],
    ],
    ['are none that ask for more', [' && PathPrefix(`/v2`) && Method(`GET`)'], []],
    ['are none below it', [' && PathPrefix(`/v2/owner`)'], []],
  ])('%s', (_, matches, expected) => {
    expect(owned(...matches)).toEqual(expected);
  });
});
