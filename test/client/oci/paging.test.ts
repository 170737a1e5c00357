import fc from 'fast-check';
import type { ServerResponse } from 'node:http';
import type { ClientError } from '../../../src/client/error';
import { nextPage } from '../../../src/client/oci/paging';
import { LocalServers, rejection } from '../http/local-servers';
import { all, clientOf } from './token-registry';

const servers = new LocalServers();
const FROM = new URL('https://h:8443/v2/a/b/tags/list?n=2');

it.each([
  ['</v2/a/b/tags/list?last=x&n=2>; rel="next"', '/v2/a/b/tags/list?last=x&n=2'],
  ['<?last=x>;rel=next', '/v2/a/b/tags/list?last=x'],
  ['<https://h:8443/v2/x>; title="a, b"; rel="prev next"', '/v2/x'],
  ['</first>; rel="first", </second>; REL="NEXT"', '/second'],
  ['</a>; rel="nextish", </b>; rel="last"', undefined],
  ['</a>', undefined],
  ['nonsense <', undefined],
  ['<http://[>; rel=next', undefined],
])('reads the link %s', (link, expected) => {
  const next = nextPage(link, FROM);
  expect(next && next.pathname + next.search).toBe(expected);
});

it('refuses a page on another origin', () => {
  for (const target of ['https://h/v2/x', 'http://h:8443/v2/x', '//evil/v2/x']) {
    expect(() => nextPage(`<${target}>; rel="next"`, FROM)).toThrow('(REG212)');
  }
});

/** A registry with pages of tags: what each holds, and which is next. */
async function paged(listOf: (page: number) => { tags: unknown; next?: number | string }) {
  const registry = await servers.http((request, response: ServerResponse) => {
    const page = Number(new URL(request.url!, 'http://h').searchParams.get('page') ?? '0');
    const { tags, next } = listOf(page);
    const target = typeof next === 'number' ? `${request.url!.split('?')[0]}?page=${next}` : next;
    response.setHeader('Content-Type', 'application/json');
    if (target !== undefined) {
      response.setHeader('Link', `<${target}>; rel="next"`);
    }
    response.end(JSON.stringify({ name: 'a/b', tags }));
  });
  return { registry, client: clientOf(servers, registry) };
}

it("ends at Gitea's empty page, which follows the link of the last full one", async () => {
  const { registry, client } = await paged((page) =>
    page < 2 ? { tags: [`t${page}`], next: page + 1 } : { tags: [] },
  );
  expect(await all(client.tags('a/b'))).toEqual(['t0', 't1']);
  expect(registry.requests).toHaveLength(3);
});

it('goes on behind a page that holds nothing the account may see', async () => {
  const { client } = await paged((page) =>
    page === 0 ? { tags: null, next: 1 } : { tags: ['x'] },
  );
  expect(await all(client.tags('a/b'))).toEqual(['x']);
});

it('notices pages that lead in a circle, of whatever length, and reads no page for ever', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(5), fc.integer({ min: 1, max: 6 }), async (before, length) => {
      const { registry, client } = await paged((page) => ({
        tags: [],
        next: page + 1 === before + length ? before : page + 1,
      }));
      expect((await rejection<ClientError>(all(client.tags('a/b')))).code).toBe('REG218');
      expect(registry.requests.length).toBeLessThanOrEqual(4 * (before + length) + 2);
    }),
    { numRuns: 15 },
  );
});

it('reads pages only as far as somebody wants them', async () => {
  const { registry, client } = await paged((page) => ({ tags: [`t${page}`], next: page + 1 }));
  for await (const tag of client.tags('a/b')) {
    if (tag === 't1') {
      break;
    }
  }
  expect(registry.requests).toHaveLength(2);
});

it('sends no request to another origin', async () => {
  const other = await servers.http((_request, response) => response.end('{"tags":[]}'));
  const { client } = await paged(() => ({ tags: ['a'], next: `${other.origin}/v2/x` }));
  expect((await rejection<ClientError>(all(client.tags('a/b')))).code).toBe('REG212');
  expect(other.requests).toEqual([]);
});

it.each([[{}], [[1]], ['x'], [undefined]])('refuses %j as a list', async (tags) => {
  const { client } = await paged(() => ({ tags }));
  expect((await rejection<ClientError>(all(client.tags('a/b')))).code).toBe('REG210');
});
