import fc from 'fast-check';
import { linkCallOf } from '../../../src/rules/links/link-call';

describe('a word that asks for a link', () => {
  test.each([
    [
      'https://git.example.org/api/v1/packages/acme/container/web/-/link/shop',
      { host: 'git.example.org', owner: 'acme', repository: 'shop' },
    ],
    [
      'http://gitea-http.git.svc:3000/api/v1/packages/acme/npm/%40acme%2Fui/-/link/acme%2Fui?x=1',
      { host: 'gitea-http.git.svc:3000', owner: 'acme', repository: 'acme%2Fui' },
    ],
    [
      '$URL/api/v1/packages/$OWNER/container/$NAME/-/link/$OWNER/$REPO#x',
      { host: '$URL', owner: '$OWNER', repository: '$OWNER/$REPO' },
    ],
    [
      '/api/v1/packages/acme/container/team/web/-/link/shop" -H x',
      { host: '', owner: 'acme', repository: 'shop' },
    ],
    [
      'git.example.org/api/v1/packages/a/b/c/-/link/',
      { host: 'git.example.org', owner: 'a', repository: '' },
    ],
  ])('%s falls into its parts', (word, parts) => {
    expect(linkCallOf(word)).toEqual(parts);
  });

  test.each([
    '',
    'https://git.example.org/api/v1/packages/acme/container/web/-/unlink',
    'https://git.example.org/api/v1/repos/acme/web/-/link/shop',
    '/-/link/shop?next=/api/v1/packages/a/b/c',
  ])('is not %j', (word) => {
    expect(linkCallOf(word)).toBeUndefined();
  });

  test('is read in a moment, however long it is', () => {
    const path = '/api/v1/packages/';
    expect(linkCallOf(path.repeat(50_000))).toBeUndefined();
    expect(linkCallOf(`${path.repeat(50_000)}/-/link/x`)).toMatchObject({ repository: 'x' });
  });

  test('gives back every part it is made of', () => {
    const segment = fc.stringMatching(/^[\w.%$-]{1,12}$/);
    fc.assert(
      fc.property(segment, segment, segment, segment, segment, (host, owner, type, name, repo) => {
        const word = `https://${host}/api/v1/packages/${owner}/${type}/${name}/-/link/${repo}`;
        expect(linkCallOf(word)).toEqual({ host, owner, repository: repo });
      }),
    );
  });
});
