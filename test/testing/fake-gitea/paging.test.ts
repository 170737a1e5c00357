import * as fc from 'fast-check';
import { imageOf, pushImage } from '../images';
import { headerOf } from '../raw-request';
import { jsonOf, testForge } from './forge';

describe('pages of packages', () => {
  it('hold every version once, whatever their size', async () => {
    const { ask } = await testForge();
    for (let number = 0; number < 7; number += 1) {
      await ask(`/api/packages/coulomb/generic/tool/${number}/f`, { method: 'PUT', body: 'x' });
    }
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), async (limit) => {
        const seen: unknown[] = [];
        let path: string | undefined = `/api/v1/packages/coulomb?limit=${limit}`;
        while (path !== undefined) {
          const page = await ask(path);
          expect(headerOf(page, 'X-Total-Count')).toBe('7');
          seen.push(...(jsonOf(page) as { version: string }[]).map(({ version }) => version));
          path = /<http:\/\/[^/]+([^>]+)>; rel="next"/.exec(headerOf(page, 'Link'))?.[1];
        }
        expect(seen.toSorted()).toEqual(['0', '1', '2', '3', '4', '5', '6']);
      }),
    );
  });

  it.each([
    ['', 30],
    ['?limit=0', 30],
    ['?limit=50', 50],
    ['?limit=100', 50],
    ['?limit=x', 30],
    ['?page=2', 25],
    ['?page=9', 0],
  ])('%s have %i of 55', async (query, count) => {
    const { ask } = await testForge();
    for (let number = 0; number < 55; number += 1) {
      await ask(`/api/packages/coulomb/generic/tool/${number}/f`, { method: 'PUT', body: 'x' });
    }
    expect(jsonOf(await ask(`/api/v1/packages/coulomb${query}`))).toHaveLength(count);
  });

  it('are linked on ROOT_URL, wherever they were asked for', async () => {
    const { ask } = await testForge({ rootUrl: 'https://git.example.org/' });
    for (const number of [1, 2]) {
      await ask(`/api/packages/coulomb/generic/tool/${number}/f`, { method: 'PUT', body: 'x' });
    }
    expect(headerOf(await ask('/api/v1/packages/coulomb?limit=1'), 'Link')).toBe(
      '<https://git.example.org/api/v1/packages/coulomb?limit=1&page=2>; rel="next",' +
        '<https://git.example.org/api/v1/packages/coulomb?limit=1&page=2>; rel="last"',
    );
  });
});

describe('pages of tags and images', () => {
  it('follow one another by the last name', async () => {
    const forge = await testForge();
    for (const tag of ['a', 'b', 'c']) await pushImage(forge.place('app'), tag, imageOf(tag));
    const first = await forge.ask('/v2/coulomb/app/tags/list?n=2');
    expect(headerOf(first, 'Link')).toBe('</v2/coulomb/app/tags/list?last=b&n=2>; rel="next"');
    const second = await forge.ask('/v2/coulomb/app/tags/list?last=b&n=2');
    expect(jsonOf(second)).toEqual({ name: 'coulomb/app', tags: ['c'] });
    const catalog = await forge.ask('/v2/_catalog?n=1');
    expect(headerOf(catalog, 'Link')).toBe('</v2/_catalog?last=coulomb%2Fapp&n=1>; rel="next"');
    expect(jsonOf(await forge.ask('/v2/_catalog?last=coulomb/app'))).toEqual({ repositories: [] });
    expect(jsonOf(await forge.ask('/v2/_catalog?n=0'))).toEqual({ repositories: [] });
  });
});
