import { once } from 'node:events';
import { begin } from './client';
import { proxied } from './proxied';
import { rawConnection } from './raw-client';
import { until } from './until';

const both = proxied();

/** A request whose body has not begun. */
const UNFINISHED = 'PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 8\r\n\r\n';

// Only timers stand still; sockets go on.
beforeEach(() =>
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date'] }),
);
afterEach(() => jest.useRealTimers());

it('leaves no timer behind when a client leaves in the middle of its body', async () => {
  const { proxy, upstream } = both();
  proxy.set({ requestCut: { afterMilliseconds: 60_000 } });
  const arrives = upstream.next();
  const { request, outcome } = begin(proxy.url, { method: 'PUT', body: 'x', unfinished: true });
  const { over } = await arrives;
  expect(jest.getTimerCount()).toBe(1);
  request.destroy();
  await outcome;
  expect(await over).toBe(false);
  await until(() => jest.getTimerCount() === 0);
});

it('leaves no timer behind when a client leaves in the middle of a slow answer', async () => {
  const { proxy } = both();
  proxy.set({ slow: { interval: 1000 }, answer: { status: 200, body: 'slow' } });
  const { socket, arrived } = rawConnection(proxy.url, 'GET / HTTP/1.1\r\nHost: h\r\n\r\n');
  await arrived('\r\n\r\n');
  await until(() => jest.getTimerCount() === 1);
  socket.destroy();
  await until(() => jest.getTimerCount() === 0);
});

it('leaves no timer behind when it is closed', async () => {
  const { proxy } = both();
  proxy.set({ answer: { status: 503 } });
  const { socket, arrived } = rawConnection(proxy.url, UNFINISHED);
  socket.allowHalfOpen = true;
  await arrived('\r\n\r\n');
  await until(() => jest.getTimerCount() === 1);
  await proxy.close();
  await until(() => jest.getTimerCount() === 0);
});

it('waits no longer for a client that has sent the rest', async () => {
  const { proxy } = both();
  proxy.set({ answer: { status: 503 } });
  const { socket, arrived } = rawConnection(proxy.url, UNFINISHED);
  socket.allowHalfOpen = true;
  await arrived('\r\n\r\n');
  await until(() => jest.getTimerCount() === 1);
  socket.write('all of it'.slice(0, 8));
  await until(() => jest.getTimerCount() === 0);
});

it('does not wait for a client that sent the rest before it had the answer', async () => {
  const { proxy } = both();
  proxy.set({ answer: { status: 503, body: '!' }, slow: { interval: 1 } });
  const { socket, arrived } = rawConnection(proxy.url, UNFINISHED);
  socket.allowHalfOpen = true;
  await arrived('\r\n\r\n');
  const ended = once(socket, 'end');
  socket.write('all of it'.slice(0, 8));
  await until(() => proxy.requests[0]!.bodyBytes === 8 && jest.getTimerCount() === 1);
  jest.advanceTimersByTime(1);
  await ended;
  await until(() => jest.getTimerCount() === 0);
});

it('waits five seconds for a client that has its answer and neither sends nor closes', async () => {
  const { proxy } = both();
  proxy.set({ answer: { status: 503 } });
  const { socket, arrived, outcome } = rawConnection(proxy.url, UNFINISHED);
  socket.allowHalfOpen = true;
  await arrived('\r\n\r\n');
  await until(() => jest.getTimerCount() === 1);
  jest.advanceTimersByTime(5000);
  await until(() => jest.getTimerCount() === 0);
  // The proxy's half is gone: what comes now is answered with a RST.
  await until(() => socket.closed || !socket.write('more'.repeat(10_000)));
  socket.end();
  expect((await outcome).ending).toMatch(/^(ECONNRESET|EPIPE)$/);
});
