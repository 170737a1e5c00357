import * as fc from 'fast-check';
import type { ClientError } from '../../../src/client/error';
import { bodyOf } from '../../../src/client/http/message';
import { proxyFromEnvironment } from '../../../src/client/http/proxy-environment';
import type { Exchange } from '../../../src/client/http/recording';
import type { TransportOptions } from '../../../src/client/http/transport';
import { Transport } from '../../../src/client/http/transport';
import { testCertificate } from '../../../src/testing/certificate';
import { environmentVariable } from '../../support/temporary';
import { ConnectProxy } from './connect-proxy';
import { CLOSED_PORT, get, LocalServers, rejection } from './local-servers';

const certificate = testCertificate({ names: ['127.0.0.1'] });
const servers = new LocalServers();
let proxy: ConnectProxy;
beforeEach(async () => {
  proxy = await ConnectProxy.start();
});
// Before that of the servers: hooks run in the order they were given, and a proxy holds connections to them.
const transports: Transport[] = [];
afterEach(async () => {
  transports.splice(0).forEach((transport) => transport.close());
  await proxy.close();
});

function through(userinfo = '', options: TransportOptions = {}): Transport {
  const transport = servers.transport({
    ca: certificate.ca,
    proxyFor: () => `http://${userinfo}${proxy.host}`,
    ...options,
  });
  transports.push(transport);
  return transport;
}

describe('a proxy for https', () => {
  const upstream = async () =>
    servers.https(certificate, (request, response) => {
      request.resume().once('end', () => response.end(request.url));
    });

  test('is asked for a tunnel once, and sees nothing of the requests', async () => {
    const server = await upstream();
    const transport = through();
    for (let count = 0; count < 3; count++) {
      expect((await get(transport, server.url('/v2/'))).text).toBe('/v2/');
    }
    expect(proxy.requests).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
    expect(server.headers[0]).not.toHaveProperty('proxy-authorization');
    expect(server.headers[0]).not.toHaveProperty('proxy-connection');
  });

  test('gets user and password of its URL, decoded', async () => {
    const server = await upstream();
    await get(through('user:p%40ss%25@'), server.url());
    expect(proxy.headers[0]!['proxy-authorization']).toBe(
      `Basic ${Buffer.from('user:p@ss%').toString('base64')}`,
    );
  });

  test('gets a password with a bare per cent sign as it stands', async () => {
    const server = await upstream();
    await get(through('user:100%@'), server.url());
    expect(proxy.headers[0]!['proxy-authorization']).toBe(
      `Basic ${Buffer.from('user:100%').toString('base64')}`,
    );
  });

  test('does not shield a certificate from being checked', async () => {
    const server = await upstream();
    const error = await rejection<ClientError>(get(through('', { ca: undefined }), server.url()));
    expect(error.message).toMatch(/^the certificate of '127\.0\.0\.1:\d+' .*\(REG123\)$/);
  });

  test.each([
    [407, 1, /put user and password into the URL of HTTPS_PROXY \(REG113\)$/],
    [403, 1, /allow the host there, or name it in NO_PROXY \(REG113\)$/],
    [302, 1, /it answered 302/],
    [404, 1, /it answered 404/],
    [502, 4, /it answered 502/],
    [503, 4, /it answered 503/],
  ])('that answers %d is never taken for the server', async (status, attempts, message) => {
    const server = await upstream();
    proxy.refusal = status;
    const request = { method: 'DELETE', url: server.url() } as const;
    const error = await rejection<ClientError>(through().send(request));
    expect(error.message).toMatch(
      new RegExp(
        `^the proxy '${proxy.host}' made no connection to '127\\.0\\.0\\.1:${server.port}'`,
      ),
    );
    expect(error.message).toMatch(message);
    expect(error.facts).toMatchObject({ responder: 'proxy', isUncertain: false });
    expect(error.facts.status).toBeUndefined();
    expect(proxy.requests).toHaveLength(attempts);
    expect(server.requests).toEqual([]);
  });

  test('that takes no connection is named', async () => {
    const server = await upstream();
    const transport = through('', { proxyFor: () => `http://127.0.0.1:${CLOSED_PORT}` });
    const error = await rejection<ClientError>(get(transport, server.url()));
    expect(error.message).toBe(
      `the proxy '127.0.0.1:${CLOSED_PORT}' takes no connection: check port, firewall and load balancer (REG113)`,
    );
  });

  test('that says nothing is given up after the idle time, and leaves nothing open', async () => {
    const server = await upstream();
    proxy.refusal = 'silence';
    const transport = through('', { idleMs: 200, retry: { attempts: 1 } });
    const error = await rejection<ClientError>(get(transport, server.url()));
    expect(error.message).toMatch(/^the proxy '.*' took no connection for 0\.2 s: .*\(REG113\)$/);
  });

  test.each(['close', 'garbage'] as const)('that answers CONNECT with %s is named', async (how) => {
    const server = await upstream();
    proxy.refusal = how;
    const error = await rejection<ClientError>(
      through().send({ method: 'POST', url: server.url() }),
    );
    expect(error.message).toMatch(/^the proxy '/);
    expect(server.requests).toEqual([]);
  });

  test('that says nothing is left when the signal is aborted', async () => {
    const server = await upstream();
    proxy.refusal = 'silence';
    const controller = new AbortController();
    const sending = rejection(get(through(), server.url(), { signal: controller.signal }));
    const reason = new Error('enough');
    while (proxy.requests.length === 0) {
      await new Promise(setImmediate);
    }
    controller.abort(reason);
    expect(await sending).toBe(reason);
  });

  test('does not hide that a connection stood: an unsafe request is not repeated', async () => {
    const server = await servers.https(certificate, (_request, response) => {
      response.socket!.destroy();
    });
    const error = await rejection<ClientError>(
      through().send({ method: 'POST', url: server.url() }),
    );
    expect(error.message).toMatch(
      /^'127\.0\.0\.1:\d+' ended the connection before it answered POST/,
    );
    expect(error.facts.isUncertain).toBe(true);
    expect(server.requests).toHaveLength(1);
  });

  test('that is https itself is reached by TLS', async () => {
    const server = await upstream();
    const tlsProxy = await servers.https(certificate, () => undefined, {
      connecting: (socket) => void socket.end('HTTP/1.1 403 No\r\n\r\n'),
    });
    const transport = through('', { proxyFor: () => tlsProxy.origin });
    const error = await rejection<ClientError>(get(transport, server.url()));
    expect(error.message).toMatch(/^the proxy '.*it answered 403/);
  });
});

describe('a proxy for http', () => {
  test('gets each request in absolute form, on one connection', async () => {
    const server = await servers.http((request, response) => {
      request.resume().once('end', () => response.end(`${request.method} ${request.url}`));
    });
    const transport = through('user:secret@');
    const url = server.url('//a%2Fb?from=http://other.example/');
    expect((await get(transport, url)).text).toBe('GET //a%2Fb?from=http://other.example/');
    const answer = await transport.send({ method: 'PUT', url, body: bodyOf('bytes') });
    await answer.discard();
    expect(proxy.requests).toEqual([`GET ${url.href}`, `PUT ${url.href}`]);
    expect(proxy.headers[0]).toMatchObject({
      host: `127.0.0.1:${server.port}`,
      'proxy-authorization': `Basic ${Buffer.from('user:secret').toString('base64')}`,
    });
    expect(server.sockets.length).toBeGreaterThan(0);
  });

  test('counts as standing once it is connected: an unsafe request is not repeated', async () => {
    const dead = await servers.tcp((socket) => socket.once('data', () => socket.destroy()));
    const transport = servers.transport({ proxyFor: () => dead.origin });
    const error = await rejection<ClientError>(
      transport.send({ method: 'POST', url: new URL('http://git.example.org/') }),
    );
    expect(error.message).toMatch(/^the proxy '127\.0\.0\.1:\d+' ended the connection before/);
    expect(error.facts.isUncertain).toBe(true);
    expect(dead.sockets).toHaveLength(1);
  });
});

test('a connect-to rule outranks the proxy', async () => {
  const server = await servers.http((_request, response) => void response.end('direct'));
  const transport = through('', {
    connectTo: [{ host: 'git.example.org', address: '127.0.0.1', addressPort: server.port }],
  });
  expect((await get(transport, new URL('http://git.example.org/'))).text).toBe('direct');
  expect(proxy.requests).toEqual([]);
});

describe('the environment', () => {
  const set = environmentVariable('HTTP_PROXY');
  const setLower = environmentVariable('http_proxy');
  environmentVariable('NO_PROXY');
  environmentVariable('no_proxy');

  test('names the proxy that is used', async () => {
    setLower(undefined);
    set(proxy.host);
    const transport = new Transport();
    transports.push(transport);
    const server = await servers.http((_request, response) => void response.end());
    proxy.requests.length = 0;
    // Loopback takes no proxy; the name is one, so that the proxy is asked, and refuses it.
    await get(transport, server.url());
    expect(proxy.requests).toEqual([]);
    const { answer } = await get(transport, new URL('http://nothing.invalid/'), {
      isRepeatable: false,
    });
    expect([answer.status, proxy.requests]).toEqual([502, ['GET http://nothing.invalid/']]);
  });

  const table: readonly (readonly [
    url: string,
    environment: { readonly [name: string]: string },
    proxy: string | undefined,
  ])[] = [
    ['https://git.example.org/', {}, undefined],
    ['https://git.example.org/', { HTTPS_PROXY: 'http://p:1' }, 'http://p:1/'],
    ['https://git.example.org/', { https_proxy: 'p:1', HTTPS_PROXY: 'q:1' }, 'http://p:1/'],
    ['https://git.example.org/', { https_proxy: ' ', HTTPS_PROXY: ' q:1 ' }, 'http://q:1/'],
    ['https://git.example.org/', { HTTPS_PROXY: 'https://p' }, 'https://p/'],
    ['https://git.example.org/', { HTTPS_PROXY: 'user:secret@p:1' }, 'http://user:secret@p:1/'],
    ['https://git.example.org/', { HTTP_PROXY: 'p:1' }, undefined],
    ['http://git.example.org/', { HTTPS_PROXY: 'p:1' }, undefined],
    ['http://git.example.org/', { HTTP_PROXY: 'p:1' }, 'http://p:1/'],
    ['http://git.example.org/', { ALL_PROXY: 'p:1' }, 'http://p:1/'],
    ['http://git.example.org/', { ALL_PROXY: 'p:1', http_proxy: 'q:1' }, 'http://q:1/'],
    ['http://localhost:3000/', { ALL_PROXY: 'p:1' }, undefined],
    ['http://127.0.0.53/', { ALL_PROXY: 'p:1' }, undefined],
    ['http://[::1]/', { ALL_PROXY: 'p:1' }, undefined],
    ['http://notlocalhost/', { ALL_PROXY: 'p:1' }, 'http://p:1/'],
  ];

  test.each(table)('for %s of %j is %s', (url, environment, expected) => {
    expect(proxyFromEnvironment(new URL(url), environment)?.href).toBe(expected);
  });

  test.each([
    ['*', 'https://git.example.org/', true],
    ['git.example.org', 'https://git.example.org/', true],
    ['GIT.Example.org', 'https://git.example.org/', true],
    ['example.org', 'https://git.example.org/', true],
    ['example.org', 'https://example.org/', true],
    ['example.org', 'https://badexample.org/', false],
    ['.example.org', 'https://git.example.org/', true],
    ['.example.org', 'https://example.org/', false],
    ['*.example.org', 'https://git.example.org/', true],
    ['git.example.org:443', 'https://git.example.org/', true],
    ['git.example.org:8443', 'https://git.example.org/', false],
    ['git.example.org:80', 'http://git.example.org/', true],
    ['a.example, ,git.example.org', 'https://git.example.org/', true],
    ['a.example git.example.org', 'https://git.example.org/', true],
    ['10.0.0.1', 'https://10.0.0.1/', true],
    ['10.0.0.1', 'https://110.0.0.1/', false],
    ['0.0.1', 'https://10.0.0.1/', false],
    ['10.0.0.0/8', 'https://10.1.2.3/', true],
    ['10.0.0.0/8', 'https://11.1.2.3/', false],
    ['10.0.0.0/8', 'https://git.example.org/', false],
    ['10.0.0.0/99', 'https://10.1.2.3/', false],
    ['10.0.0.0/x', 'https://10.1.2.3/', false],
    ['fd00::/8', 'https://[fd12::1]/', true],
    ['fd00::/8', 'https://[fe80::1]/', false],
    ['fd12::1', 'https://[fd12::1]/', true],
    ['[fd12::1]:443', 'https://[fd12::1]/', true],
    ['[fd12::1]:8443', 'https://[fd12::1]/', false],
    ['', 'https://git.example.org/', false],
  ])('NO_PROXY %j exempts %s: %s', (list, url, isExempt) => {
    const environment = { HTTPS_PROXY: 'p:1', HTTP_PROXY: 'p:1', no_proxy: list };
    expect(proxyFromEnvironment(new URL(url), environment) === undefined).toBe(isExempt);
  });

  test('in any form gives a proxy, none, or a message', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (value, list) => {
        const environment = { HTTPS_PROXY: value, NO_PROXY: list };
        try {
          const found = proxyFromEnvironment(new URL('https://git.example.org/'), environment);
          expect(found === undefined || /^https?:$/.test(found.protocol)).toBe(true);
        } catch (error) {
          expect((error as Error).message).toMatch(/^HTTPS_PROXY must name .*\(REG113\)$/);
        }
      }),
    );
  });

  test.each(['socks5://user:hunter22@p:1080', 'http://user:hunter22@p:99999', 'http://'])(
    'that names %s is refused without showing it',
    async (value) => {
      const exchanges: Exchange[] = [];
      const transport = through('', {
        proxyFor: () => value,
        record: (exchange) => exchanges.push(exchange),
      });
      const error = await rejection<ClientError>(get(transport, new URL('http://a.example/')));
      expect(error.message).toMatch(
        /^the proxy must name an http or https proxy such as .*\(REG113\)$/,
      );
      expect(error.message + JSON.stringify(exchanges)).not.toContain('hunter22');
    },
  );
});
