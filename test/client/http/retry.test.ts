import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import type { ClientError } from '../../../src/client/error';
import type { HttpRequest, Method } from '../../../src/client/http/message';
import { bodyOf } from '../../../src/client/http/message';
import {
  DEFAULT_RETRY,
  failureOfStatus,
  mayRepeat,
  pauseAfter,
  retryAfterMs,
} from '../../../src/client/http/retry';
import { CLOSED_PORT, LocalServers, rejection } from './local-servers';

const METHODS: readonly Method[] = ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE'];
const UNSAFE: readonly Method[] = ['PUT', 'POST', 'PATCH', 'DELETE'];
const servers = new LocalServers();

function withBody(method: Method): Partial<HttpRequest> {
  return /^P/.test(method) ? { body: bodyOf('bytes') } : {};
}

describe('an answer that may be a passing trouble', () => {
  const table: readonly (readonly [
    status: number,
    retryAfter: string | undefined,
    repeated: readonly Method[],
  ])[] = [
    [429, undefined, METHODS],
    [429, '1', METHODS],
    [503, '1', METHODS],
    [503, undefined, ['GET', 'HEAD']],
    [502, undefined, ['GET', 'HEAD']],
    [504, undefined, ['GET', 'HEAD']],
    [502, '1', ['GET', 'HEAD']],
    [500, '1', []],
    [501, undefined, []],
    [408, '1', []],
    [409, undefined, []],
    [404, undefined, []],
    [401, undefined, []],
    [403, undefined, []],
    [200, '1', []],
  ];
  const cases = table.flatMap(([status, retryAfter, repeated]) =>
    METHODS.map((method) => ({
      method,
      status,
      retryAfter,
      count: repeated.includes(method) ? 4 : 1,
    })),
  );

  test.each(cases)(
    '$method answered with $status and Retry-After $retryAfter is sent $count times',
    async ({ method, status, retryAfter, count }) => {
      const server = await servers.http((request, response) => {
        request.resume();
        response.writeHead(status, retryAfter === undefined ? {} : { 'Retry-After': retryAfter });
        response.end();
      });
      const answer = await servers
        .transport()
        .send({ method, url: server.url(), ...withBody(method) });
      await answer.discard();
      expect(server.requests).toHaveLength(count);
      expect(answer.status).toBe(status);
      expect(answer.isRepeated).toBe(
        count > 1 && failureOfStatus(status, retryAfter) === 'uncertain',
      );
    },
  );

  test('ends the repeating as soon as an answer is good', async () => {
    let left = 2;
    const server = await servers.http((_request, response) => {
      response.writeHead(left-- > 0 ? 502 : 200).end('here');
    });
    const answer = await servers.transport().send({ method: 'GET', url: server.url() });
    expect([answer.status, await answer.text(), server.requests.length]).toEqual([200, 'here', 3]);
  });

  test.each(UNSAFE)('%s that the caller calls repeatable is sent again', async (method) => {
    let left = 1;
    const server = await servers.http((request, response) => {
      request.resume();
      response.writeHead(left-- > 0 ? 504 : 201).end();
    });
    const answer = await servers
      .transport()
      .send({ method, url: server.url(), isRepeatable: true, ...withBody(method) });
    await answer.discard();
    expect([answer.status, answer.isRepeated, server.requests.length]).toEqual([201, true, 2]);
  });

  test('GET that the caller calls unrepeatable is sent once', async () => {
    const server = await servers.http((_request, response) => void response.writeHead(502).end());
    const answer = await servers
      .transport()
      .send({ method: 'GET', url: server.url(), isRepeatable: false });
    await answer.discard();
    expect(server.requests).toHaveLength(1);
  });

  test('an endless page with a 502 is not read to its end before the next attempt', async () => {
    let left = 1;
    const server = await servers.http((_request, response) => {
      if (left-- > 0) {
        response.writeHead(502, { 'Content-Type': 'text/html' });
        const more = (): void => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
        };
        response.on('drain', more);
        more();
      } else {
        response.end('fine');
      }
    });
    const answer = await servers.transport().send({ method: 'GET', url: server.url() });
    expect(await answer.text()).toBe('fine');
  });
});

describe('a connection that is lost', () => {
  test.each(METHODS)('before the server read %s is repeated only if reading', async (method) => {
    // Nobody on this side knows that the server read nothing.
    const server = await servers.tcp((socket) =>
      socket.once('data', () => socket.resetAndDestroy()),
    );
    const error = await rejection<ClientError>(
      servers.transport().send({ method, url: server.url(), ...withBody(method) }),
    );
    expect(error).toMatchObject({ code: 'REG210', facts: { isUncertain: true } });
    expect(server.sockets).toHaveLength(UNSAFE.includes(method) ? 1 : 4);
  });

  test.each(METHODS)('before it stood lets %s be repeated', async (method) => {
    const server = await servers.http((_request, response) => void response.end());
    const { origin } = server;
    const pauses: number[] = [];
    const transport = servers.transport({
      connectTo: [{ host: '', address: '127.0.0.1', addressPort: CLOSED_PORT }],
      wait: async (ms) => void pauses.push(ms),
    });
    const error = await rejection<ClientError>(
      transport.send({ method, url: new URL(origin), ...withBody(method) }),
    );
    expect(error).toMatchObject({ code: 'REG113', facts: { isUncertain: false } });
    expect(pauses).toEqual([250, 500, 1000]);
    expect(server.sockets).toHaveLength(0);
  });

  test('stays uncertain when only the last attempt surely did nothing', async () => {
    let alive = true;
    const server = await servers.tcp((socket) => socket.once('data', () => socket.destroy()));
    const transport = servers.transport({
      connectTo: [
        {
          host: '',
          address: '127.0.0.1',
          get addressPort() {
            return alive ? server.port : CLOSED_PORT;
          },
        },
      ],
      wait: async () => void (alive = false),
    });
    const error = await rejection<ClientError>(
      transport.send({ method: 'DELETE', url: server.url(), isRepeatable: true }),
    );
    expect(error).toMatchObject({ code: 'REG113', facts: { isUncertain: true } });
  });
});

describe('a body that can be read only once', () => {
  const once = (): HttpRequest['body'] => ({ length: 5, open: () => Readable.from(['bytes']) });

  test('is not sent a second time', async () => {
    const server = await servers.http((request, response) => {
      request.resume().once('end', () => response.writeHead(429).end());
    });
    const answer = await servers
      .transport()
      .send({ method: 'PUT', url: server.url(), isRepeatable: true, body: once() });
    await answer.discard();
    expect([answer.status, server.requests.length]).toEqual([429, 1]);
  });

  test('is sent after a refusal that came before it was begun', async () => {
    let left = 1;
    const received: string[] = [];
    const server = await servers.http(() => undefined, {
      expecting: (request, response) => {
        if (left-- > 0) {
          response.writeHead(503, { 'Retry-After': '0' }).end();
          return;
        }
        response.writeContinue();
        request.on('data', (chunk: Buffer) => received.push(`${chunk}`));
        request.once('end', () => response.writeHead(201).end());
      },
    });
    const answer = await servers.transport().send({
      method: 'PUT',
      url: server.url(),
      body: once(),
      expectContinue: true,
    });
    await answer.discard();
    expect([answer.status, received.join('')]).toEqual([201, 'bytes']);
  });
});

test('an unsafe request is repeated only when nothing was done', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...UNSAFE),
      fc.integer({ min: 200, max: 599 }),
      fc.option(fc.string(), { nil: undefined }),
      (method, status, retryAfter) => {
        const failure = failureOfStatus(status, retryAfter);
        const url = new URL('http://127.0.0.1/');
        if (failure !== undefined && mayRepeat({ method, url }, failure)) {
          expect(status === 429 || (status === 503 && retryAfter !== undefined)).toBe(true);
        }
      },
    ),
  );
});

describe('the pause', () => {
  const clock = (random: number, now = 0) => ({ random: () => random, now: () => now });

  test('without a word of the server lies between nothing and a bound that doubles up to a cap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 100_000 }),
        (attempt, random, baseMs, capMs) => {
          const policy = { ...DEFAULT_RETRY, baseMs, capMs };
          const pause = pauseAfter(attempt, undefined, policy, clock(random))!;
          expect(pause).toBeGreaterThanOrEqual(0);
          expect(pause).toBeLessThanOrEqual(Math.min(capMs, baseMs * 2 ** (attempt - 1)));
        },
      ),
    );
  });

  test('is what the server asks for in seconds, up to a bound', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 400n }), (seconds) => {
        const pause = pauseAfter(1, `${seconds}`, DEFAULT_RETRY, clock(1));
        expect(pause).toBe(seconds <= 60n ? Number(seconds) * 1000 : undefined);
      }),
    );
  });

  test.each([
    ['Sun, 06 Nov 1994 08:49:37 GMT', 'the form servers send'],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 'the form of RFC 850'],
    ['Sun Nov  6 08:49:37 1994', 'the form of asctime'],
  ])('is the time until a date: %s, %s', (date) => {
    const then = Date.UTC(1994, 10, 6, 8, 49, 37);
    expect(retryAfterMs(date, then - 5000)).toBe(5000);
    expect(retryAfterMs(date, then + 5000)).toBe(0);
  });

  test.each([
    '',
    ' ',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    'soon',
    'tomorrow',
    '١٢',
    'Sun',
    'NaN',
    'Infinity',
  ])('ignores %j', (value) => {
    expect(retryAfterMs(value, 0)).toBeUndefined();
    expect(pauseAfter(1, value, DEFAULT_RETRY, clock(0.5))).toBe(250);
  });

  test('whatever stands in Retry-After is a wait within the bound, or none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.date().map(String)), fc.nat(), (value, now) => {
        const pause = pauseAfter(1, value, DEFAULT_RETRY, clock(1, now));
        expect(pause === undefined || (pause >= 0 && pause <= 60_000)).toBe(true);
      }),
    );
  });

  test('a server that asks for an hour gets no second request, and its answer is given', async () => {
    const pauses: number[] = [];
    const server = await servers.http((_request, response) => {
      response.writeHead(429, { 'Retry-After': '3600' }).end('later');
    });
    const answer = await servers
      .transport({ wait: async (ms) => void pauses.push(ms) })
      .send({ method: 'GET', url: server.url() });
    expect([answer.status, await answer.text(), pauses]).toEqual([429, 'later', []]);
  });

  test('takes what the server asks for, read by the given clock', async () => {
    const pauses: number[] = [];
    let left = 2;
    const server = await servers.http((_request, response) => {
      const asked = left-- > 1 ? '7' : 'Thu, 01 Jan 1970 00:00:09 GMT';
      response.writeHead(left >= 0 ? 503 : 200, { 'Retry-After': asked }).end();
    });
    const transport = servers.transport({
      wait: async (ms) => void pauses.push(ms),
      now: () => 4000,
    });
    await (await transport.send({ method: 'GET', url: server.url() })).discard();
    expect(pauses).toEqual([7000, 5000]);
  });
});
