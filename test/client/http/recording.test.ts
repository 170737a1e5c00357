import * as fc from 'fast-check';
import { basic, bearer } from '../../../src/client/http/credential';
import { KnownSecrets } from '../../../src/client/http/known-secrets';
import { bodyOf } from '../../../src/client/http/message';
import type { Exchange } from '../../../src/client/http/recording';
import { shownHeader, shownText, shownUrl } from '../../../src/client/http/recording';
import type { LocalServer } from './local-servers';
import { CLOSED_PORT, get, LocalServers, rejection } from './local-servers';

const servers = new LocalServers();

describe('every attempt is recorded', () => {
  test('with what went out and what came back', async () => {
    const exchanges: Exchange[] = [];
    let time = 1000;
    const server = await servers.http((request, response) => {
      request.resume();
      time += 40;
      response.writeHead(exchanges.length === 0 ? 429 : 201, { 'X-Answer': 'yes' }).end();
    });
    const transport = servers.transport({
      record: (exchange) => exchanges.push(exchange),
      now: () => time,
      userAgent: 'test/1',
    });
    const answer = await transport.send({
      method: 'PUT',
      url: server.url('/a?b=c'),
      headers: { 'Content-Type': 'text/plain' },
      body: bodyOf('secret body'),
    });
    await answer.discard();
    const expected = {
      method: 'PUT',
      url: `${server.origin}/a?b=c`,
      requestHeaders: { 'User-Agent': 'test/1', Accept: '*/*', 'Content-Type': 'text/plain' },
      elapsedMs: 40,
      peer: '127.0.0.1',
    };
    expect(exchanges).toEqual([
      {
        ...expected,
        attempt: 1,
        status: 429,
        responseHeaders: expect.arrayContaining(['X-Answer', 'yes']),
      },
      {
        ...expected,
        attempt: 2,
        status: 201,
        responseHeaders: expect.arrayContaining(['X-Answer', 'yes']),
      },
    ]);
  });

  test('and why no answer came, an aborted one and a body that fails too', async () => {
    const exchanges: Exchange[] = [];
    const record = (exchange: Exchange): void => void exchanges.push(exchange);
    const controller = new AbortController();
    const server = await servers.http(() => controller.abort(new Error('enough')));
    const transport = servers.transport({ record });
    await rejection(get(transport, server.url(), { signal: controller.signal }));
    await rejection(
      transport.send({
        method: 'PUT',
        url: server.url(),
        body: {
          length: 1,
          open: () => {
            throw new Error('disk gone');
          },
        },
      }),
    );
    await rejection(
      transport.send({ method: 'POST', url: new URL(`http://127.0.0.1:${CLOSED_PORT}/`) }),
    );
    expect(exchanges.map(({ error }) => error)).toEqual([
      'enough',
      'disk gone',
      ...Array.from({ length: 4 }, () => expect.stringMatching(/takes no connection.*\(REG113\)$/)),
    ]);
    expect(exchanges.every(({ status }) => status === undefined)).toBe(true);
  });

  test('each hop of a redirect on its own', async () => {
    const exchanges: Exchange[] = [];
    const server = await servers.http((request, response) => {
      response.writeHead(request.url === '/' ? 302 : 200, { Location: '/there' }).end();
    });
    await get(servers.transport({ record: (each) => exchanges.push(each) }), server.url());
    expect(exchanges.map(({ url, status }) => [new URL(url).pathname, status])).toEqual([
      ['/', 302],
      ['/there', 200],
    ]);
  });
});

describe('nothing secret is recorded', () => {
  /** A server that sends back all it gets, wherever a header can carry it. */
  async function echoing(): Promise<LocalServer> {
    return servers.http((request, response) => {
      const { authorization = '', cookie = '' } = request.headers;
      const value = authorization.replace(/^\S+ /, '');
      const plain = Buffer.from(value, 'base64').toString('utf8');
      const secret = plain.slice(plain.indexOf(':') + 1);
      const query = encodeURIComponent(secret);
      response.writeHead(401, {
        'X-Authorization': authorization,
        'X-Value': `got ${value}, hm`,
        'X-Decoded': encodeURI(plain),
        'X-Secret': query,
        'X-Lower': query.replace(/%../g, (escape) => escape.toLowerCase()),
        'X-Form': query.replaceAll('%20', '+'),
        'X-Base64': Buffer.from(secret).toString('base64'),
        'X-Base64url': Buffer.from(secret).toString('base64url'),
        'WWW-Authenticate': `Bearer realm="http://127.0.0.1/?password=${query}",error="${query}"`,
        'Set-Cookie': `session=${query}`,
        'X-Cookie': encodeURIComponent(cookie),
      });
      response.end();
    });
  }

  // What people use: some length, and something that is no ordinary word of a header.
  const secrets = fc
    .string({
      unit: fc.constantFrom(...'abcXYZ019-_.~!@#$%^&*()+=/ ?ü€'),
      minLength: 8,
      maxLength: 40,
    })
    .filter((secret) => secret === secret.trim() && /[a-zA-Z0-9]{3}/.test(secret));

  function forms(secret: string): string[] {
    const escaped = encodeURIComponent(secret);
    return [
      secret,
      escaped,
      encodeURI(secret),
      escaped.replace(/%../g, (escape) => escape.toLowerCase()),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      Buffer.from(secret).toString('base64url'),
      Buffer.from(`tegwick:${secret}`).toString('base64').replace(/=+$/, ''),
    ];
  }

  test('whatever the password and whoever sends it back', async () => {
    const server = await echoing();
    const exchanges: Exchange[] = [];
    const transport = servers.transport({ record: (exchange) => exchanges.push(exchange) });
    await fc.assert(
      fc.asyncProperty(secrets, async (secret) => {
        exchanges.length = 0;
        const { origin } = server;
        await get(transport, server.url('/v2/'), {
          authorize: basic({ origin, user: 'tegwick', secret }),
        });
        const shown = JSON.stringify(exchanges);
        expect(forms(secret).filter((form) => shown.includes(form))).toEqual([]);
        expect(exchanges).toHaveLength(1);
      }),
      { numRuns: 80 },
    );
  });

  test('whatever the token of a bearer', async () => {
    const server = await servers.http((request, response) => {
      const { authorization = '' } = request.headers;
      response.writeHead(302, {
        Location: `/next/${encodeURIComponent(authorization.slice(7))}`,
        'X-Token': `<${authorization.slice(7)}>`,
      });
      response.end();
    });
    const exchanges: Exchange[] = [];
    const transport = servers.transport({ record: (exchange) => exchanges.push(exchange) });
    const token = fc.string({
      unit: fc.constantFrom(...'abcXYZ019-._~+/='),
      minLength: 12,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(token, async (text) => {
        exchanges.length = 0;
        await rejection(get(transport, server.url(), { authorize: bearer(text, server.origin) }));
        expect(JSON.stringify(exchanges)).not.toContain(text);
        expect(exchanges).toHaveLength(6);
      }),
      { numRuns: 50 },
    );
  });

  test('in userinfo and in known parameters of a URL', () => {
    fc.assert(
      fc.property(
        secrets.map(encodeURIComponent),
        fc.constantFrom('token', 'access_token', 'X-Amz-Signature', 'sig', '%74oken'),
        (secret, name) => {
          const shown = [
            shownUrl(`https://user:${secret}@git.example.org/?a=1&${name}=${secret}&b=2`),
            shownUrl(`/v2/?${name}=${secret}`),
            shownHeader('Location', `https://git.example.org/x?${name}=${secret}`),
            shownHeader('Link', `</v2/_catalog?${name}=${secret}>; rel="next"`),
          ];
          expect(shown.filter((text) => text.includes(secret))).toEqual([]);
          expect(shown[0]).toContain('a=1');
        },
      ),
    );
  });

  test.each([
    ['Authorization', 'Basic dXNlcjpzZWNyZXQ=', 'Basic ‹redacted›'],
    ['authorization', 'Bearer abc', 'Bearer ‹redacted›'],
    ['Authorization', 'token abc', 'token ‹redacted›'],
    ['Authorization', 'abc', '‹redacted›'],
    ['Proxy-Authorization', 'Basic abc', 'Basic ‹redacted›'],
    ['Cookie', 'i_like_gitea=1', '‹redacted›'],
    ['Set-Cookie', 'i_like_gitea=1; Path=/', '‹redacted›'],
    ['X-Gitea-OTP', '123456', '‹redacted›'],
    ['X-Other', 'plain', 'plain'],
    ['X-Other', `is ${'a1'.repeat(20)}`, '‹redacted›'],
    ['Location', '/v2/a/blobs/uploads/1', '/v2/a/blobs/uploads/1'],
  ])('%s: %s is shown as %s', (name, value, shown) => {
    expect(shownHeader(name, value)).toBe(shown);
  });

  test('digests and ordinary text stay readable', () => {
    const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
    expect(shownText(`cannot push ${digest}`)).toBe(`cannot push ${digest}`);
    expect(shownUrl(`https://git.example.org/v2/a/b/blobs/${digest}?n=1`)).toBe(
      `https://git.example.org/v2/a/b/blobs/${digest}?n=1`,
    );
  });

  test('short user names and passwords do not blot out everything', () => {
    const known = new KnownSecrets();
    known.learn(`Basic ${Buffer.from('a:b').toString('base64')}`);
    expect(known.hide('a blob about b')).toBe('a blob about b');
  });
});

describe('a header value with a line break', () => {
  test.each(['\r\nX-Evil: 1', '\n', '\r', '\0', '\x7f'])(
    '%j is refused before anything is sent',
    async (bad) => {
      const server = await servers.http((_request, response) => void response.end());
      const transport = servers.transport();
      for (const request of [
        { headers: { 'X-Value': `a${bad}b` } },
        { headers: { [`X-Name${bad}`]: 'a' } },
        { authorize: () => `Bearer s3cret${bad}` },
      ]) {
        const error = await rejection(get(transport, server.url(), request));
        expect(error.message).not.toContain('s3cret');
        expect(error).toMatchObject({ code: expect.stringMatching(/^ERR_INVALID_/) });
      }
      expect(server.sockets).toHaveLength(0);
    },
  );

  test('is dropped from a URL', async () => {
    const server = await servers.http((_request, response) => void response.end());
    const url = server.url();
    url.pathname = '/a\r\nX-Evil: 1\r\n';
    url.search = '?b=\r\nX-Evil: 1';
    await get(servers.transport(), url);
    expect(server.requests).toEqual(['GET /aX-Evil:%201?b=X-Evil:%201']);
    expect(server.headers[0]).not.toHaveProperty('x-evil');
  });
});
