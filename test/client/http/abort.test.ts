import { getEventListeners } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Transport } from '../../../src/client/http/transport';
import { get, LocalServers, rejection } from './local-servers';

const servers = new LocalServers();

/** Aborts with a reason of its own and knows who still listens. */
class Aborting {
  private readonly controller = new AbortController();
  public readonly reason = new Error('enough');
  public readonly signal = this.controller.signal;

  public now = (): void => this.controller.abort(this.reason);

  public get listeners(): number {
    return getEventListeners(this.signal, 'abort').length;
  }
}

/** A body without end that counts what was asked of it, and knows whether it was let go. */
class EndlessBody {
  public isDestroyed = false;
  public open = (): Readable => {
    const stream = new Readable({
      read() {
        setImmediate(() => this.push(Buffer.alloc(65_536)));
      },
    });
    stream.once('close', () => (this.isDestroyed = true));
    return stream;
  };
}

describe('an aborted request', () => {
  test('is not begun when the signal was aborted before', async () => {
    const aborting = new Aborting();
    aborting.now();
    const server = await servers.http((_request, response) => void response.end());
    const { signal } = aborting;
    expect(await rejection(get(servers.transport(), server.url(), { signal }))).toBe(
      aborting.reason,
    );
    expect(server.sockets).toHaveLength(0);
  });

  test('ends while it connects', async () => {
    const aborting = new Aborting();
    const { signal } = aborting;
    const server = await servers.http((_request, response) => void response.end());
    const sending = rejection(get(servers.transport(), server.url(), { signal }));
    aborting.now();
    expect(await sending).toBe(aborting.reason);
    expect(server.requests).toEqual([]);
  });

  test('ends while it waits for one of the eight connections', async () => {
    const aborting = new Aborting();
    let isHolding = true;
    const held: (() => void)[] = [];
    const server = await servers.http((_request, response) => {
      const answer = (): void => void response.end('fine');
      held.push(answer);
      if (!isHolding) {
        answer();
      } else if (held.length === 8) {
        allHeld();
      }
    });
    let allHeld!: () => void;
    const eightHeld = new Promise<void>((resolve) => (allHeld = resolve));
    const transport = servers.transport();
    const eight = Array.from({ length: 8 }, () => get(transport, server.url()));
    await eightHeld;
    const ninth = rejection(get(transport, server.url(), { signal: aborting.signal }));
    aborting.now();
    expect(await ninth).toBe(aborting.reason);
    isHolding = false;
    held.forEach((answer) => answer());
    await Promise.all(eight);
    // The connections it waited for are as good as ever.
    expect((await get(transport, server.url())).text).toBe('fine');
    expect(server.sockets).toHaveLength(8);
  });

  test('ends while it waits for the word of the server, and reads nothing of its body', async () => {
    const aborting = new Aborting();
    const body = new EndlessBody();
    let opened = 0;
    const server = await servers.http(() => undefined, { expecting: () => aborting.now() });
    const error = await rejection(
      servers.transport().send({
        method: 'PUT',
        url: server.url(),
        body: { open: () => (opened++, body.open()) },
        signal: aborting.signal,
      }),
    );
    expect(error).toBe(aborting.reason);
    expect(opened).toBe(0);
  });

  test('ends while it sends, and lets its source go', async () => {
    const aborting = new Aborting();
    const body = new EndlessBody();
    const server = await servers.http((request) => {
      request.once('data', aborting.now);
      request.on('data', () => undefined);
      request.on('error', () => undefined);
    });
    const error = await rejection(
      servers.transport().send({
        method: 'PUT',
        url: server.url(),
        body,
        expectContinue: false,
        signal: aborting.signal,
      }),
    );
    expect(error).toBe(aborting.reason);
    await new Promise(setImmediate);
    expect(body.isDestroyed).toBe(true);
    expect(aborting.listeners).toBe(0);
  });

  test('ends while it waits for the answer, and is not repeated', async () => {
    const aborting = new Aborting();
    const server = await servers.http(() => aborting.now());
    const error = await rejection(
      get(servers.transport(), server.url(), { signal: aborting.signal }),
    );
    expect(error).toBe(aborting.reason);
    expect(server.requests).toHaveLength(1);
  });

  test.each(['text', 'json', 'body'] as const)(
    'ends while its answer is read by %s',
    async (how) => {
      const aborting = new Aborting();
      const server = await servers.http((_request, response) => void response.write('some'));
      const answer = await servers
        .transport()
        .send({ method: 'GET', url: server.url(), signal: aborting.signal });
      const reading = rejection(
        how === 'body'
          ? pipeline(answer.body, new Writable({ write: (_chunk, _encoding, done) => done() }))
          : answer[how](),
      );
      setImmediate(aborting.now);
      expect(await reading).toBe(aborting.reason);
      await new Promise(setImmediate);
      expect(aborting.listeners).toBe(0);
    },
  );

  test('ends while its answer is discarded', async () => {
    const aborting = new Aborting();
    const server = await servers.http((_request, response) => void response.write('some'));
    const answer = await servers
      .transport()
      .send({ method: 'GET', url: server.url(), signal: aborting.signal });
    const discarded = answer.discard();
    aborting.now();
    await discarded;
  });

  test('ends in the pause between two attempts, whoever waits', async () => {
    const server = await servers.http((_request, response) => void response.writeHead(503).end());
    const aborting = new Aborting();
    const patient = servers.transport({ wait: async () => aborting.now() });
    expect(await rejection(get(patient, server.url(), { signal: aborting.signal }))).toBe(
      aborting.reason,
    );
    expect(server.requests).toHaveLength(1);

    const second = new Aborting();
    const timed = new Transport({ proxyFor: () => '', random: () => 1, record: second.now });
    expect(await rejection(get(timed, server.url(), { signal: second.signal }))).toBe(
      second.reason,
    );
    timed.close();
  });

  test('rejects with whatever the signal was aborted with', async () => {
    const server = await servers.http(() => undefined);
    for (const reason of ['interrupted', 7, undefined]) {
      const controller = new AbortController();
      const { signal } = controller;
      const sending = rejection<unknown>(get(servers.transport(), server.url(), { signal }));
      controller.abort(reason);
      expect(await sending).toBe(signal.reason);
    }
  });

  test('rejects with the TimeoutError of a deadline', async () => {
    const server = await servers.http(() => undefined);
    const signal = AbortSignal.timeout(50);
    const error = await rejection(get(servers.transport(), server.url(), { signal }));
    expect(error.name).toBe('TimeoutError');
  });
});

test('a signal that serves many requests gathers no listeners, and Node.js warns of none', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on('warning', note);
  const aborting = new Aborting();
  const { signal } = aborting;
  const server = await servers.http((_request, response) => void response.end('fine'));
  const transport = servers.transport();
  await Promise.all(Array.from({ length: 40 }, () => get(transport, server.url(), { signal })));
  await new Promise(setImmediate);
  process.off('warning', note);
  expect(aborting.listeners).toBe(0);
  expect(warnings).toEqual([]);
});

test('a signal that is aborted later does no harm to the kept connection', async () => {
  const aborting = new Aborting();
  const server = await servers.http((_request, response) => void response.end('fine'));
  const transport = servers.transport();
  await get(transport, server.url(), { signal: aborting.signal });
  aborting.now();
  expect((await get(transport, server.url())).text).toBe('fine');
  expect(server.sockets).toHaveLength(1);
});
