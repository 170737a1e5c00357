import { pipeline } from 'node:stream/promises';
import { Writable } from 'node:stream';
import type { ClientError } from '../../../src/client/error';
import { LocalServers, rejection } from './local-servers';

const servers = new LocalServers();

/** A server that writes `head` and goes on by hand. */
async function raw(head: string, then: 'keep' | 'close' | 'reset' | 'half-close' = 'keep') {
  return servers.tcp((socket) => {
    socket.once('data', () => {
      socket.write(head.replaceAll('\n', '\r\n'), () => {
        if (then === 'close') {
          socket.destroy();
        } else if (then === 'reset') {
          socket.resetAndDestroy();
        } else if (then === 'half-close') {
          socket.end();
        }
      });
    });
  });
}

describe('an answer that does not come', () => {
  const once = { retry: { attempts: 1 } };
  const losses: readonly (readonly [what: string, head: string, end: 'close' | 'reset'])[] = [
    ['the connection is closed', '', 'close'],
    ['the connection is reset', '', 'reset'],
    ['the status line ends in the middle', 'HTTP/1.1 20', 'close'],
    ['the header ends in the middle', 'HTTP/1.1 200 OK\nContent-Le', 'close'],
    ['the header is reset in the middle', 'HTTP/1.1 200 OK\nContent-Length: 3\n', 'reset'],
  ];

  test.each(losses)('%s', async (_what, head, end) => {
    const server = await raw(head, end);
    const error = await rejection<ClientError>(
      servers.transport(once).send({ method: 'POST', url: server.url('/a?token=abcdef') }),
    );
    expect(error.message).toMatch(
      /^'127\.0\.0\.1:\d+' ended the connection before it answered POST \/a \(\w+\) \(REG210\)$/,
    );
    expect(error.facts).toEqual({
      method: 'POST',
      url: `${server.origin}/a?token=redacted`,
      isUncertain: true,
    });
  });

  test.each([
    ['nothing', ''],
    ['half a header', 'HTTP/1.1 200 OK\nContent-Le'],
    ['nothing but 1xx', 'HTTP/1.1 103 Early Hints\n\n'],
  ])('%s comes, and the idle deadline ends it', async (_what, head) => {
    const server = await raw(head);
    const error = await rejection<ClientError>(
      servers.transport({ ...once, idleMs: 200 }).send({ method: 'PUT', url: server.url('/a') }),
    );
    expect(error.message).toMatch(
      /^'127\.0\.0\.1:\d+' answered nothing to PUT \/a for 0\.2 s: check the proxies on the way \(REG210\)$/,
    );
    expect(error.facts.isUncertain).toBe(true);
  });

  test('the deadline of a request outranks that of the transport', async () => {
    const server = await raw('');
    const error = await rejection<ClientError>(
      servers.transport(once).send({ method: 'PUT', url: server.url(), idleMs: 150 }),
    );
    expect(error.message).toMatch(/for 0\.15 s/);
  });

  test.each(['SSH-2.0-OpenSSH_9.2\n', '\x15\x03\x01\x00\x02\x02\x46', '<html>'])(
    '%j is no HTTP',
    async (head) => {
      const server = await raw(head, 'close');
      const error = await rejection<ClientError>(
        servers.transport().send({ method: 'GET', url: server.url() }),
      );
      expect(error.message).toMatch(/answers to GET \/ is not HTTP \(HPE_\w+\).*\(REG210\)$/);
      expect(server.sockets).toHaveLength(1);
    },
  );

  test('headers without end are refused', async () => {
    const server = await raw(`HTTP/1.1 200 OK\nX-Long: ${'x'.repeat(100_000)}\n\n`);
    const error = await rejection<ClientError>(
      servers.transport().send({ method: 'GET', url: server.url() }),
    );
    expect(error.message).toMatch(/HPE_HEADER_OVERFLOW/);
  });
});

describe('the body of an answer', () => {
  const broken: readonly (readonly [what: string, head: string, end: 'close' | 'reset'])[] = [
    ['is closed too early', 'HTTP/1.1 200 OK\nContent-Length: 10\n\nsome', 'close'],
    ['is reset', 'HTTP/1.1 200 OK\nContent-Length: 10\n\nsome', 'reset'],
    [
      'ends between two chunks',
      'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n4\nsome\n',
      'close',
    ],
    [
      'has a chunk that is none',
      'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n4\nsome\nXYZ\n',
      'close',
    ],
  ];
  const message =
    /^'127\.0\.0\.1:\d+' ended its answer to GET \/a before it was complete: a proxy may cut long transfers \(REG210\)$/;

  test.each(broken)('that %s is an error, however it is read', async (_what, head, end) => {
    const server = await raw(head, end);
    const transport = servers.transport();
    const read = async (how: 'text' | 'json' | 'body' | 'late'): Promise<string> => {
      const answer = await transport.send({ method: 'GET', url: server.url('/a') });
      const reading =
        how === 'body'
          ? pipeline(answer.body, new Writable({ write: (_chunk, _encoding, done) => done() }))
          : how === 'late'
            ? new Promise((resolve) => setTimeout(resolve, 20)).then(() => answer.text())
            : answer[how]();
      const error = await rejection<ClientError>(reading as Promise<unknown>);
      return error.message;
    };
    for (const how of ['text', 'json', 'body', 'late'] as const) {
      expect(await read(how)).toMatch(message);
    }
    await (await transport.send({ method: 'GET', url: server.url('/a') })).discard();
  });

  describe('that breaks off', () => {
    const cut = 'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"a"';
    const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"a":"bcd"}';
    const changed = 'HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone';

    async function answering(...answers: readonly string[]) {
      const left = [...answers];
      const server = await servers.tcp((socket) =>
        socket.once('data', () => socket.end(left.shift() ?? changed)),
      );
      return { server, transport: servers.transport() };
    }

    test('as text or JSON is asked for again, if it was only read', async () => {
      const { server, transport } = await answering(cut, cut, whole, cut, whole);
      const request = { method: 'GET', url: server.url('/a') } as const;
      expect(await (await transport.send(request)).json()).toEqual({ a: 'bcd' });
      expect(await (await transport.send(request)).text()).toBe('{"a":"bcd"}');
      expect(server.sockets).toHaveLength(5);
    });

    test('is asked for as often as a request that is lost', async () => {
      const { server, transport } = await answering(cut, cut, cut, cut, whole);
      const answer = await transport.send({ method: 'GET', url: server.url('/a') });
      expect((await rejection(answer.text())).message).toMatch(message);
      expect(server.sockets).toHaveLength(4);
    });

    test('is an error when the next answer is another one', async () => {
      const { server, transport } = await answering(cut, changed);
      const answer = await transport.send({ method: 'GET', url: server.url('/a') });
      expect((await rejection(answer.text())).message).toMatch(message);
    });

    test.each([
      { method: 'POST' },
      { method: 'PUT', isRepeatable: true },
      { method: 'GET', isRepeatable: false },
    ] as const)('is not asked for again when it answers %j', async (request) => {
      const { server, transport } = await answering(cut, whole);
      const answer = await transport.send({ ...request, url: server.url('/a') });
      expect((await rejection<ClientError>(answer.text())).code).toBe('REG210');
      expect(server.sockets).toHaveLength(1);
    });
  });

  test('without a length ends with the connection', async () => {
    const server = await raw('HTTP/1.1 200 OK\n\nsome bytes', 'half-close');
    const answer = await servers.transport().send({ method: 'GET', url: server.url() });
    expect(await answer.text()).toBe('some bytes');
  });

  test.each(['text', 'json'] as const)(
    'that stands still ends %s() by the idle deadline',
    async (how) => {
      const server = await raw('HTTP/1.1 200 OK\nContent-Length: 10\n\nsome');
      const answer = await servers
        .transport({ idleMs: 200 })
        .send({ method: 'GET', url: server.url('/a') });
      const error = await rejection<ClientError>(answer[how]());
      expect(error.message).toMatch(
        /sent nothing more of its answer to GET \/a for 0\.2 s: .*\(REG210\)$/,
      );
    },
  );

  test('that comes slowly but steadily is whole', async () => {
    const server = await servers.http((_request, response) => {
      let left = 30;
      response.writeHead(200, { 'Content-Length': '30' });
      const timer = setInterval(() => {
        response.write('x');
        if (--left === 0) {
          clearInterval(timer);
          response.end();
        }
      }, 50);
    });
    const answer = await servers
      .transport({ idleMs: 800 })
      .send({ method: 'GET', url: server.url() });
    expect(await answer.text()).toBe('x'.repeat(30));
  });

  test('that its reader leaves waiting is not blamed on the server', async () => {
    const size = 8 * 1024 * 1024;
    const server = await servers.http((_request, response) => {
      response.end(Buffer.alloc(size));
    });
    const answer = await servers
      .transport({ idleMs: 400 })
      .send({ method: 'GET', url: server.url() });
    let read = 0;
    const slow = new Writable({
      write(chunk: Buffer, _encoding, done) {
        // One pause of several idle times, then as fast as it comes.
        setTimeout(done, read === 0 ? 1000 : 0);
        read += chunk.length;
      },
    });
    await pipeline(answer.body, slow);
    expect(read).toBe(size);
  });

  test('of gigabytes is read only as far as wanted, and its connection ended', async () => {
    let written = 0;
    const server = await servers.http((_request, response) => {
      response.writeHead(200, {
        'Content-Type': 'text/html',
        'Content-Length': `${2 * 1024 ** 3}`,
      });
      const chunk = Buffer.alloc(65_536, '<p>');
      const more = (): void => {
        do {
          written += chunk.length;
        } while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    });
    const transport = servers.transport();
    const url = server.url();
    const text = await (await transport.send({ method: 'GET', url })).text();
    expect(Buffer.byteLength(text)).toBe(65_536);
    expect(await (await transport.send({ method: 'GET', url })).text(10)).toBe('<p><p><p><');
    await (await transport.send({ method: 'GET', url })).discard();
    expect(written).toBeLessThan(512 * 1024 * 1024);
    expect(server.sockets).toHaveLength(3);
  });

  test('of exactly the wanted size leaves the connection for the next request', async () => {
    const server = await servers.http((_request, response) => void response.end('0123456789'));
    const transport = servers.transport();
    for (const limit of [10, 20, 10]) {
      const answer = await transport.send({ method: 'GET', url: server.url() });
      expect(await answer.text(limit)).toBe('0123456789');
    }
    expect(server.sockets).toHaveLength(1);
  });

  test('as JSON is parsed', async () => {
    const server = await servers.http((_request, response) => void response.end('{"a":[1]}'));
    const answer = await servers.transport().send({ method: 'GET', url: server.url() });
    expect(await answer.json()).toEqual({ a: [1] });
  });

  test.each([
    [
      '<html>\n<h1>Sign in</h1>',
      /something that is not JSON: '<html>\s<h1>Sign in<\/h1>'; a proxy/,
    ],
    ['', /something that is not JSON: ''/],
    ['{"a":', /something that is not JSON/],
    [`token=${'a'.repeat(40)}`, /something that is not JSON: '‹redacted›'/],
    [`"${'x'.repeat(16 * 1024 * 1024)}"`, /with more than 16 MiB of JSON/],
  ])('that is no JSON says who answered: %#', async (body, message) => {
    const server = await servers.http((_request, response) => void response.end(body));
    const answer = await servers.transport().send({ method: 'GET', url: server.url('/api') });
    const error = await rejection<ClientError>(answer.json());
    expect(error.message).toMatch(message);
    expect(error).toMatchObject({ code: 'REG210', facts: { status: 200 } });
  });
});
