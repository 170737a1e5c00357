import fc from 'fast-check';
import { asManifest } from '../../../src/rules/manifest';
import { httpRouteRoutes } from '../../../src/rules/read/http-route';
import { classOf, ingressRoutes, joinedReference, JOINED } from '../../../src/rules/read/ingress';
import { ingressRouteClass, ingressRouteRoutes } from '../../../src/rules/read/ingress-route';
import type { Reference, Route } from '../../../src/rules/read/route';

const NOTHING = { conditions: [], narrowed: false, excludedPaths: [] };

const placed = (references: readonly Reference[]): object[] =>
  references.map(({ at, ...one }) => ({ ...one, at: at.path }));

/** A route without its cursors, which stand as paths. */
function inShort(route: Route): object {
  const { at, hostAt, pathAt, backends, middlewares, tlsSecrets } = route;
  const apart = new Set([
    'kind',
    'manifest',
    'at',
    'hostAt',
    'pathAt',
    'backends',
    'middlewares',
    'tlsSecrets',
  ]);
  return {
    ...Object.fromEntries(Object.entries(route).filter(([name]) => !apart.has(name))),
    places: [at, hostAt, pathAt].map(({ path }) => path),
    ...(backends.length > 0 && { backends: placed(backends) }),
    ...(middlewares.length > 0 && { middlewares: placed(middlewares) }),
    ...(tlsSecrets.length > 0 && { tlsSecrets: placed(tlsSecrets) }),
  };
}

const object = (spec: unknown, metadata: object = {}) =>
  asManifest({ metadata: { name: 'gitea', namespace: 'git', ...metadata }, spec }, {});

const ingress = (spec: unknown, annotations: object = {}): Route[] =>
  ingressRoutes(object(spec, { annotations }));
const path = (fields: object, annotations: object = {}, more: object = {}): Route =>
  ingress({ rules: [{ host: 'a.org', http: { paths: [fields] } }], ...more }, annotations)[0];

describe('the routes of an Ingress', () => {
  test('are its rules, each path by itself', () => {
    const routes = ingress({
      ingressClassName: 'traefik',
      rules: [
        {
          host: 'Git.Example.org',
          http: {
            paths: [
              {
                path: '/v2',
                pathType: 'Exact',
                backend: { service: { name: 'gitea-http', port: { number: 3000 } } },
              },
              {
                pathType: 'Prefix',
                backend: { service: { name: 'gitea-http', port: { name: 'http' } } },
              },
            ],
          },
        },
        { http: { paths: [{ path: '', backend: { serviceName: 'old', servicePort: 80 } }] } },
        { host: '', http: { paths: [{ path: '/x' }] } },
        { host: 'none.org' },
      ],
    });
    const shared = { ...NOTHING, bySegment: true, className: 'traefik', tls: false };
    const backend = { namespace: 'git', kind: 'Service', nativeLb: false };
    expect(routes.map(inShort)).toEqual([
      {
        ...shared,
        host: 'git.example.org',
        path: '/v2',
        match: 'exact',
        places: [
          'spec.rules[0].http.paths[0]',
          'spec.rules[0].host',
          'spec.rules[0].http.paths[0].path',
        ],
        backends: [
          {
            ...backend,
            name: 'gitea-http',
            port: '3000',
            at: 'spec.rules[0].http.paths[0].backend',
          },
        ],
      },
      {
        ...shared,
        host: 'git.example.org',
        path: '/',
        match: 'prefix',
        places: [
          'spec.rules[0].http.paths[1]',
          'spec.rules[0].host',
          'spec.rules[0].http.paths[1]',
        ],
        backends: [
          {
            ...backend,
            name: 'gitea-http',
            port: 'http',
            at: 'spec.rules[0].http.paths[1].backend',
          },
        ],
      },
      {
        ...shared,
        path: '/',
        match: 'prefix',
        places: [
          'spec.rules[1].http.paths[0]',
          'spec.rules[1]',
          'spec.rules[1].http.paths[0].path',
        ],
        backends: [
          { ...backend, name: 'old', port: '80', at: 'spec.rules[1].http.paths[0].backend' },
        ],
      },
      {
        ...shared,
        path: '/x',
        match: 'prefix',
        places: [
          'spec.rules[2].http.paths[0]',
          'spec.rules[2].host',
          'spec.rules[2].http.paths[0].path',
        ],
      },
    ]);
  });

  test('end with its default backend, for any host', () => {
    const routes = ingress({ defaultBackend: { service: { name: 'gitea-http' } } });
    expect(routes.map(inShort)).toEqual([
      {
        ...NOTHING,
        bySegment: true,
        tls: false,
        path: '/',
        match: 'prefix',
        places: ['spec.defaultBackend', 'spec.defaultBackend', 'spec.defaultBackend'],
        backends: [
          {
            name: 'gitea-http',
            namespace: 'git',
            kind: 'Service',
            nativeLb: false,
            at: 'spec.defaultBackend',
          },
        ],
      },
    ]);
  });

  test.each<[string, object, boolean]>([
    ['router.tls is true', { tls: 'true' }, true],
    ['router.tls is TRUE', { tls: 'TRUE' }, true],
    ['router.tls is a boolean', { tls: true }, true],
    ['router.tls is false', { tls: 'false' }, false],
    ['router.tls has something below it', { 'tls.certresolver': 'acme' }, true],
    ['router.tlsx is written', { tlsx: 'true' }, false],
  ])('speak TLS or not where %s', (_, router, tls) => {
    const annotations = Object.fromEntries(
      Object.entries(router).map(([name, value]) => [
        `traefik.ingress.kubernetes.io/router.${name}`,
        value,
      ]),
    );
    expect(path({}, annotations).tls).toBe(tls);
  });

  test('take entry points, priority and middlewares from annotations', () => {
    const annotations = {
      'traefik.ingress.kubernetes.io/router.entrypoints': ' web, websecure ,',
      'traefik.ingress.kubernetes.io/router.priority': '42',
      'traefik.ingress.kubernetes.io/router.middlewares': 'git-a@kubernetescrd, b@file,c',
    };
    const found = path({}, annotations);
    expect(found.entryPoints).toEqual(['web', 'websecure']);
    expect(found.priority).toBe(42);
    expect(found.middlewares.map(({ at: _, ...one }) => one)).toEqual([
      { name: 'git-a', namespace: JOINED, provider: 'kubernetescrd' },
      { name: 'b@file', namespace: JOINED, provider: 'file' },
      { name: 'c', namespace: JOINED },
    ]);
  });

  test.each(['', '0', 'high', ' '])('have no priority by the annotation %j', (text) => {
    const annotations = { 'traefik.ingress.kubernetes.io/router.priority': text };
    expect(path({}, annotations)).not.toHaveProperty('priority');
  });

  test('have no entry points by an empty annotation', () => {
    expect(
      path({}, { 'traefik.ingress.kubernetes.io/router.entrypoints': ' , ' }),
    ).not.toHaveProperty('entryPoints');
  });

  test('name the TLS secrets and the scheme of the backend', () => {
    const found = path(
      { backend: { service: { name: 's' } } },
      { 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS' },
      { tls: [{ secretName: 'a' }, { secretName: '' }, {}] },
    );
    expect(inShort(found)).toMatchObject({
      tlsSecrets: [{ name: 'a', namespace: 'git', at: 'spec.tls[0].secretName' }],
      backends: [{ scheme: 'https' }],
    });
  });

  const NGINX_REGEX = { 'nginx.ingress.kubernetes.io/use-regex': 'true' };
  const NGINX_REWRITE = { 'nginx.ingress.kubernetes.io/rewrite-target': '/$2' };
  const PATH_REGEXP = { 'traefik.ingress.kubernetes.io/router.pathmatcher': 'PathRegexp' };

  test.each<[string, object, object, object, Partial<Route>]>([
    [
      'use-regex makes a pattern',
      { path: '/v2(/|$)(.*)', pathType: 'Prefix' },
      NGINX_REGEX,
      {},
      { match: 'regex', path: '/v2(/|$)(.*)' },
    ],
    [
      'so does a rewrite',
      { path: '/v2(/|$)(.*)', pathType: 'Exact' },
      NGINX_REWRITE,
      {},
      { match: 'regex' },
    ],
    [
      'not of plain text',
      { path: '/v2', pathType: 'ImplementationSpecific' },
      NGINX_REGEX,
      {},
      { match: 'prefix' },
    ],
    [
      'not where it is off',
      { path: '/v2.*' },
      { 'nginx.ingress.kubernetes.io/use-regex': 'false' },
      {},
      { match: 'prefix' },
    ],
    [
      'not for Traefik',
      { path: '/v2.*' },
      NGINX_REGEX,
      { ingressClassName: 'traefik' },
      { match: 'prefix' },
    ],
    [
      'an unreadable pattern may take any path',
      { path: '/((a+)+)' },
      NGINX_REGEX,
      {},
      { match: 'prefix', path: '/', narrowed: true, conditions: ['other'] },
    ],
    [
      'Traefik has a matcher for paths without a type',
      { path: '/v2' },
      { 'traefik.ingress.kubernetes.io/router.pathmatcher': 'Path' },
      {},
      { match: 'exact' },
    ],
    ['also by pattern', { path: '/v2' }, PATH_REGEXP, {}, { match: 'regex' }],
    [
      'or by prefix',
      { path: '/v2' },
      { 'traefik.ingress.kubernetes.io/router.pathmatcher': 'PathPrefix' },
      {},
      { match: 'prefix' },
    ],
    ['a type beats it', { path: '/v2', pathType: 'Prefix' }, PATH_REGEXP, {}, { match: 'prefix' }],
  ])('compare paths: %s', (_, fields, annotations, more, expected) => {
    expect(path(fields, annotations, more)).toMatchObject(expected);
  });

  test('point at the path where a pattern cannot be read', () => {
    expect(path({ path: '/((a+)+)' }, NGINX_REGEX).pathAt.path).toBe(
      'spec.rules[0].http.paths[0].path',
    );
  });

  test.each([
    ['the field', { ingressClassName: 'a' }, { 'kubernetes.io/ingress.class': 'b' }, 'a'],
    ['the annotation', {}, { 'kubernetes.io/ingress.class': 'b' }, 'b'],
    [
      'the annotation beside an empty field',
      { ingressClassName: '' },
      { 'kubernetes.io/ingress.class': 'b' },
      'b',
    ],
    ['nothing', {}, {}, undefined],
  ])('have the class of %s', (_, spec, annotations, className) => {
    expect(classOf(object(spec, { annotations })).text).toBe(className);
  });
});

describe('a joined reference', () => {
  const at = object({}).root;
  test.each([
    ['git-a@kubernetescrd', 'git-a', 'kubernetescrd'],
    ['a@file', 'a@file', 'file'],
    ['a', 'a', undefined],
    ['a@b@kubernetescrd', 'a@b', 'kubernetescrd'],
    ['a@', 'a@', ''],
  ])('%s', (text, name, provider) => {
    const named = joinedReference(text, at);
    expect({ ...named, at: undefined }).toEqual({
      name,
      namespace: JOINED,
      at: undefined,
      ...(provider !== undefined && { provider }),
    });
  });
});

const ingressRoute = (spec: unknown, metadata: object = {}): Route[] =>
  ingressRouteRoutes(object(spec, metadata));

describe('the routes of an IngressRoute', () => {
  test('are its rules, each way to match by itself', () => {
    const routes = ingressRoute({
      entryPoints: ['websecure', 7],
      tls: { secretName: 'tls' },
      routes: [
        {
          kind: 'Rule',
          match: 'Host(`a.org`) && (PathPrefix(`/v2`) || Method(`GET`))',
          priority: 7,
          middlewares: [
            { name: 'x' },
            { name: 'y', namespace: 'edge' },
            { name: 'git-z@kubernetescrd' },
            { name: 'w@file' },
            {},
          ],
          services: [
            { name: 'gitea-http', port: 3000 },
            { name: 'ts', namespace: 'edge', kind: 'TraefikService' },
            { name: 'tls', port: 'https', scheme: 'https', nativeLB: true },
            { port: 1 },
          ],
        },
      ],
    });
    const shared = {
      bySegment: false,
      tls: true,
      host: 'a.org',
      entryPoints: ['websecure'],
      priority: 7,
      excludedPaths: [],
      places: ['spec.routes[0]', 'spec.routes[0].match', 'spec.routes[0].match'],
      tlsSecrets: [{ name: 'tls', namespace: 'git', at: 'spec.tls.secretName' }],
      middlewares: [
        { name: 'x', namespace: 'git', at: 'spec.routes[0].middlewares[0]' },
        { name: 'y', namespace: 'edge', at: 'spec.routes[0].middlewares[1]' },
        {
          name: 'git-z',
          namespace: JOINED,
          provider: 'kubernetescrd',
          at: 'spec.routes[0].middlewares[2]',
        },
        {
          name: 'w@file',
          namespace: JOINED,
          provider: 'file',
          at: 'spec.routes[0].middlewares[3]',
        },
      ],
      backends: [
        {
          name: 'gitea-http',
          namespace: 'git',
          kind: 'Service',
          nativeLb: false,
          port: '3000',
          at: 'spec.routes[0].services[0]',
        },
        {
          name: 'ts',
          namespace: 'edge',
          kind: 'TraefikService',
          nativeLb: false,
          at: 'spec.routes[0].services[1]',
        },
        {
          name: 'tls',
          namespace: 'git',
          kind: 'Service',
          nativeLb: true,
          port: 'https',
          scheme: 'https',
          at: 'spec.routes[0].services[2]',
        },
      ],
    };
    expect(routes.map(inShort)).toEqual([
      { ...shared, path: '/v2', match: 'prefix', conditions: [], narrowed: false },
      {
        ...shared,
        path: '/',
        match: 'prefix',
        conditions: ['method'],
        method: 'GET',
        narrowed: true,
      },
    ]);
  });

  const rule = { match: 'PathPrefix(`/`)' };

  test.each<[string, object, object]>([
    [
      'no entry points for an empty list',
      { entryPoints: [], routes: [rule] },
      { entryPoints: undefined },
    ],
    ['no TLS without tls', { routes: [rule] }, { tls: false }],
    ['no TLS for an empty tls', { tls: null, routes: [rule] }, { tls: false }],
    ['TLS for an empty map', { tls: {}, routes: [rule] }, { tls: true, tlsSecrets: [] }],
    ['no priority for 0', { routes: [{ ...rule, priority: 0 }] }, { priority: undefined }],
    [
      'what its parents let through only',
      { parentRefs: [{ name: 'p' }], routes: [rule] },
      { narrowed: true, conditions: ['other'] },
    ],
    [
      'all of it without parents',
      { parentRefs: [], routes: [rule] },
      { narrowed: false, conditions: [] },
    ],
    ['the class of its field', { ingressClassName: 'a', routes: [rule] }, { className: 'a' }],
    ['no class', { routes: [rule] }, { className: undefined }],
  ])('have %s', (_, spec, expected) => {
    const [found] = ingressRoute(spec);
    expect({ ...found }).toEqual(
      expect.objectContaining(
        Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== undefined)),
      ),
    );
    for (const [name, value] of Object.entries(expected)) {
      expect(found[name as keyof Route]).toEqual(value);
    }
  });

  test('have the class of the annotation', () => {
    const metadata = { annotations: { 'kubernetes.io/ingress.class': 'b' } };
    expect(ingressRoute({ routes: [rule] }, metadata)[0].className).toBe('b');
    expect(ingressRouteClass(object({ ingressClassName: 'a' }, metadata)).text).toBe('a');
  });

  test.each([
    ['an empty rule', { match: '' }],
    ['no rule', {}],
    ['a rule Traefik cannot read', { match: 'Host(' }],
    ['another kind', { ...rule, kind: 'Other' }],
  ])('are none for %s', (_, one) => {
    expect(ingressRoute({ routes: [one] })).toEqual([]);
  });
});

const httpRoute = (spec: unknown): Route[] => httpRouteRoutes(object(spec));

describe('the routes of an HTTPRoute', () => {
  test('are its rules for each host and each match', () => {
    const routes = httpRoute({
      hostnames: ['A.org', '*.b.org'],
      rules: [
        {
          matches: [{ path: { type: 'Exact', value: '/v2/' } }, { method: 'get' }],
          filters: [
            {
              type: 'ExtensionRef',
              extensionRef: { group: 'traefik.io', kind: 'Middleware', name: 'm' },
            },
            { type: 'ExtensionRef', extensionRef: { kind: 'Other', name: 'o' } },
            { type: 'ExtensionRef', extensionRef: { kind: 'Middleware' } },
          ],
          backendRefs: [
            { name: 'gitea-http', port: 3000 },
            { name: 'x', namespace: 'edge', kind: 'TraefikService' },
            {},
          ],
        },
      ],
    });
    const shared = {
      bySegment: true,
      tls: false,
      excludedPaths: [],
      middlewares: [{ name: 'm', namespace: 'git', at: 'spec.rules[0].filters[0].extensionRef' }],
      backends: [
        {
          name: 'gitea-http',
          namespace: 'git',
          kind: 'Service',
          nativeLb: false,
          port: '3000',
          at: 'spec.rules[0].backendRefs[0]',
        },
        {
          name: 'x',
          namespace: 'edge',
          kind: 'TraefikService',
          nativeLb: false,
          at: 'spec.rules[0].backendRefs[1]',
        },
      ],
    };
    const exact = { ...shared, path: '/v2/', match: 'exact', conditions: [], narrowed: false };
    const get = {
      ...shared,
      path: '/',
      match: 'prefix',
      conditions: ['method'],
      narrowed: true,
      method: 'GET',
    };
    const exactPlaces = (host: string) => ['spec.rules[0]', host, 'spec.rules[0].matches[0].path'];
    expect(routes.map(inShort)).toEqual([
      { ...exact, host: 'a.org', places: exactPlaces('spec.hostnames[0]') },
      { ...exact, host: '*.b.org', places: exactPlaces('spec.hostnames[1]') },
      { ...get, host: 'a.org', places: ['spec.rules[0]', 'spec.hostnames[0]', 'spec.rules[0]'] },
      { ...get, host: '*.b.org', places: ['spec.rules[0]', 'spec.hostnames[1]', 'spec.rules[0]'] },
    ]);
  });

  test('are for any host and any path where neither is named', () => {
    const [found] = httpRoute({ rules: [{ backendRefs: [] }] });
    expect(inShort(found)).toEqual({
      ...NOTHING,
      bySegment: true,
      tls: false,
      path: '/',
      match: 'prefix',
      places: ['spec.rules[0]', 'spec.rules[0]', 'spec.rules[0]'],
    });
  });

  test.each<[string, object, object]>([
    ['a prefix by default', { path: { value: '/v2' } }, { match: 'prefix', path: '/v2' }],
    ['a prefix by name', { path: { type: 'PathPrefix', value: '/v2' } }, { match: 'prefix' }],
    ['a prefix of an unknown type', { path: { type: 'Other', value: '/v2' } }, { match: 'prefix' }],
    [
      'a pattern',
      { path: { type: 'RegularExpression', value: '/v2/.*' } },
      { match: 'regex', path: '/v2/.*', narrowed: false },
    ],
    [
      'any path for a pattern that cannot be read',
      { path: { type: 'RegularExpression', value: '(?P<a>b)' } },
      { match: 'prefix', path: '/', conditions: ['other'], narrowed: true },
    ],
    ['the root for an empty path', { path: { value: '' } }, { path: '/' }],
    ['headers', { headers: [{ name: 'a' }] }, { conditions: ['header'], narrowed: true }],
    ['a query', { queryParams: [{ name: 'a' }] }, { conditions: ['query'] }],
    [
      'all of them',
      { method: 'PUT', headers: [{}], queryParams: [{}] },
      { conditions: ['method', 'header', 'query'], method: 'PUT' },
    ],
    [
      'no headers for an empty list',
      { headers: [], queryParams: [] },
      { conditions: [], narrowed: false },
    ],
  ])('ask for %s', (_, match, expected) => {
    expect(httpRoute({ rules: [{ matches: [match] }] })[0]).toMatchObject(expected);
  });
});

describe('an object of any shape', () => {
  const keys = fc.constantFrom(
    ...[
      'rules',
      'routes',
      'host',
      'http',
      'paths',
      'path',
      'match',
      'matches',
      'hostnames',
      'tls',
      'services',
      'backend',
      'service',
    ],
    ...[
      'middlewares',
      'entryPoints',
      'filters',
      'extensionRef',
      'backendRefs',
      'name',
      'kind',
      'value',
      'type',
      'parentRefs',
      'port',
    ],
  );
  const anything = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom(
        null,
        true,
        0,
        '',
        'Rule',
        '/v2',
        'Host(`a.org`)',
        'RegularExpression',
        'Middleware',
      ),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(keys, tie('tree'), { maxKeys: 6 }),
    ),
  })).tree;

  test('is read without a word', () => {
    fc.assert(
      fc.property(anything, anything, (spec, annotations) => {
        const manifest = asManifest({ metadata: { annotations }, spec }, {});
        for (const read of [ingressRoutes, ingressRouteRoutes, httpRouteRoutes]) {
          for (const route of read(manifest)) {
            expect(route.narrowed).toBe(route.conditions.length > 0);
            expect(route.at.manifest).toBe(manifest);
          }
        }
      }),
    );
  });
});
