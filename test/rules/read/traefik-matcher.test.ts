import fc from 'fast-check';
import { takesHost, takesPath } from '../../../src/rules/read/route';
import type { MatcherBranch } from '../../../src/rules/read/traefik-matcher';
import { hostMatches, matcherBranches } from '../../../src/rules/read/traefik-matcher';

const NOTHING = { excludedPaths: [], conditions: [] };

describe('the ways a rule matches', () => {
  test.each<[string, object[]]>([
    ['Host(`Git.Example.org`)', [{ host: 'git.example.org' }]],
    ['Host("git.example.org")', [{ host: 'git.example.org' }]],
    ['host(`a.org`)', [{ host: 'a.org' }]],
    ['HOST(`a.org`)', [{ host: 'a.org' }]],
    ['Host(`a.org`, `b.org`)', [{ host: 'a.org' }, { host: 'b.org' }]],
    ['Host(`*`)', [{}]],
    ['  Host( `a.org` )  ', [{ host: 'a.org' }]],
    ['PathPrefix(`/v2`)', [{ path: { kind: 'prefix', value: '/v2' } }]],
    ['Path(`/v2`)', [{ path: { kind: 'exact', value: '/v2' } }]],
    ['PathRegexp(`^/v2`)', [{ path: { kind: 'regex', value: '^/v2' } }]],
    ['PathRegexp("^/v2\\\\.0")', [{ path: { kind: 'regex', value: '^/v2\\.0' } }]],
    ['PathRegexp(`(a+)+`)', [{ conditions: ['other'] }]],
    [
      'PathPrefix(`/v2/{rest:.*}`)',
      [{ path: { kind: 'prefix', value: '/v2/' }, conditions: ['other'] }],
    ],
    ['Path(`/{all}`)', [{ path: { kind: 'prefix', value: '/' }, conditions: ['other'] }]],
    ['Method(`get`)', [{ method: 'GET', conditions: ['method'] }]],
    [
      'Method(`GET`, `HEAD`)',
      [
        { method: 'GET', conditions: ['method'] },
        { method: 'HEAD', conditions: ['method'] },
      ],
    ],
    ['Header(`X-A`, `b`)', [{ conditions: ['header'] }]],
    ['HeadersRegexp(`X-A`, `b`)', [{ conditions: ['header'] }]],
    ['Query(`a`, `b`)', [{ conditions: ['query'] }]],
    ['ClientIP(`10.0.0.0/8`)', [{ conditions: ['other'] }]],
    ['HostRegexp(`.+`)', [{ conditions: ['other'] }]],
  ])('%s', (rule, expected) => {
    expect(matcherBranches(rule)).toEqual(expected.map((branch) => ({ ...NOTHING, ...branch })));
  });

  test.each<[string, object[]]>([
    [
      'Host(`a.org`) && PathPrefix(`/v2`)',
      [{ host: 'a.org', path: { kind: 'prefix', value: '/v2' } }],
    ],
    ['Host(`a.org`) && Host(`b.org`)', []],
    ['Host(`a.org`) && Host(`a.org`)', [{ host: 'a.org' }]],
    ['Host(`*.a.org`) && Host(`x.a.org`)', [{ host: 'x.a.org' }]],
    ['Host(`x.a.org`) && Host(`*.a.org`)', [{ host: 'x.a.org' }]],
    ['PathPrefix(`/`) && PathPrefix(`/v2`)', [{ path: { kind: 'prefix', value: '/v2' } }]],
    ['PathPrefix(`/v2`) && PathPrefix(`/`)', [{ path: { kind: 'prefix', value: '/v2' } }]],
    ['PathPrefix(`/v2`) && Path(`/v2/token`)', [{ path: { kind: 'exact', value: '/v2/token' } }]],
    ['Path(`/v2`) && PathPrefix(`/v2/`)', []],
    ['PathPrefix(`/v1`) && PathPrefix(`/v2`)', []],
    ['Path(`/v2`) && Path(`/v2`)', [{ path: { kind: 'exact', value: '/v2' } }]],
    ['Path(`/v2`) && Path(`/v2/`)', []],
    [
      'PathRegexp(`a`) && PathPrefix(`/v2`)',
      [{ path: { kind: 'prefix', value: '/v2' }, conditions: ['other'] }],
    ],
    [
      'PathPrefix(`/v2`) && PathRegexp(`a`)',
      [{ path: { kind: 'prefix', value: '/v2' }, conditions: ['other'] }],
    ],
    ['PathRegexp(`a`) && PathRegexp(`a`)', [{ path: { kind: 'regex', value: 'a' } }]],
    ['Method(`GET`) && Method(`PUT`)', []],
    ['Method(`GET`) && Method(`GET`)', [{ method: 'GET', conditions: ['method'] }]],
    ['Method(`GET`) && Header(`a`, `b`)', [{ method: 'GET', conditions: ['method', 'header'] }]],
    ['!PathPrefix(`/v2`)', [{ excludedPaths: [{ kind: 'prefix', value: '/v2' }] }]],
    [
      '!Path(`/a`, `/b`)',
      [
        {
          excludedPaths: [
            { kind: 'exact', value: '/a' },
            { kind: 'exact', value: '/b' },
          ],
        },
      ],
    ],
    ['!!Path(`/a`)', [{ path: { kind: 'exact', value: '/a' } }]],
    [
      '!(Path(`/a`) || Path(`/b`))',
      [
        {
          excludedPaths: [
            { kind: 'exact', value: '/a' },
            { kind: 'exact', value: '/b' },
          ],
        },
      ],
    ],
    [
      '!(Host(`a.org`) && Path(`/a`))',
      [{ conditions: ['other'] }, { excludedPaths: [{ kind: 'exact', value: '/a' }] }],
    ],
    ['Host(`a.org`) && !Host(`a.org`)', []],
    ['!Host(`b.org`) && Host(`a.org`)', [{ host: 'a.org' }]],
    ['Host(`*.a.org`) && !Host(`x.a.org`)', [{ host: '*.a.org', conditions: ['other'] }]],
    ['Host(`x.a.org`) && !Host(`*.a.org`)', []],
    ['!Host(`a.org`)', [{ conditions: ['other'] }]],
    ['!Method(`GET`)', [{ conditions: ['other'] }]],
    ['!PathPrefix(`/{a}`)', [{ conditions: ['other'] }]],
    ['!ClientIP(`10.0.0.0/8`) && !Method(`GET`)', [{ conditions: ['other'] }]],
  ])('%s', (rule, expected) => {
    expect(matcherBranches(rule)).toEqual(expected.map((branch) => ({ ...NOTHING, ...branch })));
  });

  test('binds && before ||', () => {
    const rule = 'Host(`a.org`) || Host(`b.org`) && Path(`/v2`)';
    expect(matcherBranches(rule)).toEqual([
      { ...NOTHING, host: 'a.org' },
      { ...NOTHING, host: 'b.org', path: { kind: 'exact', value: '/v2' } },
    ]);
  });
});

describe('a rule that is none', () => {
  test.each([
    [''],
    ['Host'],
    ['Host('],
    ['Host()'],
    ['Host(a.org)'],
    ['Host(`a.org`'],
    ['Host(`a.org`,)'],
    ['Host(`a.org)'],
    ['Host(`a.org`) &&'],
    ['Host(`a.org`) Path(`/`)'],
    ['&& Host(`a.org`)'],
    ['(Host(`a.org`)'],
    ['Host(`a.org`))'],
    ['!'],
    ['()'],
    ['`a.org`'],
    ['Host(`a.org`) & Path(`/`)'],
    ['Host(`a.org`) | Path(`/`)'],
    ['1Host(`a.org`)'],
  ])('%s', (rule) => {
    expect(matcherBranches(rule)).toBeUndefined();
  });
});

describe('a rule of any size', () => {
  const hosts = (count: number): string =>
    Array.from({ length: count }, (_, i) => `Host(\`h${i}.org\`)`).join(' || ');
  const paths = (count: number): string =>
    Array.from({ length: count }, (_, i) => `Path(\`/p${i}\`)`).join(' || ');

  test('may have a thousand ways, and no more', () => {
    expect(matcherBranches(hosts(1000))).toHaveLength(1000);
    expect(matcherBranches(hosts(1001))).toBeUndefined();
    expect(matcherBranches(`(${hosts(40)}) && (${paths(25)})`)).toHaveLength(1000);
    expect(matcherBranches(`(${hosts(40)}) && (${paths(26)})`)).toBeUndefined();
  });

  test('may nest a hundred deep, and no more', () => {
    const nested = (depth: number): string => `${'('.repeat(depth)}Path(\`/\`)${')'.repeat(depth)}`;
    expect(matcherBranches(nested(99))).toHaveLength(1);
    expect(matcherBranches(nested(100))).toBeUndefined();
    expect(matcherBranches(nested(100_000))).toBeUndefined();
    expect(matcherBranches(`${'!'.repeat(99)}Path(\`/\`)`)).toHaveLength(1);
    expect(matcherBranches(`${'!'.repeat(100_000)}Path(\`/\`)`)).toBeUndefined();
  });

  test('is not deeper for being longer', () => {
    const long = Array.from({ length: 500 }, () => '(Path(`/`))').join(' && ');
    expect(matcherBranches(long)).toHaveLength(1);
  });

  test('may have ten thousand words, and no more', () => {
    const words = (count: number): string => `Path(\`/\`)${' && !Path(`/a`)'.repeat(count)}`;
    // Four words for the first, six for each further one.
    expect(matcherBranches(words(1666))).toHaveLength(1);
    expect(matcherBranches(words(1667))).toBeUndefined();
    expect(matcherBranches(`${' '.repeat(1_000_000)}Path(\`/\`)`)).toHaveLength(1);
  });

  test('never throws', () => {
    const word = fc.constantFrom(
      'Host',
      'Path',
      '(',
      ')',
      '!',
      '&&',
      '||',
      ',',
      '`a`',
      '"b"',
      ' ',
      '&',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), fc.string(), (words, noise) => {
        matcherBranches(words.join(''));
        matcherBranches(words.join(' ') + noise);
        matcherBranches(noise);
      }),
    );
  });
});

interface Request {
  readonly host: string;
  readonly path: string;
  readonly method: string;
  /** Networks the client is in. */
  readonly networks: readonly string[];
}

type Expression =
  | { readonly op: 'atom'; readonly text: string; readonly holds: (request: Request) => boolean }
  | { readonly op: 'not'; readonly of: Expression }
  | { readonly op: 'and' | 'or'; readonly parts: readonly Expression[] };

const HOSTS = ['a.org', 'x.a.org', 'b.org'];
const PATHS = ['/', '/v2', '/v2/', '/v2/token', '/ui', '/v2x'];
const METHODS = ['GET', 'PUT'];
const NETWORKS = ['10.0.0.0/8', '192.0.2.0/24'];

const atom = (text: string, holds: (request: Request) => boolean): Expression => ({
  op: 'atom',
  text,
  holds,
});

const ATOMS: readonly Expression[] = [
  ...HOSTS.map((name) => atom(`Host(\`${name}\`)`, ({ host }) => host === name)),
  atom('Host(`*.a.org`)', ({ host }) => host === 'x.a.org'),
  atom('Host(`a.org`, `b.org`)', ({ host }) => host !== 'x.a.org'),
  ...PATHS.map((value) => atom(`Path(\`${value}\`)`, ({ path }) => path === value)),
  ...PATHS.map((value) => atom(`PathPrefix(\`${value}\`)`, ({ path }) => path.startsWith(value))),
  atom('PathRegexp(`^/v[0-9]/`)', ({ path }) => path.startsWith('/v2/')),
  atom('PathRegexp(`token`)', ({ path }) => path.includes('token')),
  ...METHODS.map((name) => atom(`Method("${name}")`, ({ method }) => method === name)),
  ...NETWORKS.map((name) =>
    atom(`ClientIP(\`${name}\`)`, ({ networks }) => networks.includes(name)),
  ),
];

const expression = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...ATOMS),
    fc.record({ op: fc.constant('not' as const), of: tie('tree') }),
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
    }),
  ),
})).tree;

function written(one: Expression): string {
  switch (one.op) {
    case 'atom':
      return one.text;
    case 'not':
      return `!(${written(one.of)})`;
    default:
      return one.parts.map((part) => `(${written(part)})`).join(one.op === 'and' ? ' && ' : '||');
  }
}

function evaluated(one: Expression, request: Request): boolean {
  switch (one.op) {
    case 'atom':
      return one.holds(request);
    case 'not':
      return !evaluated(one.of, request);
    case 'and':
      return one.parts.every((part) => evaluated(part, request));
    default:
      return one.parts.some((part) => evaluated(part, request));
  }
}

const REQUESTS: readonly Request[] = HOSTS.flatMap((host) =>
  PATHS.flatMap((path) =>
    METHODS.flatMap((method) =>
      [[], ['10.0.0.0/8'], NETWORKS].map((networks) => ({ host, path, method, networks })),
    ),
  ),
);

/** Whether a branch takes a request by host, path and method; what it cannot tell it lets pass. */
function mayTake(branch: MatcherBranch, { host, path, method }: Request): boolean {
  return (
    takesHost(branch, host) &&
    (branch.path === undefined || takesPath(branch.path, path)) &&
    !branch.excludedPaths.some((test) => takesPath(test, path)) &&
    (branch.method === undefined || branch.method === method)
  );
}

const isCertain = ({ conditions }: MatcherBranch): boolean =>
  conditions.every((condition) => condition === 'method');

describe('the branches of any rule', () => {
  test('take every request the rule takes, and those without a condition take no other', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        const branches = matcherBranches(written(tree));
        fc.pre(branches !== undefined);
        const wrong = REQUESTS.filter((request) => {
          const taken = evaluated(tree, request);
          const may = branches.some((branch) => mayTake(branch, request));
          const must = branches.some((branch) => isCertain(branch) && mayTake(branch, request));
          return (taken && !may) || (must && !taken);
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('are exactly the rule where none has a condition', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        const branches = matcherBranches(written(tree));
        fc.pre(branches !== undefined && branches.every(isCertain));
        const wrong = REQUESTS.filter(
          (request) =>
            branches.some((branch) => mayTake(branch, request)) !== evaluated(tree, request),
        );
        expect(wrong).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

describe('a host of a rule', () => {
  test.each([
    ['git.example.org', 'git.example.org', true],
    ['*.example.org', 'git.example.org', true],
    ['*.example.org', 'a.git.example.org', false],
    ['*.example.org', 'example.org', false],
    ['*.example.org', '*.example.org', true],
    ['git.example.org', '*.example.org', false],
    ['*example.org', 'git.example.org', false],
    ['*.org', 'org', false],
  ])('%s takes %s: %s', (pattern, host, takes) => {
    expect(hostMatches(pattern, host)).toBe(takes);
  });
});
