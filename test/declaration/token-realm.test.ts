import { coherenceProblems } from '../../src/declaration/coherence';
import type { RegistryDeclaration, RouteDeclaration } from '../../src/declaration/model';
import { describeProblem } from '../../src/declaration/problem';
import { extraTokenPath, tokenRealm } from '../../src/declaration/token-realm';
import { MINIMAL_DECLARATION } from '../support/arbitraries';

function declared(
  appVersion: string,
  facts: Partial<RegistryDeclaration> = {},
): RegistryDeclaration {
  const flavor = appVersion.includes('+gitea-') ? 'forgejo' : 'gitea';
  const release = { ...MINIMAL_DECLARATION.release, flavor, appVersion } as const;
  return { ...MINIMAL_DECLARATION, ...facts, release };
}

const FORGEJO = '11.0.1+gitea-1.22.0';
const sentences = (declaration: RegistryDeclaration): string[] =>
  coherenceProblems(declaration).map(describeProblem);
const foreign = (servesRealm: boolean): RouteDeclaration => ({
  kind: 'none',
  servedBy: 'the Ingress of the chart',
  servesRealm,
});

describe('the token realm of a release below a path of another host', () => {
  const elsewhere = { uiHost: 'code.example.org', uiPath: '/git' };

  it.each([
    ['1.21.11', 'code.example.org', '/git'],
    ['1.22.0', 'git.example.org', '/git'],
    ['1.22.1-rc0', 'git.example.org', '/git'],
    ['1.22.1', 'git.example.org', ''],
    ['1.26.0', 'git.example.org', ''],
    ['1.21.11-0+gitea-1.21.11', 'code.example.org', '/git'],
    [FORGEJO, 'code.example.org', '/git'],
  ])('is, for %s, on %s below %j', (version, host, path) => {
    expect(tokenRealm(declared(version, elsewhere))).toEqual({ host, path });
  });

  it('is the registry host alone where nothing else is declared', () => {
    expect(tokenRealm(declared(FORGEJO))).toEqual({ host: 'git.example.org', path: '' });
    expect(extraTokenPath(declared(FORGEJO))).toBeUndefined();
  });
});

describe('the path a route has to lead beside /v2', () => {
  it('is that of the token endpoint, where the realm is below a path of the registry host', () => {
    expect(extraTokenPath(declared(FORGEJO, { uiPath: '/git' }))).toBe('/git/v2/token');
    expect(extraTokenPath(declared('1.22.0', { uiPath: '/a/b' }))).toBe('/a/b/v2/token');
  });

  it('is none on a later Gitea, and none on the host of somebody else', () => {
    expect(extraTokenPath(declared('1.25.4', { uiPath: '/git' }))).toBeUndefined();
    const elsewhere = { uiHost: 'code.example.org', uiPath: '/git' };
    expect(extraTokenPath(declared(FORGEJO, elsewhere))).toBeUndefined();
  });
});

describe('a realm nobody serves is refused', () => {
  it('on another host, until somebody says that it leads to the release', () => {
    const uiHost = 'code.example.org';
    expect(sentences(declared(FORGEJO, { uiHost }))).toEqual([
      "uiHost 'code.example.org' is where Forgejo sends clients for their token: lead '/v2/token' of it to the release and say so with uiServesRealm, or leave out uiHost (REG241)",
    ]);
    expect(sentences(declared('1.21.0', { uiHost, uiPath: '/git' }))).toEqual([
      "uiHost 'code.example.org' is where Gitea 1.21.0 sends clients for their token: lead '/git/v2/token' of it to the release and say so with uiServesRealm, or leave out uiHost (REG241)",
    ]);
    expect(sentences(declared(FORGEJO, { uiHost, uiServesRealm: true }))).toEqual([]);
    expect(sentences(declared(FORGEJO, { uiHost, uiServesRealm: false }))).toHaveLength(1);
    expect(sentences(declared('1.25.4', { uiHost, uiPath: '/git' }))).toEqual([]);
  });

  it('below a path, where a route of somebody else does not say that it leads there', () => {
    const uiPath = '/git';
    expect(sentences(declared(FORGEJO, { uiPath, route: foreign(false) }))).toEqual([
      "route.servesRealm false leaves clients without a token: they are sent to '/git/v2/token', which must reach the release as '/v2/token'; serve it and say so, or take a route of this package (REG212)",
    ]);
    expect(sentences(declared(FORGEJO, { uiPath, route: foreign(true) }))).toEqual([]);
    expect(sentences(declared(FORGEJO, { route: foreign(false) }))).toEqual([]);
    expect(sentences(declared('1.25.4', { uiPath, route: foreign(false) }))).toEqual([]);
  });
});
