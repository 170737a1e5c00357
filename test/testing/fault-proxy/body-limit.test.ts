import { once } from 'node:events';
import type { BodyLimitStyle } from '../../../src/testing';
import { ask, begin } from './client';
import { proxied } from './proxied';
import { rawConnection } from './raw-client';
import { until } from './until';

const both = proxied();

const MARKS: readonly (readonly [BodyLimitStyle, string])[] = [
  ['nginx', '<center>nginx/1.22.1</center>'],
  ['cloudflare', '<center>cloudflare</center>'],
  ['traefik', 'Request Entity Too Large'],
];

describe.each(MARKS)('a body limit of %s', (style, mark) => {
  it('refuses a Content-Length over it before a byte of the body came', async () => {
    const { proxy, upstream } = both();
    proxy.set({ bodyLimit: { bytes: 4, style } });
    const { status, reason, body, whole } = await ask(proxy.url, {
      method: 'PATCH',
      headers: { 'Content-Length': 5 },
      unfinished: true,
      body: '',
    });
    expect({ status, reason, whole }).toEqual({
      status: 413,
      reason: 'Request Entity Too Large',
      whole: true,
    });
    expect(body.toString()).toContain(mark);
    expect(body.includes('<html>')).toBe(style !== 'traefik');
    expect(proxy.requests[0]!.bodyBytes).toBe(0);
    expect(upstream.seen).toEqual([]);
  });

  it('refuses a body without Content-Length when its bytes pass the limit', async () => {
    const { proxy, upstream } = both();
    proxy.set({ bodyLimit: { bytes: 4, style } });
    const arrives = upstream.next();
    const { request, outcome } = begin(proxy.url, {
      method: 'PATCH',
      body: 'four',
      unfinished: true,
    });
    const seen = await arrives;
    request.write('+');
    const { status, body } = await outcome;
    expect(status).toBe(413);
    expect(body.toString()).toContain(mark);
    expect(await seen.over).toBe(false);
    expect(seen.body.toString()).toBe('four');
  });

  it('refuses an Expect: 100-continue without asking for the body', async () => {
    const { proxy, upstream } = both();
    proxy.set({ bodyLimit: { bytes: 4, style }, expectContinue: { by: 'proxy' } });
    const { status, continued, sentBody } = await ask(proxy.url, {
      method: 'PUT',
      headers: { 'Content-Length': 5 * 1024 ** 3 },
      expect: true,
      body: 'never sent',
    });
    expect({ status, continued, sentBody }).toEqual({
      status: 413,
      continued: false,
      sentBody: false,
    });
    expect(upstream.seen).toEqual([]);
  });

  it('lets a body of exactly the limit pass', async () => {
    const { proxy, upstream } = both();
    proxy.set({ bodyLimit: { bytes: 4, style } });
    expect((await ask(proxy.url, { method: 'PUT', body: 'four' })).status).toBe(201);
    const sized = { method: 'PUT', body: 'four', headers: { 'Content-Length': 4 } };
    expect((await ask(proxy.url, sized)).status).toBe(201);
    expect(upstream.seen.map(({ body }) => body.toString())).toEqual(['four', 'four']);
  });
});

it('gives the refusal to a client that sends on and on, then closes', async () => {
  const { proxy } = both();
  proxy.set({ bodyLimit: { bytes: 4, style: 'nginx' } });
  const size = 20_000_000;
  const { status } = await ask(proxy.url, {
    method: 'PUT',
    body: Buffer.alloc(size),
    headers: { 'Content-Length': size },
  });
  expect(status).toBe(413);
});

it('closes its half of the connection after the refusal, and reads the rest', async () => {
  const { proxy } = both();
  proxy.set({ bodyLimit: { bytes: 4, style: 'nginx' } });
  const head = 'PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 8\r\n\r\n';
  const { socket, outcome } = rawConnection(proxy.url, `${head}abcd`);
  socket.allowHalfOpen = true;
  await once(socket, 'end');
  socket.end('efgh');
  const { text, ending } = await outcome;
  expect(text).toMatch(/^HTTP\/1\.1 413 Request Entity Too Large\r\n[^]*<\/html>\r\n$/);
  expect(ending).toBe('end');
  await until(() => proxy.requests[0]!.bodyBytes === 8);
});

it('yields to a cut of the body that comes before it, and the other way round', async () => {
  const { proxy } = both();
  const cut = { method: 'PUT', body: 'four+' };
  proxy.set({ bodyLimit: { bytes: 4, style: 'nginx' }, requestCut: { afterBytes: 2 } });
  expect((await ask(proxy.url, cut)).status).toBe(504);
  proxy.set({ bodyLimit: { bytes: 2, style: 'nginx' }, requestCut: { afterBytes: 4 } });
  expect((await ask(proxy.url, cut)).status).toBe(413);
});
