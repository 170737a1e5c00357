import * as fc from 'fast-check';
import { rangeOf } from '../../../src/testing/fake-gitea/generic/range';
import { headerOf } from '../raw-request';
import { testForge } from './forge';

const FILE = '/api/packages/coulomb/generic/tool/1.0/a.txt';

describe('the generic registry', () => {
  it('never overwrites a file, whatever the case of its name', async () => {
    const { ask } = await testForge();
    const put = async (path: string): Promise<number> =>
      (await ask(path, { method: 'PUT', body: 'abcd' })).status;
    expect(await put(FILE)).toBe(201);
    expect(await put(FILE)).toBe(409);
    expect(await put(FILE.replace('a.txt', 'A.TXT'))).toBe(409);
    expect(await put(FILE.replace('a.txt', 'b.txt'))).toBe(201);
  });

  it('drops a version with its last file', async () => {
    const { ask } = await testForge();
    await ask(FILE, { method: 'PUT', body: 'abcd' });
    await ask(FILE, { method: 'DELETE' });
    expect((await ask(FILE)).body.toString()).toBe('package does not exist');
  });

  it.each([
    ['a%20b/1/f', 'invalid package name'],
    ['../1/f', 'invalid package name'],
    ['-/1/f', 'invalid package name'],
    ['tool/%201/f', 'invalid package version'],
    ['tool/1/a%2Fb', 'invalid filename'],
    ['tool/1/..', 'invalid filename'],
    ['tool/1/f%20', 'invalid filename'],
  ])('refuses %s', async (path, text) => {
    const { ask } = await testForge();
    const answer = await ask(`/api/packages/coulomb/generic/${path}`, { method: 'PUT', body: 'x' });
    expect([answer.status, answer.body.toString()]).toEqual([400, text]);
  });

  it.each(['tool/latest/f', 'tool/any%20thing/f', 'a/1/f', 'a.b_c-d+e/1/%5Bx%5D%20(y).tar~1'])(
    'takes %s',
    async (path) => {
      const { ask } = await testForge();
      const place = `/api/packages/coulomb/generic/${path}`;
      expect((await ask(place, { method: 'PUT', body: 'x' })).status).toBe(201);
      expect((await ask(place)).body.toString()).toBe('x');
    },
  );

  it('takes no form for a file', async () => {
    const { ask, ci } = await testForge();
    const headers = { ...ci, 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await ask(FILE, { method: 'PUT', body: 'a=b', headers })).status).toBe(500);
  });

  it('does not heal a lost file, as a container push does', async () => {
    const { gitea, ask } = await testForge();
    await ask(FILE, { method: 'PUT', body: 'abcd' });
    const [digest] = [...gitea.state.blobs.keys()];
    gitea.loseBlob(`sha256:${digest!}`);
    await ask(FILE, { method: 'DELETE' });
    expect((await ask(FILE, { method: 'PUT', body: 'abcd' })).status).toBe(201);
    expect((await ask(FILE)).status).toBe(500);
    await ask(`/v2/coulomb/app/blobs/uploads/?digest=sha256:${digest!}`, {
      method: 'POST',
      body: 'abcd',
    });
    expect((await ask(FILE)).status).toBe(200);
  });

  it('sends to the object store under SERVE_DIRECT', async () => {
    const { ask } = await testForge({ serveDirect: 'http://127.0.0.1:9000/bucket' });
    await ask(FILE, { method: 'PUT', body: 'abcd' });
    const answer = await ask(FILE);
    expect(answer.status).toBe(303);
    expect(headerOf(answer, 'Location')).toMatch(
      /^http:\/\/127\.0\.0\.1:9000\/bucket\/[0-9a-f]{64}$/,
    );
  });

  it.each([
    ['read:package', 401],
    ['write:package', 201],
    ['all', 201],
  ])('takes a token with %s with %i', async (scope, status) => {
    const { gitea, ask } = await testForge();
    const token = gitea.createToken('ci', [scope]);
    for (const [index, headers] of [
      { Authorization: `token ${token}` },
      { Authorization: `Bearer ${token}` },
      { Authorization: `Basic ${Buffer.from(`x:${token}`).toString('base64')}` },
    ].entries()) {
      const path = FILE.replace('a.txt', `${index}.txt`);
      expect((await ask(path, { method: 'PUT', body: 'x', headers })).status).toBe(status);
    }
    const inQuery = `${FILE}?token=${token}`;
    expect((await ask(inQuery, { method: 'PUT', body: 'x', headers: {} })).status).toBe(status);
  });
});

describe('a Range', () => {
  it('gives the bytes a slice gives', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(60), fc.nat(60), (size, first, length) => {
        const range = rangeOf(`bytes=${first}-${first + length}`, size);
        const bytes = Array.from({ length: size }, (_, index) => index);
        const expected = bytes.slice(first, first + length + 1);
        if (range === 'unsatisfiable') expect(expected).toEqual([]);
        else expect(bytes.slice(range!.first, range!.last + 1)).toEqual(expected);
      }),
    );
  });

  it.each([
    ['bytes=-3', { first: 7, last: 9 }],
    ['bytes=-30', { first: 0, last: 9 }],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=4-', { first: 4, last: 9 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=5-4', undefined],
    ['bytes=0-1,3-4', undefined],
    ['bytes=-', undefined],
    ['lines=0-1', undefined],
    [undefined, undefined],
  ])('of %p in ten bytes is %p', (header, expected) => {
    expect(rangeOf(header, 10)).toEqual(expected);
  });
});
