import type { RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import { bodyOf } from '../../../src/client/http/message';
import { testCertificate } from '../../../src/testing/certificate';
import { get, LocalServers, rejection } from './local-servers';

const servers = new LocalServers();
const certificate = testCertificate({ names: ['127.0.0.1'] });

describe('a connection', () => {
  test('serves one request after the other', async () => {
    const server = await servers.http((request, response) => {
      request.resume().once('end', () => response.end('fine'));
    });
    const transport = servers.transport();
    for (let count = 0; count < 20; count++) {
      await get(transport, server.url());
      const answer = await transport.send({
        method: 'PUT',
        url: server.url(),
        body: bodyOf('bytes'),
      });
      await answer.discard();
    }
    expect(server.sockets).toHaveLength(1);
  });

  test('serves the next upload though the source of the last one closes late', async () => {
    const server = await servers.http((request, response) => {
      request.resume().once('end', () => response.writeHead(201).end());
    });
    const transport = servers.transport();
    for (let count = 0; count < 5; count++) {
      const open = (): Readable =>
        new Readable({
          read() {
            this.push('bytes');
            this.push(null);
          },
          // As a file on a slow disk.
          destroy: (_error, done) => void setTimeout(done, 30),
        });
      const answer = await transport.send({
        method: 'PUT',
        url: server.url(),
        body: { length: 5, open },
      });
      expect([answer.status, answer.isEarly]).toEqual([201, false]);
      await answer.discard();
    }
    expect(server.sockets).toHaveLength(1);
  });

  test('serves requests of HEAD and answers without a body too', async () => {
    const server = await servers.http((_request, response) => void response.writeHead(204).end());
    const transport = servers.transport();
    for (const method of ['HEAD', 'DELETE', 'GET', 'HEAD'] as const) {
      await (await transport.send({ method, url: server.url() })).discard();
    }
    expect(server.sockets).toHaveLength(1);
  });

  test('is one of at most eight to an origin, the others wait', async () => {
    let open = 0;
    let most = 0;
    const server = await servers.http((_request, response) => {
      most = Math.max(most, ++open);
      setImmediate(() => {
        open--;
        response.end('fine');
      });
    });
    const transport = servers.transport();
    await Promise.all(Array.from({ length: 50 }, () => get(transport, server.url())));
    expect(server.sockets).toHaveLength(8);
    expect(most).toBeLessThanOrEqual(8);
  });

  test.each(['http', 'https'] as const)(
    'of %s that was waited for counts as standing when it is lost',
    async (scheme) => {
      const listener: RequestListener = (request, response) => {
        if (request.method === 'GET') {
          setImmediate(() => response.end('fine'));
        } else {
          response.socket!.destroy();
        }
      };
      const server =
        scheme === 'http'
          ? await servers.http(listener)
          : await servers.https(certificate, listener);
      const transport = servers.transport({ ca: certificate.ca });
      const eight = Array.from({ length: 8 }, () => get(transport, server.url()));
      const ninth = rejection(transport.send({ method: 'POST', url: server.url('/ninth') }));
      await Promise.all(eight);
      expect(server.sockets).toHaveLength(8);
      expect(await ninth).toMatchObject({ facts: { isUncertain: true } });
      expect(server.requests.filter((request) => request === 'POST /ninth')).toHaveLength(1);
    },
  );

  test('that the server closed while it was kept is not taken for a lost request of reading', async () => {
    let isFirst = true;
    const server = await servers.http((_request, response) => {
      const { socket } = response;
      if (isFirst) {
        isFirst = false;
        response.once('finish', () => socket!.destroy());
      }
      response.end('fine');
    });
    const transport = servers.transport();
    expect((await get(transport, server.url())).text).toBe('fine');
    expect((await get(transport, server.url())).text).toBe('fine');
  });

  test('is not kept when the server says close', async () => {
    const server = await servers.http((_request, response) => {
      response.writeHead(200, { Connection: 'close' }).end('fine');
    });
    const transport = servers.transport();
    await get(transport, server.url());
    await get(transport, server.url());
    expect(server.sockets).toHaveLength(2);
  });

  test('leaves no listener behind, however often it is used', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on('warning', note);
    const server = await servers.http((_request, response) => void response.end('fine'));
    const transport = servers.transport();
    const { signal } = new AbortController();
    const counts: number[] = [];
    for (let count = 0; count < 30; count++) {
      await get(transport, server.url(), { signal });
      const [socket] = Object.values(socketsOf(transport));
      counts.push(
        ['timeout', 'close', 'error', 'connect', 'data', 'end'].reduce(
          (sum, event) => sum + (socket?.listenerCount(event) ?? NaN),
          0,
        ),
      );
    }
    expect(new Set(counts).size).toBe(1);
    await new Promise(setImmediate);
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  test('ends with the transport', async () => {
    const server = await servers.http((_request, response) => void response.end('fine'));
    const transport = servers.transport();
    await get(transport, server.url());
    const closed = new Promise((resolve) => server.sockets[0]!.once('close', resolve));
    transport.close();
    await closed;
  });
});

/** The free sockets of a transport's agents: there is no public way to see them. */
function socketsOf(transport: unknown): NodeJS.EventEmitter[] {
  const { dialer } = transport as {
    dialer: { agents: Map<string, { freeSockets: { [name: string]: NodeJS.EventEmitter[] } }> };
  };
  return [...dialer.agents.values()].flatMap(({ freeSockets }) =>
    Object.values(freeSockets).flat(),
  );
}
