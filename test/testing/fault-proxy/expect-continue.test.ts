import { ask, begin } from './client';
import { proxied } from './proxied';

const both = proxied();

const asked = { method: 'PUT', body: 'hello', headers: { 'Content-Length': 5 }, expect: true };

it('passes Expect on, and 100 Continue back when the upstream asks for the body', async () => {
  const { proxy, upstream } = both();
  const { status, continued } = await ask(proxy.url, asked);
  expect({ status, continued }).toEqual({ status: 201, continued: true });
  expect(upstream.seen[0]!.headers.expect).toBe('100-continue');
  expect(upstream.seen[0]!.body.toString()).toBe('hello');
});

it('asks for no body before the upstream does', async () => {
  const { proxy, upstream } = both();
  let sent = false;
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    upstream.expect = (_request, response) => {
      goOn = () => response.writeContinue();
      resolve();
    };
  });
  const { request, outcome } = begin(proxy.url, asked);
  request.on('continue', () => (sent = true));
  await held;
  expect(sent).toBe(false);
  const continued = new Promise((resolve) => request.on('continue', resolve));
  goOn();
  await continued;
  request.destroy();
  await outcome;
  expect(sent).toBe(true);
});

it('passes a refusal of the upstream on that comes instead of 100 Continue', async () => {
  const { proxy, upstream } = both();
  upstream.expect = (_request, response) => response.writeHead(401).end('who?');
  const { status, body, continued, sentBody } = await ask(proxy.url, asked);
  expect({ status, body: body.toString(), continued, sentBody }).toEqual({
    status: 401,
    body: 'who?',
    continued: false,
    sentBody: false,
  });
});

it('answers 100 Continue itself where it is told to, and the upstream sees no Expect', async () => {
  const { proxy, upstream } = both();
  proxy.set({ expectContinue: { by: 'proxy' } });
  upstream.expect = () => {
    throw new Error('the upstream was asked');
  };
  const { status, continued } = await ask(proxy.url, asked);
  expect({ status, continued }).toEqual({ status: 201, continued: true });
  expect(upstream.seen[0]!.headers).not.toHaveProperty('expect');
  expect(upstream.seen[0]!.body.toString()).toBe('hello');
});

it('sends no 100 Continue to a client that did not expect one', async () => {
  const { proxy } = both();
  proxy.set({ expectContinue: { by: 'proxy' } });
  const { status, continued } = await ask(proxy.url, { ...asked, expect: false });
  expect({ status, continued }).toEqual({ status: 201, continued: false });
});

it('answers itself, without asking for the body, where it is told to answer', async () => {
  const { proxy } = both();
  proxy.set({ answer: { status: 429 } });
  const { status, continued, sentBody } = await ask(proxy.url, asked);
  expect({ status, continued, sentBody }).toEqual({
    status: 429,
    continued: false,
    sentBody: false,
  });
});
