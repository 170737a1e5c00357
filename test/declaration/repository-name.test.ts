import fc from 'fast-check';
import { matches } from '../../src/declaration/grammar';
import { REPOSITORY_NAME } from '../../src/declaration/repository-name';
import { arbitraryRepositoryName } from '../support/arbitraries';

const isName = (text: string): boolean => matches(REPOSITORY_NAME, text);

describe('the name of a repository', () => {
  it.each([
    'stack',
    'Stack_1.0',
    '-a',
    '_',
    '.github',
    '...',
    'git',
    '.git-a',
    'a.gitx',
    'a'.repeat(100),
  ])('may be %s', (name) => expect(isName(name)).toBe(true));

  it.each(['', '.', '..', '-', 'a/b', 'mosaic%2Fstack', 'a b', 'ü', 'a\n', 'a'.repeat(101)])(
    'is not %j',
    (name) => expect(isName(name)).toBe(false),
  );

  it.each(['.git', '.wiki', '.rss', '.atom', '.GIT', '.Wiki'])('does not end in %s', (ending) => {
    expect(isName(`stack${ending}`)).toBe(false);
    expect(isName(ending)).toBe(false);
    expect(isName(`${ending}-a`)).toBe(true);
  });

  it('is whatever Gitea takes', () => {
    fc.assert(fc.property(arbitraryRepositoryName, (name) => expect(isName(name)).toBe(true)));
  });

  it('stands for one segment of a path', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(isName(text));
        expect(encodeURIComponent(text)).toBe(text);
        expect(new URL(`http://x/${text}/y`).pathname).toBe(`/${text}/y`);
      }),
    );
  });
});
