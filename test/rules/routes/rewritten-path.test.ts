import { asManifest } from '../../../src/rules/manifest';
import type { Route } from '../../../src/rules/read/route';
import type { Treatment } from '../../../src/rules/read/treatment';
import { rewrittenPath } from '../../../src/rules/routes/rewritten-path';

const ASKED = '/v2/owner/image';

const route = (parts: Partial<Route> = {}): Route =>
  ({ path: '/v2', match: 'prefix', backends: [{ name: 'gitea-http' }], ...parts }) as Route;

const middleware = (type: string, fields: unknown): Treatment => {
  const at = asManifest({ kind: 'Middleware', spec: { [type]: fields } }, {}).root.get(
    'spec',
    type,
  );
  return { type, at, via: at };
};

const filter = (fields: unknown): Treatment => {
  const at = asManifest({ kind: 'HTTPRoute', filter: fields }, {}).root.get('filter');
  return { type: 'replacePath', at, via: at };
};

const annotated = (type: string, text: unknown): Treatment => {
  const at = asManifest({ kind: 'Ingress', annotation: text }, {}).root.get('annotation');
  return { type, at, via: at };
};

describe('a middleware of Traefik', () => {
  test.each<[string, unknown, string | undefined]>([
    ['stripPrefix', { prefixes: ['/v2'] }, '/owner/image'],
    ['stripPrefix', { prefixes: [' /v2/ '] }, '/owner/image'],
    ['stripPrefix', { prefixes: ['/v2/own'] }, '/er/image'],
    ['stripPrefix', { prefixes: ['/gitea', '/v', '/v2'] }, '/2/owner/image'],
    ['stripPrefix', { prefixes: ['/gitea', 7] }, ASKED],
    ['stripPrefix', {}, ASKED],
    ['stripPrefixRegex', { regex: ['^/v[0-9]'] }, '/owner/image'],
    ['stripPrefixRegex', { regex: [' /v2/ '] }, '/owner/image'],
    ['stripPrefixRegex', { regex: ['/owner', '^/x'] }, ASKED],
    ['stripPrefixRegex', { regex: ['x*'] }, ASKED],
    ['stripPrefixRegex', { regex: ['(a+)+', '^/v2'] }, undefined],
    ['stripPrefixRegex', { regex: ['^/v2', '(a+)+'] }, '/owner/image'],
    ['addPrefix', { prefix: '/gitea' }, '/gitea/v2/owner/image'],
    ['addPrefix', {}, ASKED],
    ['replacePath', { path: '/x' }, '/x'],
    ['replacePath', {}, undefined],
    ['replacePathRegex', { regex: '^/v2/(.*)', replacement: '/x/$1' }, '/x/owner/image'],
    ['replacePathRegex', { regex: '^/v2/(.*)', replacement: '/x/${1}' }, '/x/owner/image'],
    ['replacePathRegex', { regex: '/', replacement: '-' }, '-v2-owner-image'],
    ['replacePathRegex', { regex: '(?i)/V2', replacement: '' }, '/owner/image'],
    ['replacePathRegex', { regex: '^/api', replacement: '/' }, ASKED],
    ['replacePathRegex', { regex: '(a+)+', replacement: '/' }, undefined],
    ['replacePathRegex', { regex: '^/v2' }, undefined],
    ['headers', {}, ASKED],
  ])('%s %j', (type, fields, path) => {
    expect(rewrittenPath(ASKED, middleware(type, fields), route())).toBe(path);
  });
});

describe('a filter of an HTTPRoute', () => {
  const prefix = (replacePrefixMatch?: string): unknown => ({
    urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch } },
  });
  test.each<[string, unknown, Partial<Route>, string | undefined]>([
    [
      'replaces the whole path',
      { urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: '/x' } } },
      {},
      '/x',
    ],
    ['replaces the prefix', prefix('/x'), {}, '/x/owner/image'],
    ['replaces the prefix by one with a slash', prefix('/x/'), {}, '/x/owner/image'],
    ['replaces a prefix with a slash', prefix('/x'), { path: '/v2/' }, '/x/owner/image'],
    ['replaces the root', prefix('/x'), { path: '/' }, '/x/v2/owner/image'],
    ['cuts the prefix', prefix('/'), {}, '/owner/image'],
    ['cuts the prefix by default', prefix(), {}, '/owner/image'],
    ['puts the prefix back', prefix('/v2'), {}, ASKED],
    ['cannot be told without a prefix', prefix('/x'), { match: 'regex' }, undefined],
    ['changes the host alone', { urlRewrite: { hostname: 'x.org' } }, {}, ASKED],
  ])('%s', (_, fields, parts, path) => {
    expect(rewrittenPath(ASKED, filter(fields), route(parts))).toBe(path);
  });
});

describe('an annotation of ingress-nginx', () => {
  test.each<[unknown, Partial<Route>, string | undefined]>([
    ['/', {}, '/'],
    ['/v2', {}, ASKED],
    ['/$2', { path: '/v2(/|$)(.*)', match: 'regex' }, '/owner/image'],
    ['/${2}', { path: '/v2(/|$)(.*)', match: 'regex' }, '/owner/image'],
    ['/v2/$2', { path: '/v2(/|$)(.*)', match: 'regex' }, ASKED],
    ['/$3', { path: '/V2(/|$)(.*)', match: 'regex' }, '/'],
    ['/$1', { path: '/(.*)', match: 'regex' }, ASKED],
    ['$request_uri', {}, undefined],
    ['/${uri}', {}, undefined],
    ['/', { path: '/v2/(a+)+' }, undefined],
    ['/', { path: '/gitea' }, undefined],
    [7, {}, ''],
  ])('%s on %j', (target, parts, path) => {
    expect(rewrittenPath(ASKED, annotated('replacePathRegex', target), route(parts))).toBe(path);
  });
});

describe("an annotation of F5's controller", () => {
  test.each<[unknown, Partial<Route>, string | undefined]>([
    ['serviceName=gitea-http rewrite=/', {}, '/owner/image'],
    ['serviceName=other rewrite=/x; serviceName=gitea-http rewrite=/y/', {}, '/y/owner/image'],
    ['serviceName=other rewrite=/x', {}, ASKED],
    ['serviceName=gitea-http rewrite=/v2/', {}, ASKED],
    ['serviceName=gitea-http rewrite=/', { match: 'exact' }, undefined],
    ['anything', {}, ASKED],
    [7, {}, ASKED],
  ])('%s on %j', (text, parts, path) => {
    expect(rewrittenPath(ASKED, annotated('replacePath', text), route(parts))).toBe(path);
  });
});
