import fc from 'fast-check';
import { forgeOfImage, tagOf, versionOfTag } from '../../../src/rules/read/forge-image';

describe('the product in an image', () => {
  test.each([
    ['gitea/gitea:1.25.4', 'gitea'],
    ['docker.gitea.com/gitea:1.25.4-rootless', 'gitea'],
    ['gitea', 'gitea'],
    ['code.forgejo.org/forgejo/forgejo:11', 'forgejo'],
    ['codeberg.org/forgejo/forgejo@sha256:00', 'forgejo'],
    ['git.example.org:5000/mirror/gitea', 'gitea'],
  ])('%s is %s', (image, flavor) => {
    expect(forgeOfImage(image)).toBe(flavor);
  });

  test.each([
    'gitea/act_runner:0.2.11',
    'gitea:5000/team/app',
    'forgejo.example.org/app:1',
    'code.forgejo.org/forgejo/runner:6',
    'my-gitea:1',
    'gitea-backup',
    '',
  ])('%j is none', (image) => {
    expect(forgeOfImage(image)).toBeUndefined();
  });
});

describe('the tag of an image', () => {
  test.each([
    ['gitea/gitea:1.25.4', '1.25.4'],
    ['gitea/gitea:1.25.4@sha256:00ff', '1.25.4'],
    ['git.example.org:5000/team/app:v1', 'v1'],
    ['app:_x', '_x'],
  ])('of %s is %s', (image, tag) => {
    expect(tagOf(image)).toBe(tag);
  });

  test.each([
    'gitea/gitea',
    'gitea@sha256:00ff',
    'git.example.org:5000/team/app',
    'app:',
    'app:-x',
    '',
  ])('of %j is none', (image) => {
    expect(tagOf(image)).toBeUndefined();
  });
});

describe('the version a tag names', () => {
  test.each([
    ['1.25.4', '1.25.4'],
    ['v1.25.4', '1.25.4'],
    ['1.25.4-rootless', '1.25.4'],
    ['1.26.0-rc1', '1.26.0-rc1'],
    ['1.26.0-rc1-rootless', '1.26.0-rc1'],
    ['1.26.0-dev-12-g0', '1.26.0-dev-12-g0'],
  ])('of %s is %s', (tag, version) => {
    expect(versionOfTag(tag)).toBe(version);
  });

  test.each(['latest', '1', '1.25', '1.25-rootless', '1.25.4-alpine', 'x1.25.4', '1.25.4.1', ''])(
    'of %j is no single one',
    (tag) => {
      expect(versionOfTag(tag)).toBeUndefined();
    },
  );

  test('is taken from any reference', () => {
    const number = fc.nat(999);
    fc.assert(
      fc.property(number, number, number, fc.boolean(), (major, minor, patch, rootless) => {
        const version = `${major}.${minor}.${patch}`;
        const image = `git.example.org:8443/a/gitea:${version}${rootless ? '-rootless' : ''}`;
        expect(versionOfTag(tagOf(image)!)).toBe(version);
      }),
    );
  });
});
