import { FORWARD_AUTH, TRAEFIK } from '../../../src/testing';
import { ask, begin } from './client';
import { proxied } from './proxied';
import { rawConnection } from './raw-client';

const both = proxied();

describe('an answer instead of the upstream’s', () => {
  it('has the status, lines and body given, and the upstream hears nothing', async () => {
    const { proxy, upstream } = both();
    proxy.set({ answer: TRAEFIK.tooManyRequests(0.25) });
    const { status, headers, body } = await ask(proxy.url);
    expect({ status, body: body.toString() }).toEqual({ status: 429, body: 'Too Many Requests' });
    expect(headers).toMatchObject({ 'retry-after': '1', 'x-retry-in': '0.25s' });
    expect(upstream.seen).toEqual([]);
  });

  it('takes bytes and another reason, and measures the body', async () => {
    const { proxy } = both();
    proxy.set({ answer: { status: 200, reason: 'Fine', body: Buffer.from('Grüße') } });
    const { reason, headers, body } = await ask(proxy.url);
    expect({ reason, length: headers['content-length'], body: body.toString() }).toEqual({
      reason: 'Fine',
      length: '7',
      body: 'Grüße',
    });
  });

  it('may be a login page, or the way to one', async () => {
    const { proxy } = both();
    proxy.set({
      answer: [
        { ...FORWARD_AUTH.loginPage, times: 1 },
        FORWARD_AUTH.loginRedirect('https://sso.example.org/login'),
      ],
    });
    const page = await ask(proxy.url);
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.headers).not.toHaveProperty('www-authenticate');
    expect(await ask(proxy.url)).toMatchObject({
      status: 302,
      headers: { location: 'https://sso.example.org/login' },
    });
  });

  it('has no Content-Length where the status forbids it', async () => {
    const { proxy } = both();
    proxy.set({ answer: { status: 204 } });
    const { status, headers } = await ask(proxy.url);
    expect(status).toBe(204);
    expect(headers).not.toHaveProperty('content-length');
  });

  it('to HEAD has no body', async () => {
    const { proxy } = both();
    proxy.set({ answer: TRAEFIK.notFound });
    const { headers, body, whole } = await ask(proxy.url, { method: 'HEAD' });
    expect({ length: headers['content-length'], body: body.length, whole }).toEqual({
      length: '19',
      body: 0,
      whole: true,
    });
  });

  it('comes while the body is still on its way, and says that the connection closes', async () => {
    const { proxy } = both();
    proxy.set({ answer: TRAEFIK.noAvailableServer });
    const { outcome } = begin(proxy.url, { method: 'PUT', body: 'part', unfinished: true });
    const { status, headers, body, whole } = await outcome;
    expect({ status, connection: headers.connection, body: body.toString(), whole }).toEqual({
      status: 503,
      connection: 'close',
      body: 'no available server\n',
      whole: true,
    });
  });

  it('closes the connection after its last byte when the request became whole meanwhile', async () => {
    const { proxy } = both();
    proxy.set({ answer: { status: 503, body: 'a moment, please' }, slow: { interval: 5 } });
    const head = 'PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 8\r\n\r\n';
    const { socket, arrived, outcome } = rawConnection(proxy.url, `${head}part`);
    await arrived('\r\n\r\n');
    socket.write('more');
    const { text, ending } = await outcome;
    expect(text).toMatch(/\r\nConnection: close\r\n[^]*\r\n\r\na moment, please$/);
    expect(ending).toBe('end');
  });

  it('reaches a client that sends megabytes before it reads', async () => {
    const { proxy } = both();
    proxy.set({ answer: { status: 403, body: 'no' } });
    const size = 20_000_000;
    const { status, body } = await ask(proxy.url, {
      method: 'PUT',
      body: Buffer.alloc(size),
      headers: { 'Content-Length': size },
    });
    expect(`${status} ${String(body)}`).toBe('403 no');
  });

  it('comes to the requests it is for', async () => {
    const { proxy } = both();
    proxy.set({ answer: { status: 503, times: 1, match: ({ method }) => method === 'PATCH' } });
    const statuses = [];
    for (const method of ['GET', 'PATCH', 'PATCH']) {
      statuses.push((await ask(proxy.url, { method })).status);
    }
    expect(statuses).toEqual([201, 503, 201]);
  });
});

describe('a redirect', () => {
  it.each([
    [301, 'Moved Permanently'],
    [302, 'Found'],
    [303, 'See Other'],
    [307, 'Temporary Redirect'],
    [308, 'Permanent Redirect'],
  ] as const)('with %i leads to another origin, its body says %s', async (status, text) => {
    const { proxy, upstream } = both();
    proxy.set({ redirect: { status, location: 'https://git.example.org{path}' } });
    const answer = await ask(proxy.url, { method: 'POST', path: '/v2/a%2Fb?c=d', body: 'x' });
    expect(answer).toMatchObject({ status, reason: text, body: Buffer.from(text) });
    expect(answer.headers.location).toBe('https://git.example.org/v2/a%2Fb?c=d');
    expect(upstream.seen).toEqual([]);
  });

  it('to the proxy itself is a loop', async () => {
    const { proxy } = both();
    proxy.set({ redirect: { status: 307, location: '{origin}{path}' } });
    const { headers } = await ask(proxy.url, { path: '/v2/' });
    expect(headers.location).toBe(`${proxy.url}/v2/`);
    expect((await ask(headers.location!, { path: '/v2/' })).headers.location).toBe(
      headers.location,
    );
  });
});

it('refuses an encoded slash before a large body, and a large body before it redirects', async () => {
  const { proxy } = both();
  proxy.set({
    answer: { status: 503 },
    redirect: { status: 308, location: '/' },
    bodyLimit: { bytes: 3, style: 'traefik' },
    encodedSlash: { treatment: 'refuse' },
  });
  const large = { method: 'PUT', body: 'large', headers: { 'Content-Length': 5 } };
  expect((await ask(proxy.url, { ...large, path: '/a%2Fb' })).status).toBe(400);
  expect((await ask(proxy.url, large)).status).toBe(413);
  expect((await ask(proxy.url)).status).toBe(308);
  proxy.set({ redirect: undefined });
  expect((await ask(proxy.url)).status).toBe(503);
});
