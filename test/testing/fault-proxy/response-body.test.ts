import { createHash } from 'node:crypto';
import { ask, begin } from './client';
import { proxied } from './proxied';
import { rawConnection } from './raw-client';
import type { UpstreamDouble } from './upstream-double';

const both = proxied();

function answersSized(upstream: UpstreamDouble, text: string): void {
  upstream.answer = (_request, response) =>
    response.writeHead(200, { 'Content-Length': text.length }).end(text);
}

function answersChunked(upstream: UpstreamDouble, text: string): void {
  upstream.answer = (_request, response) => {
    response.write(text);
    response.end();
  };
}

const GET = 'GET / HTTP/1.1\r\nHost: h\r\n\r\n';

describe('a response cut after some bytes', () => {
  it('keeps the Content-Length and closes the connection', async () => {
    const { proxy, upstream } = both();
    answersSized(upstream, 'hello');
    proxy.set({ responseCut: { afterBytes: 2 } });
    const { outcome } = rawConnection(proxy.url, GET);
    const { text, ending } = await outcome;
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\nContent-Length: 5\r\n[^]*\r\n\r\nhe$/);
    expect(ending).toBe('end');
  });

  it('leaves the last chunk of a chunked body out', async () => {
    const { proxy, upstream } = both();
    answersChunked(upstream, 'hello');
    proxy.set({ responseCut: { afterBytes: 2 } });
    const { outcome } = rawConnection(proxy.url, GET);
    const { text, ending } = await outcome;
    expect(text).toMatch(/\r\n\r\n2\r\nhe\r\n$/);
    expect(ending).toBe('end');
  });

  it.each([0, 2])('after %i, and then reset, gives the client those first', async (afterBytes) => {
    const { proxy, upstream } = both();
    answersSized(upstream, 'hello');
    proxy.set({ responseCut: { afterBytes, how: 'reset' } });
    const { outcome } = rawConnection(proxy.url, GET);
    const { text, ending } = await outcome;
    expect(text.split('\r\n\r\n')[1]).toBe('hello'.slice(0, afterBytes));
    expect(ending).toBe('ECONNRESET');
  });

  it('may stay silent', async () => {
    const { proxy, upstream } = both();
    answersSized(upstream, 'hello');
    proxy.set({ responseCut: { afterBytes: 2, how: 'silence' } });
    const { socket, arrived } = rawConnection(proxy.url, GET);
    const { readyState } = await arrived('\r\n\r\nhe').then(() => socket);
    expect(readyState).toBe('open');
  });

  it.each([answersSized, answersChunked])('may look complete (%p)', async (answers) => {
    const { proxy, upstream } = both();
    answers(upstream, 'hello');
    proxy.set({ responseCut: { afterBytes: 2, how: 'complete' } });
    const { body, whole, error } = await ask(proxy.url);
    expect({ body: body.toString(), whole, error }).toEqual({
      body: 'he',
      whole: true,
      error: undefined,
    });
  });

  it('that looks complete leaves the connection to the next request', async () => {
    const { proxy, upstream } = both();
    answersSized(upstream, 'hello'.repeat(100_000));
    proxy.set({ responseCut: { afterBytes: 2, how: 'complete', times: 1 } });
    const { socket, arrived } = rawConnection(proxy.url, GET);
    await arrived('\r\n\r\nhe');
    answersSized(upstream, 'second');
    socket.write(GET);
    expect(await arrived('second')).toMatch(/\r\n\r\nheHTTP\/1\.1 200 OK\r\n/);
  });

  it('leaves the Content-Length of an answer to HEAD', async () => {
    const { proxy, upstream } = both();
    answersSized(upstream, 'hello');
    proxy.set({ responseCut: { afterBytes: 2, how: 'complete' } });
    expect((await ask(proxy.url, { method: 'HEAD' })).headers['content-length']).toBe('5');
  });

  it.each(['close', 'reset', 'complete'] as const)(
    'lets a body of just so many bytes through whole (%s)',
    async (how) => {
      const { proxy, upstream } = both();
      answersSized(upstream, 'hello');
      proxy.set({ responseCut: { afterBytes: 5, how } });
      expect(await ask(proxy.url)).toMatchObject({ body: Buffer.from('hello'), whole: true });
    },
  );
});

describe('a wrong digest', () => {
  it.each([0, 3])('comes from one flipped bit in byte %i, the length stays', async (at) => {
    const { proxy, upstream } = both();
    answersSized(upstream, 'hello');
    proxy.set({ flippedByte: { at } });
    const { body, headers } = await ask(proxy.url);
    const right = Buffer.from('hello');
    expect([...body].map((byte, index) => byte ^ right[index]!)).toEqual(
      [0, 0, 0, 0, 0].with(at, 1),
    );
    expect(headers['content-length']).toBe('5');
    expect(sha256(body)).not.toBe(sha256(right));
  });

  it('is in the first byte when no other is named', async () => {
    const { proxy, upstream } = both();
    answersSized(upstream, 'a');
    proxy.set({ flippedByte: {} });
    expect((await ask(proxy.url)).body.toString()).toBe('`');
  });
});

describe('a slow answer', () => {
  it('comes one byte at a time', async () => {
    const { proxy, upstream } = both();
    answersSized(upstream, 'hello');
    proxy.set({ slow: { interval: 1 } });
    const { request, outcome } = begin(proxy.url);
    const sizes: number[] = [];
    request.on('response', (response) =>
      response.on('data', (chunk: Buffer) => sizes.push(chunk.length)),
    );
    expect((await outcome).body.toString()).toBe('hello');
    expect(sizes).toEqual([1, 1, 1, 1, 1]);
  });

  it('waits between two bytes', async () => {
    const { proxy, upstream } = both();
    answersSized(upstream, 'hello');
    proxy.set({ slow: { interval: 3_600_000 } });
    const { socket, arrived, outcome } = rawConnection(proxy.url, GET);
    expect(await arrived('\r\n\r\n')).toMatch(/\r\n\r\n$/);
    socket.destroy();
    expect((await outcome).text).toMatch(/\r\n\r\n$/);
  });

  it('may be cut and wrong too', async () => {
    const { proxy, upstream } = both();
    answersSized(upstream, 'hello');
    proxy.set({
      slow: { interval: 0 },
      flippedByte: { at: 1 },
      responseCut: { afterBytes: 2, how: 'complete' },
    });
    expect((await ask(proxy.url)).body.toString()).toBe('hd');
  });
});

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
