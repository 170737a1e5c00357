import { createHash } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type { RequestListener } from 'node:http';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import type { HttpResponse } from '../../../src/client/http/message';
import type { Transport } from '../../../src/client/http/transport';
import { testCertificate } from '../../../src/testing/certificate';
import { ConnectProxy } from './connect-proxy';
import type { LocalServer } from './local-servers';
import { LocalServers, rejection } from './local-servers';

const servers = new LocalServers();
const certificate = testCertificate({ names: ['127.0.0.1'] });

const MEBI = 1024 * 1024;

/** What a connection may read at once. */
const SHORT = MEBI / 2;

/** Longer than what a connection reads at once, and every part of it tells its place. */
const CONTENT = Buffer.alloc(3 * MEBI + 77);
for (let at = 0; at + 4 <= CONTENT.length; at += 64) {
  CONTENT.writeUInt32LE(at, at);
}

const sendContent: RequestListener = (_request, response) => {
  response.writeHead(200, { 'Content-Length': CONTENT.length }).end(CONTENT);
};

/** A head, the first `count` bytes, and then nothing. */
const sendStart =
  (count: number, then: (socket: NodeJS.WritableStream) => void = () => undefined) =>
  (socket: NodeJS.WritableStream & Readable): void => {
    socket.once('data', () => {
      socket.write(`HTTP/1.1 206 Partial Content\r\nContent-Length: ${CONTENT.length}\r\n\r\n`);
      socket.write(CONTENT.subarray(0, count), () => then(socket));
    });
  };

async function open(
  transport: Transport,
  server: LocalServer,
  more: { readonly signal?: AbortSignal; readonly idleMs?: number } = {},
): Promise<HttpResponse> {
  return transport.send({ method: 'GET', url: server.url(), reusesBuffers: true, ...more });
}

/** What came, copied as the handler of `data` sees it. */
interface Came {
  readonly bytes: Buffer;
  /** How many memories the chunks came in. */
  readonly memories: number;
  readonly error: Error | null;
}

async function read(body: Readable): Promise<Came> {
  const copies: Buffer[] = [];
  const memories = new Set<unknown>();
  body.on('data', (chunk: Buffer) => {
    memories.add(chunk.buffer);
    copies.push(Buffer.from(chunk));
  });
  await closing(body);
  return { bytes: Buffer.concat(copies), memories: memories.size, error: body.errored };
}

/** Waits for the end, whatever the reason. */
async function closing(stream: EventEmitter): Promise<void> {
  await new Promise((resolve) => stream.once('close', resolve));
}

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function expectContent({ bytes, error }: Came, length = CONTENT.length): void {
  expect(error).toBeNull();
  expect(bytes).toHaveLength(length);
  expect(digest(bytes)).toBe(digest(CONTENT.subarray(0, length)));
}

describe('a long body whose reader lets buffers be reused', () => {
  test.each(['http', 'https'] as const)(
    'comes over %s in one memory beside that of its head, and ends the connection',
    async (scheme) => {
      const server =
        scheme === 'http'
          ? await servers.http(sendContent)
          : await servers.https(certificate, sendContent);
      const transport = servers.transport({ ca: certificate.ca });
      const came = await read((await open(transport, server)).body);
      expectContent(came);
      expect(came.memories).toBeLessThanOrEqual(2);
      expectContent(await read((await open(transport, server)).body));
      expect(server.sockets).toHaveLength(2);
    },
  );

  test('is whole also when it is read by and by, and its chunks are kept', async () => {
    const server = await servers.http(sendContent);
    const { body } = await open(servers.transport(), server);
    const chunks: Buffer[] = [];
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      await turn();
    }
    expectContent({ bytes: Buffer.concat(chunks), memories: chunks.length, error: null });
  });

  test('waits while its reader pauses, and that is not taken for silence of the server', async () => {
    const server = await servers.http(sendContent);
    const { body } = await open(servers.transport(), server, { idleMs: 150 });
    body.once('data', () => {
      body.pause();
      // Some idle times.
      setTimeout(() => body.resume(), 450);
    });
    expectContent(await read(body));
  });

  test('gives all that came before it was cut, and says who cut it', async () => {
    const server = await servers.tcp(sendStart(2 * MEBI, (socket) => socket.end()));
    const { error, ...came } = await read((await open(servers.transport(), server)).body);
    expectContent({ ...came, error: null }, 2 * MEBI);
    expect(error).toMatchObject({
      code: 'REG210',
      message: expect.stringMatching(/ended its answer to GET \/ before it was complete/),
    });
  });

  test('fails once nothing more of it comes', async () => {
    const server = await servers.tcp(sendStart(2 * MEBI));
    const answer = await open(servers.transport(), server, { idleMs: 200 });
    const { error, ...came } = await read(answer.body);
    expectContent({ ...came, error: null }, 2 * MEBI);
    expect(error).toMatchObject({
      code: 'REG210',
      message: expect.stringMatching(/sent nothing more of its answer to GET \/ for 0\.2 s/),
    });
  });

  test('ends with the reason of the signal', async () => {
    const server = await servers.tcp(sendStart(2 * MEBI));
    const abort = new AbortController();
    const { body } = await open(servers.transport(), server, { signal: abort.signal });
    const enough = new Error('enough');
    body.once('data', () => abort.abort(enough));
    expect((await read(body)).error).toBe(enough);
  });

  test('ends its connection when the reader has enough', async () => {
    const server = await servers.tcp(sendStart(2 * MEBI));
    const { body } = await open(servers.transport(), server);
    const closed = closing(server.sockets[0]!);
    body.destroy();
    await closed;
  });

  test('is no longer than its head says', async () => {
    const surplus = sendStart(CONTENT.length, (socket) => socket.end('and something more'));
    const server = await servers.tcp(surplus);
    expectContent(await read((await open(servers.transport(), server)).body));
  });

  test('that ends before anybody reads it tells the reader who comes', async () => {
    const server = await servers.tcp(sendStart(2 * MEBI));
    const abort = new AbortController();
    const { body } = await open(servers.transport(), server, { signal: abort.signal });
    const closed = closing(body);
    const enough = new Error('enough');
    abort.abort(enough);
    await closed;
    expect(await rejection(finished(body))).toBe(enough);
  });

  test('comes through a tunnel of a proxy as every body does', async () => {
    const server = await servers.https(certificate, sendContent);
    const proxy = await ConnectProxy.start();
    const transport = servers.transport({
      ca: certificate.ca,
      proxyFor: () => `http://${proxy.host}`,
    });
    const came = await read((await open(transport, server)).body);
    transport.close();
    await proxy.close();
    expectContent(came);
    expect(came.memories).toBeGreaterThan(2);
  });
});

describe('a connection is kept for the next request after a body that', () => {
  test.each<[string, RequestListener]>([
    ['comes in chunks', (_request, response) => void response.end(CONTENT)],
    [
      'is short',
      (_request, response) => {
        response.writeHead(200, { 'Content-Length': SHORT }).end(CONTENT.subarray(0, SHORT));
      },
    ],
    [
      'is that of a refusal',
      (_request, response) => {
        response.writeHead(404, { 'Content-Length': CONTENT.length }).end(CONTENT);
      },
    ],
  ])('%s', async (what, listener) => {
    const server = await servers.http((request, response) => {
      if (what === 'comes in chunks') {
        response.writeHead(200, { 'Transfer-Encoding': 'chunked' });
      }
      listener(request, response);
    });
    const transport = servers.transport();
    const length = what === 'is short' ? SHORT : CONTENT.length;
    for (let count = 0; count < 3; count++) {
      expectContent(await read((await open(transport, server)).body), length);
    }
    expect(server.sockets).toHaveLength(1);
  });

  test('HEAD has not', async () => {
    const server = await servers.http((_request, response) => {
      response.writeHead(200, { 'Content-Length': CONTENT.length }).end();
    });
    const transport = servers.transport();
    for (let count = 0; count < 3; count++) {
      const request = { method: 'HEAD', url: server.url(), reusesBuffers: true } as const;
      await (await transport.send(request)).discard();
    }
    expect(server.sockets).toHaveLength(1);
  });
});
