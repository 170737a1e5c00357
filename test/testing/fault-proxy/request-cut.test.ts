import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Switches } from '../../../src/testing';
import { ask, begin } from './client';
import { proxied } from './proxied';
import { rawConnection } from './raw-client';
import { until } from './until';

const both = proxied();

const HEAD = 'PATCH / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n';

describe('a request body cut after some bytes', () => {
  it.each([0, 1, 4])(
    'gives the upstream exactly %i of them, the client 504',
    async (afterBytes) => {
      const { proxy, upstream } = both();
      proxy.set({ requestCut: { afterBytes } });
      const arrives = upstream.next();
      const { status, headers, body } = await ask(proxy.url, { method: 'PATCH', body: 'hello' });
      expect({ status, body: body.toString() }).toEqual({ status: 504, body: 'Gateway Timeout' });
      expect(headers).not.toHaveProperty('content-type');
      const seen = await arrives;
      expect(await seen.over).toBe(false);
      expect(seen.body.toString()).toBe('hello'.slice(0, afterBytes));
    },
  );

  it.each([5, 6])('lets a body of 5 pass a cut after %i', async (afterBytes) => {
    const { proxy, upstream } = both();
    proxy.set({ requestCut: { afterBytes } });
    expect((await ask(proxy.url, { method: 'PATCH', body: 'hello' })).status).toBe(201);
    expect(upstream.seen[0]!.body.toString()).toBe('hello');
  });

  it.each([
    ['reset', 'ECONNRESET'],
    ['close', 'end'],
  ] as const)('may end the connection: %s', async (how, ending) => {
    const { proxy, upstream } = both();
    proxy.set({ requestCut: { afterBytes: 3, how } });
    const arrives = upstream.next();
    const { outcome } = rawConnection(proxy.url, `${HEAD}hello`);
    expect(await outcome).toEqual({ text: '', ending });
    expect(await (await arrives).over).toBe(false);
  });

  it('may leave the client without an answer, the connection open', async () => {
    const { proxy, upstream } = both();
    proxy.set({ requestCut: { afterBytes: 3, how: 'silence' } });
    const arrives = upstream.next();
    const { socket, outcome } = rawConnection(proxy.url, `${HEAD}hello`);
    expect(await (await arrives).over).toBe(false);
    expect(socket.readyState).toBe('open');
    await proxy.close();
    expect((await outcome).text).toBe('');
  });
});

describe('a request body cut after some time', () => {
  // Only the clock of the proxy stands still; sockets go on.
  beforeEach(() =>
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date'] }),
  );
  afterEach(() => jest.useRealTimers());

  it('gives the client 504 while it still sends, and breaks off at the upstream', async () => {
    const { proxy, upstream } = both();
    proxy.set({ requestCut: { afterMilliseconds: 60_000 } });
    const arrives = upstream.next();
    const { outcome } = begin(proxy.url, { method: 'PATCH', body: 'part', unfinished: true });
    const seen = await arrives;
    await until(() => seen.body.length === 4);
    jest.advanceTimersByTime(59_999);
    expect(await isPending(outcome)).toBe(true);
    jest.advanceTimersByTime(1);
    const { status, headers, body } = await outcome;
    expect({ status, body: body.toString() }).toEqual({ status: 504, body: 'Gateway Timeout' });
    expect(headers.connection).toBe('close');
    expect(await seen.over).toBe(false);
  });

  it('may end the connection by a reset', async () => {
    const { proxy, upstream } = both();
    proxy.set({ requestCut: { afterMilliseconds: 60_000, how: 'reset' } });
    const arrives = upstream.next();
    const { outcome } = rawConnection(proxy.url, `${HEAD}hello`);
    await arrives;
    jest.advanceTimersByTime(60_000);
    expect(await outcome).toEqual({ text: '', ending: 'ECONNRESET' });
  });

  it('does not touch a request whose body is whole, however long its answer takes', async () => {
    const { proxy, upstream } = both();
    proxy.set({ requestCut: { afterMilliseconds: 60_000 } });
    upstream.answer = (_request, response, { over }) =>
      void over.then(() => {
        jest.advanceTimersByTime(3_600_000);
        response.end('late');
      });
    const { status, body } = await ask(proxy.url, { method: 'PUT', body: 'whole' });
    expect(`${status} ${String(body)}`).toBe('200 late');
  });

  it('does not touch a request without a body', async () => {
    const { proxy, upstream } = both();
    proxy.set({ requestCut: { afterMilliseconds: 60_000 } });
    upstream.answer = (_request, response) => {
      jest.advanceTimersByTime(3_600_000);
      response.end('late');
    };
    expect((await ask(proxy.url)).body.toString()).toBe('late');
  });
});

it.each<[string, Switches]>([
  ['a cut', { requestCut: { afterBytes: 4 } }],
  ['a limit', { bodyLimit: { bytes: 4, style: 'nginx' } }],
])('%s leaves an answer alone that the upstream has begun', async (_name, switches) => {
  const { proxy, upstream } = both();
  proxy.set(switches);
  const begun = new Promise<ServerResponse>((resolve) => {
    upstream.answer = (_request, response) => {
      response.writeHead(403, { 'Content-Length': 4 }).write('no');
      resolve(response);
    };
  });
  const { request, outcome } = begin(proxy.url, { method: 'PUT', body: 'part', unfinished: true });
  await once(request, 'response');
  request.write('more');
  await until(() => proxy.requests[0]!.bodyBytes === 8);
  (await begun).end('pe');
  const { status, body, whole } = await outcome;
  expect({ status, body: body.toString(), whole }).toEqual({
    status: 403,
    body: 'nope',
    whole: true,
  });
  expect(upstream.seen[0]!.body.toString()).toBe('part');
  request.destroy();
});

/** Whether a promise is not settled after some turns of the event loop. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let pending = true;
  void promise.then(() => (pending = false));
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  return pending;
}
