import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import type { ClientError } from '../../../src/client/error';
import { basic, bearer } from '../../../src/client/http/credential';
import { bodyOf } from '../../../src/client/http/message';
import { testCertificate } from '../../../src/testing/certificate';
import type { LocalServer } from './local-servers';
import { get, LocalServers, rejection } from './local-servers';

const servers = new LocalServers();

/** A server that sends every request elsewhere. */
async function redirecting(location: string, status = 302): Promise<LocalServer> {
  return servers.http((request, response) => {
    request.resume();
    response.writeHead(status, { Location: location }).end('moved');
  });
}

describe('a credential over redirects', () => {
  const credential = (origin: string) => basic({ origin, user: 'tegwick', secret: 'p4ssw0rd!' });

  test('goes along within its origin', async () => {
    const server = await servers.http((request, response) => {
      response.writeHead(request.url === '/a' ? 302 : 200, { Location: '/b' }).end('here');
    });
    const { answer, text } = await get(servers.transport(), server.url('/a'), {
      authorize: credential(server.origin),
    });
    expect([answer.url.pathname, text]).toEqual(['/b', 'here']);
    expect(server.headers.map(({ authorization }) => authorization)).toEqual([
      expect.stringMatching(/^Basic /),
      expect.stringMatching(/^Basic /),
    ]);
  });

  test.each([
    ['another port', 'http', '127.0.0.1'],
    ['another host', 'http', 'localhost'],
    ['another scheme', 'https', '127.0.0.1'],
  ])('stays behind when %s is named', async (_what, scheme, host) => {
    const certificate = testCertificate({ names: ['127.0.0.1'] });
    const other =
      scheme === 'https'
        ? await servers.https(certificate, (_request, response) => void response.end('there'))
        : await servers.http((_request, response) => void response.end('there'));
    const server = await redirecting(`${scheme}://${host}:${other.port}/stolen`);
    const { text } = await get(servers.transport({ ca: certificate.ca }), server.url(), {
      authorize: credential(server.origin),
      headers: { Cookie: 'session=1', 'X-Gitea-OTP': '123456', 'X-Plain': 'yes' },
    });
    expect(text).toBe('there');
    expect(server.headers[0]).toMatchObject({ cookie: 'session=1', 'x-gitea-otp': '123456' });
    expect(other.headers[0]).not.toHaveProperty('authorization');
    expect(other.headers[0]).not.toHaveProperty('cookie');
    expect(other.headers[0]).not.toHaveProperty('x-gitea-otp');
    expect(other.headers[0]).toHaveProperty('x-plain', 'yes');
  });

  test('comes back when a redirect leads home again', async () => {
    const home = await servers.http((request, response) => {
      response
        .writeHead(request.url === '/' ? 302 : 200, { Location: `${away.origin}/away` })
        .end('home');
    });
    const away = await redirecting(`${home.origin}/again`);
    await get(servers.transport(), home.url(), { authorize: bearer('token', home.origin) });
    expect(home.headers.map(({ authorization }) => authorization)).toEqual([
      'Bearer token',
      'Bearer token',
    ]);
    expect(away.headers[0]).not.toHaveProperty('authorization');
  });

  test('does not change with userinfo in Location, which is not sent', async () => {
    const other = await servers.http((_request, response) => void response.end('there'));
    const server = await redirecting(`http://mallory:secret@127.0.0.1:${other.port}/`);
    const { answer } = await get(servers.transport(), server.url(), {
      authorize: credential(server.origin),
    });
    expect(other.headers[0]).not.toHaveProperty('authorization');
    expect(answer.url.href).toBe(`${other.origin}/`);
  });

  test.each([
    ['https://git.example.org', 'https://git.example.org/v2/', true],
    ['https://GIT.example.org:443/', 'https://git.example.org/v2/', true],
    ['https://git.example.org', 'https://git.example.org:8443/', false],
    ['https://git.example.org', 'http://git.example.org/', false],
    ['https://git.example.org', 'https://git.example.org.evil.example/', false],
    ['https://git.example.org', 'https://git.example.org@evil.example/', false],
    ['https://git.example.org', 'https://xgit.example.org/', false],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3001/', false],
  ])('of %s is given to %s: %s', (origin, url, isGiven) => {
    expect(credential(origin)(new URL(url)) !== undefined).toBe(isGiven);
    expect(bearer('token', origin)(new URL(url)) !== undefined).toBe(isGiven);
  });
});

describe('a credential that cannot be sent', () => {
  const url = new URL('https://git.example.org');
  const of = (user: string, secret: string) => basic({ origin: url.origin, user, secret });

  test('is a user name with a colon', () => {
    expect(() => of('a:b', 'x')).toThrow(/a user name with a colon .* \(REG312\)$/);
  });

  test('is one with a line break or another control character, which is not shown', () => {
    fc.assert(
      fc.property(fc.constantFrom('\r', '\n', '\0', '\x7f', '\x85'), (bad) => {
        expect(() => of('user', `s3cret${bad}`)).toThrow(/^(?!.*s3cret).*line break.*\(REG312\)$/);
        expect(() => bearer(`s3cret${bad}`, url.origin)).toThrow(/^(?!.*s3cret).*\(REG312\)$/);
      }),
    );
  });

  test.each(['', 'two words', 'Schlüssel'])('is the bearer token %j', (token) => {
    expect(() => bearer(token, url.origin)).toThrow(/\(REG312\)$/);
  });

  test('is none of the passwords people have', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (secret) => {
        fc.pre(!/\p{Cc}/u.test(secret));
        const [, value = ''] = of('user', secret)(url)!.split(' ');
        expect(Buffer.from(value, 'base64').toString('utf8')).toBe(`user:${secret}`);
      }),
    );
  });
});

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('with %d is followed for GET and HEAD', async (status) => {
    const other = await servers.http((_request, response) => void response.end());
    const server = await redirecting(`${other.origin}/there?a=b`, status);
    const transport = servers.transport();
    for (const method of ['GET', 'HEAD'] as const) {
      await (await transport.send({ method, url: server.url() })).discard();
    }
    expect(other.requests).toEqual(['GET /there?a=b', 'HEAD /there?a=b']);
  });

  test.each(['PUT', 'POST', 'PATCH', 'DELETE'] as const)(
    'of %s is an answer unless asked for',
    async (method) => {
      const server = await redirecting('/there', 307);
      const answer = await servers.transport().send({ method, url: server.url() });
      expect([answer.status, answer.headers.location]).toEqual([307, '/there']);
      expect(await answer.text()).toBe('moved');
    },
  );

  test.each([
    [307, true],
    [308, true],
    [301, false],
    [302, false],
    [303, false],
  ])('with %d of a POST that asks for it is followed: %s', async (status, isFollowed) => {
    const bodies: string[] = [];
    const other = await servers.http((request, response) => {
      request.on('data', (chunk: Buffer) => bodies.push(`${chunk}`));
      request.once('end', () => response.writeHead(201).end());
    });
    const server = await redirecting(`${other.origin}/`, status);
    const answer = await servers.transport().send({
      method: 'POST',
      url: server.url(),
      followRedirects: true,
      body: bodyOf('bytes'),
    });
    await answer.discard();
    expect([answer.status, bodies]).toEqual(isFollowed ? [201, ['bytes']] : [status, []]);
  });

  test('of a body that can be read only once is an answer', async () => {
    const server = await redirecting('/there', 307);
    const body = { length: 5, open: () => Readable.from(['bytes']) };
    const answer = await servers
      .transport()
      .send({ method: 'PUT', url: server.url(), followRedirects: true, body });
    await answer.discard();
    expect(answer.status).toBe(307);
  });

  test('without Location, or with 304, is an answer', async () => {
    const server = await servers.http((request, response) => {
      response.writeHead(request.url === '/302' ? 302 : 304).end();
    });
    const transport = servers.transport();
    expect((await get(transport, server.url('/302'))).answer.status).toBe(302);
    expect((await get(transport, server.url('/304'))).answer.status).toBe(304);
  });

  test('from https to http is refused', async () => {
    const certificate = testCertificate({ names: ['127.0.0.1'] });
    const plain = await servers.http((_request, response) => void response.end());
    const server = await servers.https(certificate, (_request, response) => {
      response.writeHead(302, { Location: `${plain.origin}/?token=abc` }).end();
    });
    const error = await rejection<ClientError>(
      get(servers.transport({ ca: certificate.ca }), server.url()),
    );
    expect(error.message).toMatch(/redirects GET \/ to 'http:.*token=redacted'.*\(REG219\)$/);
    expect(plain.requests).toEqual([]);
  });

  test.each([
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'javascript:1',
    'http://[',
    'http://a:b:c/',
  ])('to %j is refused', async (location) => {
    const server = await redirecting(location);
    const error = await rejection<ClientError>(get(servers.transport(), server.url()));
    expect(error).toMatchObject({ code: 'REG219', facts: { status: 302 } });
  });

  test('that never ends is given up after five', async () => {
    const server = await redirecting('/again');
    const error = await rejection<ClientError>(get(servers.transport(), server.url()));
    expect(error.message).toMatch(
      /^'127\.0\.0\.1:\d+' redirects without end, last to .*\(REG219\)$/,
    );
    expect(server.requests).toHaveLength(6);
  });

  test('with an endless page is followed all the same', async () => {
    const server = await servers.http((request, response) => {
      if (request.url === '/there') {
        response.end('there');
        return;
      }
      response.writeHead(302, { Location: '/there' });
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect((await get(servers.transport(), server.url())).text).toBe('there');
  });
});
