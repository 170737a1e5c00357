import fc from 'fast-check';
import { Estate } from '../../../src/rules/estate';
import { judge } from '../../../src/rules/judge';
import { asManifest } from '../../../src/rules/manifest';
import { ROUTE_RULES } from '../../../src/rules/routes';
import { registryJson } from '../../support/registry-json';

const words = fc.constantFrom(
  ...[
    null,
    true,
    3000,
    '',
    'git',
    'edge',
    'gitea-http',
    'traefik',
    'nginx',
    'git.example.org',
    '*.example.org',
    '/',
    '/v2',
    '/v2/',
  ],
  ...[
    'Exact',
    'Rule',
    'Service',
    'Secret',
    'HTTPRoute',
    'Gateway',
    'Middleware',
    'URLRewrite',
    'ExtensionRef',
    'ExternalName',
  ],
  ...[
    'Host(`git.example.org`)',
    'Host(`git.example.org`) && PathPrefix(`/v2`)',
    'PathPrefix(`/v2`)',
    '^/v2(/|$)(.*)',
    '$1',
  ],
);

const keys = fc.constantFrom(
  ...[
    'rules',
    'routes',
    'host',
    'http',
    'paths',
    'path',
    'pathType',
    'backend',
    'service',
    'name',
    'namespace',
    'port',
    'match',
  ],
  ...[
    'priority',
    'middlewares',
    'services',
    'tls',
    'secretName',
    'kind',
    'hostnames',
    'matches',
    'value',
    'type',
    'filters',
  ],
  ...[
    'urlRewrite',
    'extensionRef',
    'backendRefs',
    'parentRefs',
    'listeners',
    'certificateRefs',
    'from',
    'to',
    'chain',
    'basicAuth',
  ],
  ...[
    'secret',
    'stripPrefix',
    'prefixes',
    'replacePathRegex',
    'regex',
    'replacement',
    'entryPoints',
    'ingressClassName',
    'controller',
  ],
);

const tree = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 7 },
    words,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(keys, tie('tree'), { maxKeys: 7 }),
  ),
})).tree;

const kinds = fc.constantFrom(
  ...[
    'Ingress',
    'IngressRoute',
    'HTTPRoute',
    'Middleware',
    'Gateway',
    'ReferenceGrant',
    'Service',
    'Secret',
    'IngressClass',
  ],
);

const annotations = fc.dictionary(
  fc.constantFrom(
    ...['entrypoints', 'tls', 'priority', 'middlewares'].map(
      (name) => `traefik.ingress.kubernetes.io/router.${name}`,
    ),
    ...['rewrite-target', 'use-regex', 'canary'].map(
      (name) => `nginx.ingress.kubernetes.io/${name}`,
    ),
    'kubernetes.io/ingress.class',
  ),
  words,
);

/** An object whose outermost fields are right, so that the rules look further. */
const object = fc
  .tuple(kinds, words, annotations, tree, tree)
  .map(([kind, name, marks, some, other]) => ({
    kind,
    metadata: { name, namespace: 'git', annotations: marks },
    spec: {
      ingressClassName: 'traefik',
      hostnames: ['git.example.org'],
      routes: [{ match: 'Host(`git.example.org`) && PathPrefix(`/v2`)', ...Object(some) }],
      rules: [{ host: 'git.example.org', http: { paths: [some, other] }, ...Object(other) }],
      ...Object(some),
    },
  }));

test('objects of any shape are judged without a word', () => {
  fc.assert(
    fc.property(fc.array(object, { maxLength: 6 }), (objects) => {
      const manifests = [registryJson({}), ...objects].map((value) => asManifest(value, {}));
      const { findings } = judge(new Estate(manifests), ROUTE_RULES);
      for (const { observed, expected, fix } of findings) {
        expect(`${observed} ${expected} ${fix}`).not.toMatch(/undefined|\[object|NaN|-Infinity/);
      }
    }),
    { numRuns: 200 },
  );
});
