import fc from 'fast-check';
import { matches } from '../../src/declaration/grammar';
import {
  APP_VERSION,
  atLeast,
  CHART_VERSION,
  parseForgeVersion,
} from '../../src/declaration/version';
import { arbitraryVersion } from '../support/arbitraries';
import { messageOf } from '../support/thrown';

describe('the version of a server', () => {
  it.each([
    ['1.25.4', { flavor: 'gitea', number: '1.25.4', preRelease: false }],
    ['1.25.4-rootless', { flavor: 'gitea', number: '1.25.4', preRelease: false }],
    ['1.26.0-rc1', { flavor: 'gitea', number: '1.26.0', preRelease: true }],
    ['1.26.0+dev-12-gabc', { flavor: 'gitea', number: '1.26.0', preRelease: true }],
    ['1.22.0+rc0-5-gabc', { flavor: 'gitea', number: '1.22.0', preRelease: true }],
    ['1.22.0+5-gabc', { flavor: 'gitea', number: '1.22.0', preRelease: false }],
    ['1.25.4+develop', { flavor: 'gitea', number: '1.25.4', preRelease: false }],
    [
      '11.0.1+gitea-1.22.0',
      { flavor: 'forgejo', number: '11.0.1', preRelease: false, giteaNumber: '1.22.0' },
    ],
    [
      '12.0.0-dev-432-0123abcd+gitea-1.22.0',
      { flavor: 'forgejo', number: '12.0.0', preRelease: true, giteaNumber: '1.22.0' },
    ],
    [
      '7.0.0+LTS.gitea-1.21.11',
      { flavor: 'forgejo', number: '7.0.0', preRelease: false, giteaNumber: '1.21.11' },
    ],
  ])('%s is read as what it is', (text, version) => {
    expect(parseForgeVersion(text)).toEqual(version);
  });

  it('is of the given product when the text names none', () => {
    expect(parseForgeVersion('11.0.1', 'forgejo').flavor).toBe('forgejo');
    expect(parseForgeVersion('11.0.1+gitea-1.22.0', 'gitea').flavor).toBe('forgejo');
  });

  it.each(['1.25', 'v1.25.4', 'latest', '', '01.2.3', '1.2.3-', '1.2.3+', '1.2.3\n', '1.25.x'])(
    'is not %j',
    (text) => {
      expect(messageOf(() => parseForgeVersion(text))).toBe(
        `appVersion '${text.replace('\n', '\\u000a')}' must be an exact version such as '1.25.4' or '11.0.1+gitea-1.22.0' (REG660)`,
      );
      expect(matches(APP_VERSION, text)).toBe(false);
    },
  );

  it('is shown as a length when it looks like a token', () => {
    expect(messageOf(() => parseForgeVersion('deadbeef'.repeat(5)))).toMatch(
      /^appVersion ‹redacted›, 40 characters, must be/,
    );
  });
});

describe('the version of a chart', () => {
  it('may be any exact SemVer version', () => {
    fc.assert(
      fc.property(
        arbitraryVersion,
        (version) => matches(CHART_VERSION, version) && matches(APP_VERSION, version),
      ),
    );
  });

  it.each([
    '^12',
    '~12.5.0',
    '>=12.5.0',
    '12.x',
    '12.5.x',
    'v12.5.0',
    'latest',
    '12.5',
    '12',
    '12.5.0.1',
    ' 12.5.0',
    '12.5.0 ',
    '12.5.0 - 13.0.0',
    '12.5.0 || 13.0.0',
    '*',
    '',
    `1.2.3-${'a'.repeat(200)}`,
  ])('may not be %j', (version) => {
    expect(matches(CHART_VERSION, version)).toBe(false);
  });
});

describe('atLeast', () => {
  const number = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30));

  it('orders releases by number, not by text', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        const differing = [0, 1, 2].find((part) => a[part] !== b[part]) ?? 2;
        expect(atLeast(parseForgeVersion(a.join('.')), b.join('.'))).toBe(
          a[differing] >= b[differing],
        );
      }),
      { numRuns: 300 },
    );
    expect(atLeast(parseForgeVersion('1.9.0'), '1.10.0')).toBe(false);
    expect(atLeast(parseForgeVersion('10.0.0'), '9.9.9')).toBe(true);
  });

  it('counts a build on the way to a release as older than it, and newer than the one before', () => {
    const preRelease = parseForgeVersion('1.26.0-rc1');
    expect(atLeast(preRelease, '1.26.0')).toBe(false);
    expect(atLeast(preRelease, '1.25.9')).toBe(true);
    expect(atLeast(parseForgeVersion('1.26.0'), '1.26.0')).toBe(true);
  });
});
