import { GATES, supports } from '../../src/declaration/gates';
import type { Feature } from '../../src/declaration/gates';
import type { ForgeVersion } from '../../src/declaration/version';
import { parseForgeVersion } from '../../src/declaration/version';

/** First release of Gitea and of Forgejo with the feature, `null` where none is known. */
const SINCE: Record<Feature, readonly [gitea: string | null, forgejo: string | null]> = {
  packages: ['1.17.0', '1.18.0'],
  catalog: ['1.18.0', '1.18.0'],
  cleanupRules: ['1.19.0', '1.19.0'],
  packageScopes: ['1.20.0', '1.20.0'],
  serveDirect: ['1.21.0', '1.21.0'],
  jwtSecretSigns: ['1.21.6', '7.0.0'],
  realmFollowsProxy: ['1.22.0', null],
  realmAtRoot: ['1.22.1', null],
  loginNeedsScope: ['1.22.2', null],
  publicOnly: ['1.22.3', '10.0.0'],
  azureBlob: ['1.23.0', null],
  globalLock: ['1.23.0', null],
  linkApi: ['1.24.0', '11.0.0'],
  linkSlashNames: ['1.24.0', null],
  versionList: ['1.24.0', null],
  publicUrlDetection: ['1.24.0', null],
  chunkedUploadPathGone: ['1.24.0', null],
  genericHead: ['1.25.0', null],
  editIni: ['1.26.0', null],
  realmFollowsHost: ['1.26.0', null],
  softQuota: [null, '9.0.0'],
};

/** The release just before `number`, as a build on the way to it and as the last patch before it. */
function justBefore(number: string, flavor: 'gitea' | 'forgejo'): ForgeVersion[] {
  const [major, minor, patch] = number.split('.').map(Number);
  const before =
    patch > 0
      ? `${major}.${minor}.${patch - 1}`
      : minor > 0
        ? `${major}.${minor - 1}.99`
        : `${major - 1}.99.99`;
  return [parseForgeVersion(before, flavor), parseForgeVersion(`${number}-rc1`, flavor)];
}

it('lists each feature once, in both directions', () => {
  expect(Object.keys(GATES).sort()).toEqual(Object.keys(SINCE).sort());
});

describe.each(
  Object.entries(SINCE).flatMap(([feature, [gitea, forgejo]]) => [
    [feature as Feature, 'gitea' as const, gitea],
    [feature as Feature, 'forgejo' as const, forgejo],
  ]),
)('%s on %s', (feature, flavor, since) => {
  if (since === null) {
    it('is in no known release', () => {
      expect(supports(parseForgeVersion('99.0.0', flavor), feature)).toBe(false);
    });
    return;
  }

  it(`begins with ${since}`, () => {
    expect(supports(parseForgeVersion(since, flavor), feature)).toBe(true);
    expect(supports(parseForgeVersion('99.0.0', flavor), feature)).toBe(true);
    for (const version of justBefore(since, flavor)) {
      expect(supports(version, feature)).toBe(false);
    }
  });
});

it('judges a Forgejo by its own number, not by the Gitea level it names', () => {
  expect(supports(parseForgeVersion('11.0.1+gitea-1.22.0'), 'linkApi')).toBe(true);
  expect(supports(parseForgeVersion('7.0.8+gitea-1.24.0'), 'linkApi')).toBe(false);
});
