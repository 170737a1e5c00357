import { ask } from './client';
import { proxied } from './proxied';

const both = proxied();

describe('lines of the request', () => {
  it('are stripped, whatever their case, and added', async () => {
    const { proxy, upstream } = both();
    proxy.set({ requestHeaders: { strip: ['Authorization', 'x-gone'], add: [['X-New', '1']] } });
    await ask(proxy.url, {
      headers: { AUTHORIZATION: 'Basic eDp5', 'X-Gone': 'a', 'X-Kept': 'b' },
    });
    const { headers } = upstream.seen[0]!;
    expect(headers).toMatchObject({ 'x-new': '1', 'x-kept': 'b' });
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty('x-gone');
  });

  it('are replaced where a name is stripped and added', async () => {
    const { proxy, upstream } = both();
    proxy.set({ requestHeaders: { strip: ['accept'], add: [['Accept', 'text/html']] } });
    await ask(proxy.url, { headers: { Accept: '*/*' } });
    expect(upstream.seen[0]!.headers.accept).toBe('text/html');
  });

  it('name another Host', async () => {
    const { proxy, upstream } = both();
    proxy.set({ host: { value: 'gitea.default.svc:3000' } });
    await ask(proxy.url, { headers: { Host: 'git.example.org' } });
    const { rawHeaders } = upstream.seen[0]!;
    expect(rawHeaders.filter((_, index) => rawHeaders[index - 1] === 'Host')).toEqual([
      'gitea.default.svc:3000',
    ]);
  });

  it.each(['https', 'https, http'])(
    'say X-Forwarded-Proto %s instead of the client’s',
    async (value) => {
      const { proxy, upstream } = both();
      proxy.set({ forwardedProto: { value } });
      await ask(proxy.url, { headers: { 'x-forwarded-proto': 'http' } });
      expect(upstream.seen[0]!.headers['x-forwarded-proto']).toBe(value);
    },
  );
});

describe('lines of the answer', () => {
  it('are stripped and added', async () => {
    const { proxy } = both();
    proxy.set({ responseHeaders: { strip: ['x-upstream'], add: [['Age', '7']] } });
    const { headers } = await ask(proxy.url);
    expect(headers.age).toBe('7');
    expect(headers).not.toHaveProperty('x-upstream');
  });

  it('are stripped from answers of the proxy itself', async () => {
    const { proxy } = both();
    proxy.set({
      answer: { status: 429, headers: [['Retry-After', '1']], body: 'slow' },
      responseHeaders: { strip: ['Retry-After', 'Content-Length'] },
    });
    const { headers, body } = await ask(proxy.url, { method: 'PUT', body: 'x' });
    expect(headers).not.toHaveProperty('retry-after');
    expect(headers['transfer-encoding']).toBe('chunked');
    expect(body.toString()).toBe('slow');
  });

  it('name another Docker-Content-Digest, where they name one', async () => {
    const { proxy, upstream } = both();
    const value = `sha256:${'0'.repeat(64)}`;
    proxy.set({ contentDigest: { value } });
    expect((await ask(proxy.url)).headers).not.toHaveProperty('docker-content-digest');
    upstream.answer = (_request, response) =>
      response.writeHead(200, { 'Docker-Content-Digest': 'sha256:1' }).end();
    const { rawHeaders } = await ask(proxy.url);
    expect(rawHeaders.slice(0, 2)).toEqual(['Docker-Content-Digest', value]);
  });
});

describe('%2F', () => {
  it.each(['%2F', '%2f'])('(%s) is decoded in the path, not in the query', async (slash) => {
    const { proxy, upstream } = both();
    proxy.set({ encodedSlash: { treatment: 'decode' } });
    await ask(proxy.url, { path: `/a${slash}b${slash}%20c?d=e${slash}f` });
    expect(upstream.seen[0]!.path).toBe(`/a/b/%20c?d=e${slash}f`);
  });

  it('is refused in the path with an empty 400, not in the query', async () => {
    const { proxy, upstream } = both();
    proxy.set({ encodedSlash: { treatment: 'refuse' } });
    const { status, body, headers } = await ask(proxy.url, { path: '/a%2fb' });
    expect({ status, body: body.length, length: headers['content-length'] }).toEqual({
      status: 400,
      body: 0,
      length: '0',
    });
    expect(headers).not.toHaveProperty('content-type');
    expect(upstream.seen).toEqual([]);
    expect((await ask(proxy.url, { path: '/a?b=c%2Fd' })).status).toBe(201);
  });
});
