import fc from 'fast-check';
import type { Route } from '../../../src/rules/read/route';
import { covers, isV2Route, takesHost, takesPath } from '../../../src/rules/read/route';

const route = (parts: Partial<Route>): Route =>
  ({
    kind: 'Ingress',
    path: '/',
    match: 'prefix',
    bySegment: true,
    excludedPaths: [],
    ...parts,
  }) as Route;

describe('a route covers a path', () => {
  test.each<[string, Partial<Route>, string, boolean]>([
    ['by a prefix of elements', { path: '/v2' }, '/v2', true],
    ['by a prefix of elements, below it', { path: '/v2' }, '/v2/', true],
    ['by a prefix of elements, not of letters', { path: '/v2' }, '/v2x', false],
    ['by a prefix with slashes at its end', { path: '/v2//' }, '/v2', true],
    ['by the root', { path: '/' }, '/v2/', true],
    ['by slashes alone', { path: '//' }, '/v2/', true],
    ['not by a prefix below it', { path: '/v2/token' }, '/v2/', false],
    ['by a prefix of letters', { path: '/v2', bySegment: false }, '/v2x', true],
    ['not by a longer prefix of letters', { path: '/v2/', bySegment: false }, '/v2', false],
    ['exactly', { path: '/v2/', match: 'exact' }, '/v2/', true],
    ['not exactly', { path: '/v2', match: 'exact' }, '/v2/', false],
    [
      'by a pattern from its begin and in any case, in nginx',
      { path: '/V2', match: 'regex' },
      '/v2/',
      true,
    ],
    ['by a pattern not in its middle, in nginx', { path: '/v2', match: 'regex' }, '/a/v2/', false],
    [
      'by a pattern anywhere, in Traefik',
      { kind: 'IngressRoute', path: '/v2', match: 'regex' },
      '/a/v2/',
      true,
    ],
    [
      'by a pattern in its case, in Traefik',
      { kind: 'IngressRoute', path: '/V2', match: 'regex' },
      '/v2/',
      false,
    ],
    ['not by a pattern that cannot be read', { path: '(a+)+', match: 'regex' }, '/aaa', false],
    [
      'not where it leaves the path to others',
      { excludedPaths: [{ kind: 'prefix', value: '/v2' }] },
      '/v2/',
      false,
    ],
    [
      'where it leaves another path to others',
      { excludedPaths: [{ kind: 'exact', value: '/v2' }] },
      '/v2/',
      true,
    ],
  ])('%s', (_, parts, path, covered) => {
    expect(covers(route(parts), path)).toBe(covered);
  });

  test('in no time, whatever its prefix', () => {
    const started = performance.now();
    expect(covers(route({ path: `${'/'.repeat(1_000_000)}a` }), '/v2/')).toBe(false);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

test('a prefix is compared letter by letter unless told otherwise', () => {
  expect(takesPath({ kind: 'prefix', value: '/v2' }, '/v2x')).toBe(true);
  expect(takesPath({ kind: 'prefix', value: '/v2' }, '/v2x', true)).toBe(false);
});

describe('a route made for /v2', () => {
  test.each<[Route['match'], string, boolean]>([
    ['prefix', '/v2', true],
    ['prefix', '/v2/', true],
    ['exact', '/v2/token', true],
    ['prefix', '/v2x', false],
    ['prefix', '/', false],
    ['prefix', '/a/v2', false],
    ['regex', '/v2', true],
    ['regex', '^/v2', true],
    ['regex', '/v2(/|$)(.*)', true],
    ['regex', '^/(v2/.*)', true],
    ['regex', '^(/v2)', true],
    ['regex', '^(?:/v2|/api)', true],
    ['regex', '^/(?:v2)', true],
    ['regex', '/v2x', false],
    ['regex', '/v20', false],
    ['regex', 'a/v2', false],
    ['regex', '/(.*)', false],
  ])('has the %s %s: %s', (match, path, made) => {
    expect(isV2Route({ match, path })).toBe(made);
  });
});

describe('a route takes a host', () => {
  test.each<[Parameters<typeof takesHost>[0], string, boolean]>([
    [{}, 'git.example.org', true],
    [{ host: 'git.example.org' }, 'git.example.org', true],
    [{ host: 'example.org' }, 'git.example.org', false],
    [{ host: '*.example.org' }, 'git.example.org', true],
    [{ host: '*.example.org' }, 'a.git.example.org', false],
    [{ host: '*.example.org', kind: 'Ingress' }, 'a.git.example.org', false],
    [{ host: '*.example.org', kind: 'HTTPRoute' }, 'a.git.example.org', true],
    [{ host: '*.example.org', kind: 'HTTPRoute' }, 'example.org', false],
    [{ host: '*.example.org', kind: 'HTTPRoute' }, 'gitexample.org', false],
    [{ host: 'example.org', kind: 'HTTPRoute' }, 'git.example.org', false],
  ])('%j of %s: %s', (named, host, takes) => {
    expect(takesHost(named, host)).toBe(takes);
  });

  test('of a wildcard, when it has exactly one label more', () => {
    const label = fc.stringMatching(/^[a-z]{1,5}$/);
    fc.assert(
      fc.property(
        fc.array(label, { minLength: 1, maxLength: 4 }),
        fc.array(label, { minLength: 1, maxLength: 3 }),
        (labels, rest) => {
          const host = [...labels, ...rest].join('.');
          const pattern = `*.${rest.join('.')}`;
          expect(takesHost({ host: pattern }, host)).toBe(labels.length === 1);
          expect(takesHost({ host: pattern, kind: 'HTTPRoute' }, host)).toBe(true);
        },
      ),
    );
  });
});
