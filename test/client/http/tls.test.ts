import type { TLSSocket } from 'node:tls';
import type { ClientError } from '../../../src/client/error';
import { testCertificate } from '../../../src/testing/certificate';
import { get, LocalServers, rejection } from './local-servers';

const servers = new LocalServers();
const DAY = 24 * 60 * 60 * 1000;
const good = testCertificate({ names: ['git.example.org', '127.0.0.1'] });

async function failure(
  certificate: Parameters<LocalServers['https']>[0],
  options: Parameters<LocalServers['transport']>[0] = { ca: certificate.ca },
): Promise<{ readonly error: ClientError; readonly requests: number; readonly sockets: number }> {
  const server = await servers.https(certificate, (_request, response) => void response.end());
  const error = await rejection<ClientError>(get(servers.transport(options), server.url()));
  return { error, requests: server.requests.length, sockets: server.sockets.length };
}

describe('a certificate', () => {
  test('of a given authority is trusted', async () => {
    const server = await servers.https(good, (_request, response) => void response.end('fine'));
    const { text } = await get(servers.transport({ ca: good.ca }), server.url());
    expect(text).toBe('fine');
  });

  test('of one of several given authorities is trusted', async () => {
    const other = testCertificate({ names: ['127.0.0.1'] });
    const server = await servers.https(good, (_request, response) => void response.end('fine'));
    const transport = servers.transport({ ca: `${other.ca}\n${good.ca}` });
    expect((await get(transport, server.url())).text).toBe('fine');
  });

  test('of an unknown authority is refused, once, before anything is sent', async () => {
    const { error, requests, sockets } = await failure(good, {});
    expect(error.message).toMatch(
      /^the certificate of '127\.0\.0\.1:\d+' comes from an issuer that is not trusted here: name it with --ca-file \(REG123\)$/,
    );
    expect(error.facts.isUncertain).toBe(false);
    expect([requests, sockets]).toEqual([0, 1]);
  });

  test('for another name is refused', async () => {
    const { error } = await failure(testCertificate({ names: ['other.example.org'] }));
    expect(error.message).toMatch(
      /^the certificate does not cover '127\.0\.0\.1:\d+': .*\(REG122\)$/,
    );
  });

  test('whose time is over, or has not come, is refused', async () => {
    const past = testCertificate({
      names: ['127.0.0.1'],
      notAfter: new Date(Date.now() - DAY),
    });
    const future = testCertificate({
      names: ['127.0.0.1'],
      notBefore: new Date(Date.now() + DAY),
    });
    for (const certificate of [past, future]) {
      const { error } = await failure(certificate);
      expect(error.message).toMatch(/is not valid today \(REG124\)$/);
    }
  });

  test('of any kind is taken when asked to', async () => {
    const bad = testCertificate({ names: ['other.example.org'], notAfter: new Date(0) });
    const server = await servers.https(bad, (_request, response) => void response.end('fine'));
    const { text } = await get(servers.transport({ insecure: true }), server.url());
    expect(text).toBe('fine');
  });
});

test('a port without TLS is named as such', async () => {
  const server = await servers.http((_request, response) => void response.end());
  const error = await rejection<ClientError>(
    get(servers.transport(), new URL(`https://127.0.0.1:${server.port}/`)),
  );
  expect(error.message).toMatch(/does not speak TLS on this port: .*\(REG120\)$/);
  expect(server.requests).toEqual([]);
});

test('a port that says nothing in the handshake is given up after the idle time', async () => {
  const server = await servers.tcp((socket) => void socket.resume());
  const error = await rejection<ClientError>(
    get(
      servers.transport({ idleMs: 200, retry: { attempts: 2 } }),
      new URL(`https://127.0.0.1:${server.port}/`),
    ),
  );
  expect(error.message).toMatch(/took no connection for 0\.2 s: .*\(REG113\)$/);
  expect(error.facts.isUncertain).toBe(false);
  expect(server.sockets).toHaveLength(2);
});

describe('another address to dial', () => {
  const server = async () =>
    servers.https(good, (request, response) => {
      const { servername } = request.socket as TLSSocket;
      response.end(`${servername} ${request.headers.host} ${request.url}`);
    });

  test.each([
    ['for the host and port', 'git.example.org', 8443],
    ['for the host on any port', 'GIT.example.org', undefined],
    ['for any host on the port', '', 8443],
    ['for any host and port', '', undefined],
  ])('%s keeps name, SNI and Host', async (_what, host, port) => {
    const { port: addressPort } = await server();
    const transport = servers.transport({
      ca: good.ca,
      connectTo: [
        { host: 'other.example.org', address: '127.0.0.1', addressPort: 1 },
        { host, ...(port !== undefined && { port }), address: '127.0.0.1', addressPort },
      ],
    });
    const { text } = await get(transport, new URL('https://git.example.org:8443/v2/'));
    expect(text).toBe('git.example.org git.example.org:8443 /v2/');
  });

  test('for another port does not apply', async () => {
    const { port } = await server();
    const transport = servers.transport({
      ca: good.ca,
      connectTo: [{ host: '', port: 9, address: '127.0.0.2', addressPort: 1 }],
    });
    const { text } = await get(transport, new URL(`https://127.0.0.1:${port}/`));
    expect(text).toBe(`false 127.0.0.1:${port} /`);
  });

  test('without an address, or without a port, keeps that of the URL', async () => {
    const { port, origin } = await server();
    const moved = servers.transport({
      ca: good.ca,
      connectTo: [{ host: '', address: '', addressPort: port }],
    });
    expect((await get(moved, new URL('https://127.0.0.1:8443/'))).text).toBe(
      'false 127.0.0.1:8443 /',
    );
    const named = servers.transport({
      ca: good.ca,
      connectTo: [{ host: 'git.example.org', address: '127.0.0.1' }],
    });
    const url = new URL(origin);
    url.hostname = 'git.example.org';
    expect((await get(named, url)).text).toBe(`git.example.org git.example.org:${port} /`);
  });

  test('compares the certificate with the host of the URL, an address too', async () => {
    const { port } = await server();
    const transport = servers.transport({
      ca: good.ca,
      connectTo: [{ host: '', address: '127.0.0.1', addressPort: port }],
    });
    expect((await get(transport, new URL('https://127.0.0.1/'))).text).toBe('false 127.0.0.1 /');
    for (const url of ['https://10.0.0.1/', 'https://git.example.com/']) {
      const error = await rejection<ClientError>(get(transport, new URL(url)));
      expect(error.code).toBe('REG122');
    }
  });

  test('is not shared by hosts of which only one is trusted', async () => {
    const { port, ...seen } = await server();
    const transport = servers.transport({
      ca: good.ca,
      connectTo: [{ host: '', address: '127.0.0.1', addressPort: port }],
    });
    await get(transport, new URL('https://git.example.org/'));
    await get(transport, new URL('https://git.example.org/'));
    expect(seen.sockets).toHaveLength(1);
    await rejection(get(transport, new URL('https://10.0.0.1/')));
    await rejection(get(transport, new URL('https://10.0.0.2/')));
    expect(seen.requests).toHaveLength(2);
  });

  test.each(['::1', '[::1]'])('may be the IPv6 address %s', async (address) => {
    const plain = await servers.http(
      (request, response) => void response.end(request.headers.host),
      {
        host: '::1',
      },
    );
    const transport = servers.transport({
      connectTo: [{ host: 'git.example.org', address, addressPort: plain.port }],
    });
    const { text, answer } = await get(transport, new URL('http://git.example.org/'));
    expect([text, answer.status]).toEqual(['git.example.org', 200]);
  });

  test('may be given for an IPv6 address, with or without brackets', async () => {
    const plain = await servers.http(
      (request, response) => void response.end(request.headers.host),
    );
    for (const host of ['2001:db8::1', '[2001:DB8::1]']) {
      const transport = servers.transport({
        connectTo: [{ host, port: 80, address: '127.0.0.1', addressPort: plain.port }],
      });
      expect((await get(transport, new URL('http://[2001:db8::1]/'))).text).toBe('[2001:db8::1]');
    }
  });
});

test('an IPv6 address in the URL is reached, and named in brackets', async () => {
  const server = await servers.http(
    (request, response) => void response.end(request.headers.host),
    {
      host: '::1',
    },
  );
  const { text } = await get(servers.transport(), new URL(`http://[::1]:${server.port}/`));
  expect(text).toBe(`[::1]:${server.port}`);
});

test('a name that does not resolve is named, and asked for once', async () => {
  const exchanges: unknown[] = [];
  const error = await rejection<ClientError>(
    get(
      servers.transport({ record: (exchange) => exchanges.push(exchange) }),
      new URL('http://nothing.invalid/'),
    ),
  );
  expect(error.message).toMatch(
    /^(the name of 'nothing\.invalid' does not resolve|no DNS server answers for 'nothing\.invalid').*\(REG112\)$/,
  );
  expect(exchanges.length).toBe(error.message.startsWith('the name') ? 1 : 4);
});
