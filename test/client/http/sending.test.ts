import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ClientError } from '../../../src/client/error';
import type { HttpBody } from '../../../src/client/http/message';
import { bodyOf } from '../../../src/client/http/message';
import { temporaryFolder } from '../../support/temporary';
import { LocalServers, rejection } from './local-servers';

const servers = new LocalServers();
const MIB = 1024 * 1024;

/** A body that counts how often, and how far, it was read. */
function watchedBody(length: number): { readonly body: HttpBody; readonly read: () => number } {
  let read = 0;
  const open = (): Readable => {
    let left = length;
    return new Readable({
      read() {
        const size = Math.min(left, 65_536);
        left -= size;
        read += size;
        this.push(size === 0 ? null : Buffer.alloc(size, 'x'));
      },
    });
  };
  return { body: { length, open, isReplayable: true }, read: () => read };
}

describe('a large body is announced', () => {
  test('from 1 MiB on, or when its length is unknown, or when asked for', async () => {
    const server = await servers.http((request, response) => {
      request.resume().once('end', () => response.end());
    });
    const transport = servers.transport();
    const put = async (body: HttpBody, expectContinue?: boolean): Promise<string | undefined> => {
      await (
        await transport.send({ method: 'PUT', url: server.url(), body, expectContinue })
      ).discard();
      return server.headers.at(-1)!.expect;
    };
    expect(await put(bodyOf(Buffer.alloc(MIB - 1)))).toBeUndefined();
    expect(await put(bodyOf(Buffer.alloc(MIB)))).toBe('100-continue');
    expect(await put({ open: () => Readable.from(['bytes']) })).toBe('100-continue');
    expect(await put(bodyOf('bytes'), true)).toBe('100-continue');
    expect(await put(bodyOf(Buffer.alloc(MIB)), false)).toBeUndefined();
  });

  test('and sent once the server says continue', async () => {
    let received = 0;
    const { body, read } = watchedBody(2 * MIB);
    const server = await servers.http(() => undefined, {
      expecting: (request, response) => {
        expect(read()).toBe(0);
        response.writeContinue();
        request.on('data', (chunk: Buffer) => (received += chunk.length));
        request.once('end', () => response.writeHead(201).end());
      },
    });
    const answer = await servers.transport().send({ method: 'PUT', url: server.url(), body });
    await answer.discard();
    expect([answer.status, answer.isEarly, received]).toEqual([201, false, 2 * MIB]);
  });

  test('and not read at all when the server refuses at once', async () => {
    const { body, read } = watchedBody(2 * MIB);
    const server = await servers.http(() => undefined, {
      expecting: (_request, response) => void response.writeHead(401).end('no'),
    });
    const answer = await servers.transport().send({ method: 'PUT', url: server.url(), body });
    expect([answer.status, answer.isEarly, await answer.text(), read()]).toEqual([
      401,
      true,
      'no',
      0,
    ]);
  });

  test('and sent in the end to a server that never says a word about it', async () => {
    const { body } = watchedBody(MIB);
    const server = await servers.http(() => undefined, {
      expecting: (request, response) =>
        void request.resume().once('end', () => response.end('late')),
    });
    const answer = await servers.transport().send({ method: 'PUT', url: server.url(), body });
    expect([answer.status, await answer.text()]).toEqual([200, 'late']);
  });

  test('and sent without asking to one that knows no expectations', async () => {
    const { body } = watchedBody(MIB);
    const server = await servers.http(
      (request, response) => void request.resume().once('end', () => response.end('fine')),
      { expecting: (_request, response) => void response.writeHead(417).end() },
    );
    const answer = await servers
      .transport()
      .send({ method: 'POST', url: server.url(), body: { ...body, isReplayable: false } });
    expect(await answer.text()).toBe('fine');
    expect(server.headers.map(({ expect: expectation }) => expectation)).toEqual([
      '100-continue',
      undefined,
    ]);
  });
});

describe('an answer before the body is sent', () => {
  test('ends the sending, is read, and its connection serves nothing else', async () => {
    const { body, read } = watchedBody(64 * MIB);
    const server = await servers.http((request, response) => {
      if (request.method === 'GET') {
        response.end('next');
        return;
      }
      request.once('data', () => {
        request.pause();
        request.on('error', () => undefined);
        response.writeHead(413, { 'Content-Type': 'text/html' }).end('<h1>too large</h1>');
        // Who does not read does not see the client leave.
        response.once('finish', () => request.resume());
      });
    });
    const transport = servers.transport();
    const request = { method: 'PUT', url: server.url(), body, expectContinue: false } as const;
    const answer = await transport.send(request);
    expect([answer.status, answer.isEarly]).toEqual([413, true]);
    expect(await answer.text()).toBe('<h1>too large</h1>');
    expect(read()).toBeLessThan(64 * MIB);
    expect(await (await transport.send({ method: 'GET', url: server.url() })).text()).toBe('next');
    expect(server.sockets).toHaveLength(2);
  });

  test('is read as far as it came when the server closes on top of it', async () => {
    const { body } = watchedBody(64 * MIB);
    const server = await servers.tcp((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 100\r\n\r\ntoo large', () =>
          socket.destroy(),
        );
      });
    });
    const outcome = await servers
      .transport()
      .send({ method: 'PUT', url: server.url(), body, expectContinue: false })
      .then(
        async (answer) => `${answer.status} ${await answer.text()}`,
        (error: ClientError) => error.code,
      );
    // Whether the answer or the reset is seen first is the kernel's choice.
    expect(['413 too large', '413 ', 'REG210']).toContain(outcome);
  });
});

describe('a body', () => {
  const folder = temporaryFolder();

  test('of unknown length is sent chunked, of known length with it', async () => {
    const received: string[] = [];
    const server = await servers.http((request, response) => {
      request.on('data', (chunk: Buffer) => received.push(`${chunk}`));
      request.once('end', () => response.end());
    });
    const transport = servers.transport();
    const open = (): Readable => Readable.from(['some ', 'bytes']);
    for (const body of [{ open }, { open, length: 10 }]) {
      await (await transport.send({ method: 'PUT', url: server.url(), body })).discard();
    }
    expect(received.join('')).toBe('some bytessome bytes');
    expect(server.headers[0]).toMatchObject({ 'transfer-encoding': 'chunked' });
    expect(server.headers[0]).not.toHaveProperty('content-length');
    expect(server.headers[1]).toMatchObject({ 'content-length': '10' });
    expect(server.headers[1]).not.toHaveProperty('transfer-encoding');
  });

  test('of no bytes is sent as such', async () => {
    const server = await servers.http((_request, response) => void response.end('ok'));
    const answer = await servers
      .transport()
      .send({ method: 'PUT', url: server.url(), body: bodyOf('') });
    expect(await answer.text()).toBe('ok');
    expect(server.headers[0]).toMatchObject({ 'content-length': '0' });
  });

  const failing: readonly (readonly [what: string, open: () => Readable, message: RegExp])[] = [
    ['fails', () => new Readable({ read: (): never => fail('disk gone') }), /disk gone/],
    [
      'fails after some bytes',
      () =>
        Readable.from(
          (function* () {
            yield 'some';
            throw new Error('disk gone');
          })(),
        ),
      /disk gone/,
    ],
    ['cannot be opened', () => fail('no such file'), /no such file/],
    ['is not there', () => createReadStream(join(folder(), 'nothing')), /ENOENT/],
    [
      'ends without an end',
      () => {
        const stream = new Readable({ read: () => undefined });
        stream.push('some');
        setImmediate(() => stream.destroy());
        return stream;
      },
      /premature close/i,
    ],
    ['is shorter than announced', () => Readable.from(['some']), /ended after 4 of 10 bytes/],
    [
      'is longer than announced',
      () => Readable.from(['some', ' more bytes']),
      /more than the 10 bytes/,
    ],
  ];

  test.each(failing)(
    'whose source %s ends the request with that error, once',
    async (_what, open, message) => {
      const bodies: string[] = [];
      const server = await servers.http((request) => {
        request.on('data', (chunk: Buffer) => bodies.push(`${chunk}`));
        request.on('error', () => undefined);
      });
      for (const expectContinue of [false, true]) {
        const error = await rejection(
          servers.transport().send({
            method: 'PUT',
            url: server.url(),
            body: { length: 10, open, isReplayable: true },
            isRepeatable: true,
            expectContinue,
          }),
        );
        expect(error.message).toMatch(message);
      }
      expect(bodies.join('').length).toBeLessThanOrEqual(20);
    },
  );

  test('whose file grows while it is sent never spills into the next request', async () => {
    const file = join(folder(), 'log');
    writeFileSync(file, 'x'.repeat(1000));
    const server = await servers.http((request, response) => {
      request.resume().once('end', () => response.end());
      request.on('error', () => undefined);
    });
    const open = (): Readable => {
      writeFileSync(file, 'GET /smuggled HTTP/1.1\r\n\r\n', { flag: 'a' });
      return createReadStream(file);
    };
    const error = await rejection(
      servers.transport().send({ method: 'PUT', url: server.url(), body: { length: 1000, open } }),
    );
    expect(error.message).toMatch(/more than the 1000 bytes/);
    expect(server.requests.filter((request) => request.includes('smuggled'))).toEqual([]);
  });

  test('that waits for its source is not taken for a silent server', async () => {
    const server = await servers.http((request, response) => {
      request.resume().once('end', () => response.end('whole'));
    });
    const source = new Readable({ read: () => undefined });
    source.push('some');
    const idleMs = 300;
    const late = setTimeout(() => source.push(null), idleMs * 4);
    const answer = await servers.transport({ idleMs }).send({
      method: 'PUT',
      url: server.url(),
      body: { open: () => source },
      expectContinue: false,
    });
    expect(await answer.text()).toBe('whole');
    clearTimeout(late);
  });
});

function fail(message: string): never {
  throw new Error(message);
}
