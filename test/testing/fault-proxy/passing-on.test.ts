import { createHash, randomBytes } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { Agent } from 'node:http';
import { FaultProxy } from '../../../src/testing';
import { ask, begin } from './client';
import { proxied } from './proxied';
import { rawConnection } from './raw-client';
import { until } from './until';

const both = proxied();

describe('without a switch', () => {
  it('passes method, path, query and header lines on as they came', async () => {
    const { proxy, upstream } = both();
    const lines = ['Host: git.example.org', 'X-TWICE: a', 'x-twice: b', 'aCCept: */*'];
    const { arrived, socket } = rawConnection(
      proxy.url,
      `GET /v2/a%2Fb/tags/list?last=x%2Fy&n=1 HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`,
    );
    await arrived('done');
    socket.destroy();
    const [seen] = upstream.seen;
    expect(seen).toMatchObject({ method: 'GET', path: '/v2/a%2Fb/tags/list?last=x%2Fy&n=1' });
    expect(seen!.rawHeaders).toEqual([
      ...lines.flatMap((line) => line.split(': ')),
      'Connection',
      'keep-alive',
    ]);
  });

  it('keeps header lines of the connection for itself, and those Connection names', async () => {
    const { proxy, upstream } = both();
    await ask(proxy.url, {
      headers: { Connection: 'close, X-Hop', 'X-Hop': '1', TE: 'trailers', 'X-End': '2' },
    });
    expect(upstream.seen[0]!.headers).toMatchObject({ 'x-end': '2', connection: 'keep-alive' });
    expect(upstream.seen[0]!.headers).not.toHaveProperty('x-hop');
    expect(upstream.seen[0]!.headers).not.toHaveProperty('te');
  });

  it('passes the answer on as it came: status, reason, repeated lines in order', async () => {
    const { proxy, upstream } = both();
    upstream.answer = (_request, response) =>
      response
        .writeHead(299, 'Quite Good', [
          ...['Www-Authenticate', 'Bearer realm="a"', 'WWW-authenticate', 'Basic realm="b"'],
          ...['Date', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Content-Length', '2'],
        ])
        .end('ok');
    const { status, reason, rawHeaders, body } = await ask(proxy.url);
    expect({ status, reason, body: body.toString() }).toEqual({
      status: 299,
      reason: 'Quite Good',
      body: 'ok',
    });
    expect(rawHeaders.slice(0, 8)).toEqual([
      ...['Www-Authenticate', 'Bearer realm="a"', 'WWW-authenticate', 'Basic realm="b"'],
      ...['Date', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Content-Length', '2'],
    ]);
    expect(rawHeaders.filter((name) => name === 'Date')).toHaveLength(1);
  });

  it('passes bodies of megabytes both ways without a byte changed', async () => {
    const { proxy, upstream } = both();
    const sent = randomBytes(3_000_000);
    upstream.answer = (request, response) => request.pipe(response);
    const { body } = await ask(proxy.url, { method: 'PUT', body: sent });
    expect(digest(body)).toBe(digest(sent));
    expect(proxy.requests[0]!.bodyBytes).toBe(sent.length);
  });

  it('does not wait for the end of a body before it passes the beginning on, either way', async () => {
    const { proxy, upstream } = both();
    upstream.answer = (request, response) => request.pipe(response);
    const { request } = begin(proxy.url, { method: 'POST', body: 'first', unfinished: true });
    const echoed = await new Promise((resolve) =>
      request.on('response', (response) =>
        response.on('error', () => undefined).once('data', (chunk) => resolve(String(chunk))),
      ),
    );
    request.destroy();
    expect(echoed).toBe('first');
  });

  it.each(['Content-Length', 'Transfer-Encoding'])('keeps a body framed by %s so', async (name) => {
    const { proxy, upstream } = both();
    const framing = { 'Content-Length': '5', 'Transfer-Encoding': 'chunked' }[name];
    await ask(proxy.url, { method: 'PATCH', body: 'hello', headers: { [name]: framing } });
    expect(upstream.seen[0]!.headers[name.toLowerCase()]).toBe(framing);
    expect(upstream.seen[0]!.body.toString()).toBe('hello');
  });

  it.each([
    ['POST', '0'],
    ['GET', undefined],
    ['DELETE', undefined],
  ])('passes a %s without a body on with Content-Length %s', async (method, length) => {
    const { proxy, upstream } = both();
    const raw = rawConnection(proxy.url, `${method} / HTTP/1.1\r\nHost: h\r\n\r\n`);
    await raw.arrived('done');
    raw.socket.destroy();
    expect(upstream.seen[0]!.headers['content-length']).toBe(length);
    expect(upstream.seen[0]!.headers).not.toHaveProperty('transfer-encoding');
  });

  it('passes the answer to HEAD on with its Content-Length and without a body', async () => {
    const { proxy, upstream } = both();
    upstream.answer = (_request, response) =>
      response.writeHead(200, { 'Content-Length': 1234 }).end();
    const { headers, body, whole } = await ask(proxy.url, { method: 'HEAD' });
    expect({ length: headers['content-length'], body: body.length, whole }).toEqual({
      length: '1234',
      body: 0,
      whole: true,
    });
  });

  it('serves one request after another on a kept connection', async () => {
    const { proxy } = both();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const first = begin(proxy.url, { agent });
    await first.outcome;
    const second = begin(proxy.url, { agent });
    expect((await second.outcome).status).toBe(201);
    expect(second.request.reusedSocket).toBe(true);
    agent.destroy();
  });

  it('passes the header lines on before the first byte of the body came', async () => {
    const { proxy, upstream } = both();
    const arrives = upstream.next();
    const { socket } = rawConnection(
      proxy.url,
      'PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n',
    );
    expect((await arrives).headers['content-length']).toBe('5');
    socket.destroy();
  });

  it('passes an answer on that comes before the body is whole, and reads the rest', async () => {
    const { proxy, upstream } = both();
    upstream.answer = (_request, response) => response.writeHead(401).end('who?');
    const { request, outcome } = begin(proxy.url, {
      method: 'PUT',
      body: Buffer.alloc(2_000_000),
      headers: { 'Content-Length': 2_000_001 },
      unfinished: true,
    });
    const { status, body } = await outcome;
    expect(`${status} ${String(body)}`).toBe('401 who?');
    request.end('x');
  });
});

describe('an upstream that closes its connection', () => {
  const refusals: readonly (readonly [string, OutgoingHttpHeaders])[] = [
    ['sized', { Connection: 'close', 'Content-Length': 4 }],
    ['chunked', { Connection: 'close', 'Transfer-Encoding': 'chunked' }],
  ];

  it.each(refusals)(
    'before the body is whole makes the proxy close its own (%s)',
    async (_, lines) => {
      const { proxy, upstream } = both();
      upstream.answer = (_request, response) => response.writeHead(413, lines).end('much');
      const head = 'PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 8\r\n\r\n';
      const { text, ending } = await rawConnection(proxy.url, head).outcome;
      expect(text).toMatch(/^HTTP\/1\.1 413 [^]*\r\nConnection: close\r\n/);
      expect(text).toMatch(/\r\n\r\n(much|4\r\nmuch\r\n0\r\n\r\n)$/);
      expect(ending).toBe('end');
    },
  );

  it.each(refusals)('after the body was whole leaves the client its own (%s)', async (_, lines) => {
    const { proxy, upstream } = both();
    upstream.answer = (_request, response, { over }) =>
      void over.then(() => response.writeHead(200, lines).end('much'));
    const request = 'PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx';
    const { socket, arrived } = rawConnection(proxy.url, request);
    expect(await arrived('much')).not.toContain('Connection: close');
    expect(socket.readyState).toBe('open');
    socket.destroy();
  });
});

describe('when one side fails', () => {
  it('answers 502 in the words of Traefik where no upstream listens', async () => {
    const { proxy, upstream } = both();
    upstream.close();
    const { status, body, headers } = await ask(proxy.url, { method: 'POST', body: 'x' });
    expect({ status, body: body.toString() }).toEqual({ status: 502, body: 'Bad Gateway' });
    expect(headers).not.toHaveProperty('content-type');
  });

  it('reads all a client sends, though no upstream listens', async () => {
    const { proxy, upstream } = both();
    upstream.close();
    const size = 3_000_000;
    const head = `PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: ${size}\r\n\r\n`;
    const { socket, outcome } = rawConnection(proxy.url, head + 'x'.repeat(size));
    socket.allowHalfOpen = true;
    await until(() => proxy.requests[0]?.bodyBytes === size);
    socket.end();
    expect((await outcome).text).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
  });

  it('answers 502 where the upstream closes instead of answering', async () => {
    const { proxy, upstream } = both();
    upstream.answer = (request) => request.socket.destroy();
    expect((await ask(proxy.url)).status).toBe(502);
  });

  it('breaks off where the upstream does', async () => {
    const { proxy, upstream } = both();
    upstream.answer = (_request, response) => {
      response.writeHead(200, { 'Content-Length': 10 });
      response.write('half', () => response.destroy());
    };
    expect(await ask(proxy.url)).toMatchObject({
      status: 200,
      body: Buffer.from('half'),
      whole: false,
    });
  });

  it('leaves the upstream when the client leaves', async () => {
    const { proxy, upstream } = both();
    const arrives = upstream.next();
    const { request, outcome } = begin(proxy.url, {
      method: 'PUT',
      body: 'part',
      unfinished: true,
    });
    const seen = await arrives;
    request.destroy();
    expect(await seen.over).toBe(false);
    expect((await outcome).error).toBe('ECONNRESET');
  });
});

describe('records', () => {
  it('what arrived, before any switch changed it', async () => {
    const { proxy } = both();
    proxy.set({
      requestHeaders: { strip: ['authorization'] },
      host: { value: 'other.example.org' },
      encodedSlash: { treatment: 'decode' },
    });
    await ask(proxy.url, {
      method: 'PUT',
      path: '/a%2Fb?c',
      headers: { HOST: 'git.example.org', Authorization: 'Basic eDp5' },
      body: 'four',
    });
    expect(proxy.requests).toHaveLength(1);
    expect(proxy.requests[0]).toMatchObject({ method: 'PUT', path: '/a%2Fb?c', bodyBytes: 4 });
    expect(proxy.requests[0]!.headers).toEqual(
      expect.arrayContaining([
        ['HOST', 'git.example.org'],
        ['Authorization', 'Basic eDp5'],
      ]),
    );
  });

  it('requests it answers itself, with the bytes that came all the same', async () => {
    const { proxy, upstream } = both();
    proxy.set({ answer: { status: 503 } });
    await ask(proxy.url, { method: 'POST', body: 'hello', headers: { 'Content-Length': 5 } });
    expect(proxy.requests[0]!.bodyBytes).toBe(5);
    expect(upstream.seen).toEqual([]);
  });

  it('until they are forgotten; a reset of the switches keeps them', async () => {
    const { proxy } = both();
    await ask(proxy.url);
    proxy.reset();
    expect(proxy.requests).toHaveLength(1);
    proxy.forgetRequests();
    expect(proxy.requests).toEqual([]);
  });
});

describe('start and close', () => {
  it.each(['git.example.org', 'ftp://127.0.0.1', 'http://127.0.0.1:1/gitea', 'http://u@127.0.0.1'])(
    "refuses '%s' as an upstream",
    async (text) => {
      await expect(FaultProxy.start(text)).rejects.toThrow(
        `'${text}' is no origin; give scheme, host and port of the upstream, such as 'http://127.0.0.1:3000'`,
      );
    },
  );

  it('takes an origin with a slash at its end', async () => {
    const { upstream } = both();
    const proxy = await FaultProxy.start(`${upstream.url}/`);
    expect((await ask(proxy.url)).status).toBe(201);
    await proxy.close();
  });

  it('destroys every connection, and can be closed twice', async () => {
    const { proxy, upstream } = both();
    upstream.answer = () => undefined;
    const idle = rawConnection(proxy.url, '');
    const arrives = upstream.next();
    const open = begin(proxy.url, { method: 'PUT', body: 'x', unfinished: true });
    const { over } = await arrives;
    await proxy.close();
    await proxy.close();
    expect((await open.outcome).error).toBe('ECONNRESET');
    expect(await over).toBe(false);
    expect((await idle.outcome).text).toBe('');
  });
});

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
