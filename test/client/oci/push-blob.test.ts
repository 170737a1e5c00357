import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import type { ClientError } from '../../../src/client/error';
import { bodyOf } from '../../../src/client/http/message';
import { digestOf } from '../../../src/client/oci/digest';
import { NGINX } from '../../../src/testing';
import type { RequestLine } from '../../../src/testing';
import { rejection } from '../http/local-servers';
import type { SeededForge } from '../packages/seeded-forge';
import { arrived, once, openSessions, proxiedForge, publisher, stored } from './forge-clients';

const REPOSITORY = 'coulomb/app';
const HEAD = (digest: string) => `HEAD /v2/coulomb/app/blobs/${digest.slice(0, 13)}`;
const POST = 'POST /v2/coulomb/app/blobs/uploads/';
const PATCH = 'PATCH /v2/coulomb/app/blobs/uploads/ID';
const PUT = 'PUT /v2/coulomb/app/blobs/uploads/ID';
const GET = 'GET /v2/coulomb/app/blobs/uploads/ID';
const DELETE = 'DELETE /v2/coulomb/app/blobs/uploads/ID';

/** Big enough to be announced with `Expect`. */
const BIG = randomBytes(3 * 1024 * 1024);

const by =
  (method: string) =>
  (request: RequestLine): boolean =>
    request.method === method;

/** The second PATCH of a test and none else. */
function nth(method: string, wanted: number) {
  let seen = 0;
  return (request: RequestLine): boolean => request.method === method && ++seen === wanted;
}

/** What arrived after the first sign-in. */
const after = (forge: SeededForge): string[] => arrived(forge).slice(1);

let forge: SeededForge;
beforeEach(async () => {
  forge = await proxiedForge();
});

describe('a blob', () => {
  it('is pushed in one request, its digest found on the way', async () => {
    const sent: number[] = [];
    const pushed = await publisher(forge).pushBlob(REPOSITORY, once(BIG, Buffer.from('more')), {
      mediaType: 'application/x',
      onProgress: (bytes) => sent.push(bytes),
    });
    const whole = Buffer.concat([BIG, Buffer.from('more')]);
    expect(pushed).toEqual({
      mediaType: 'application/x',
      digest: digestOf(whole),
      size: whole.length,
      outcome: 'uploaded',
    });
    expect(stored(forge, pushed.digest)?.equals(whole)).toBe(true);
    expect(after(forge)).toEqual([POST, PATCH, PUT]);
    expect(sent.at(-1)).toBe(whole.length);
    expect(openSessions(forge)).toBe(0);
  });

  it.each([bodyOf(''), once()])('of nothing is pushed too', async (source) => {
    const { digest, size } = await publisher(forge).pushBlob(REPOSITORY, source);
    expect([size, stored(forge, digest)?.length]).toEqual([0, 0]);
  });

  it('that is there is not sent again', async () => {
    const client = publisher(forge);
    const { digest } = await client.pushBlob(REPOSITORY, bodyOf('x'));
    forge.proxy.forgetRequests();
    const unread = { open: () => Readable.from([]) };
    expect(await client.pushBlob(REPOSITORY, unread, { digest })).toEqual({
      mediaType: 'application/octet-stream',
      digest,
      size: 1,
      outcome: 'existed',
    });
    expect(arrived(forge)).toEqual([HEAD(digest)]);
  });

  it('that another image has is mounted, and sent where that is not possible', async () => {
    const client = publisher(forge);
    const { digest } = await client.pushBlob('coulomb/base', bodyOf('x'));
    const options = { digest, mountFrom: 'Coulomb/base' };
    forge.proxy.forgetRequests();
    expect((await client.pushBlob(REPOSITORY, bodyOf('x'), options)).outcome).toBe('mounted');
    expect(arrived(forge)).toEqual([HEAD(digest), POST, HEAD(digest)]);
    forge.proxy.forgetRequests();
    const other = { digest: digestOf('y'), mountFrom: 'coulomb/base' };
    expect((await client.pushBlob(REPOSITORY, bodyOf('y'), other)).outcome).toBe('uploaded');
    expect(arrived(forge)).toEqual([HEAD(other.digest), POST, PATCH, PUT]);
  });

  it('that is not what it was announced as is not stored', async () => {
    const error = await rejection<ClientError>(
      publisher(forge).pushBlob(REPOSITORY, bodyOf('x'), { digest: digestOf('y') }),
    );
    expect(error.code).toBe('REG475');
    expect(after(forge).slice(1)).toEqual([POST, PATCH, DELETE]);
    expect(openSessions(forge)).toBe(0);
  });

  it.each([
    ['fewer', 10],
    ['more', 2],
  ])(
    'whose source gives %s bytes than it said is not stored, and harms no other request',
    async (_what, length) => {
      for (const chunkSize of [undefined, 3]) {
        const client = publisher(forge);
        const source = { length, open: () => Readable.from([Buffer.from('four')]) };
        const error = await rejection<ClientError>(
          client.pushBlob(REPOSITORY, source, { chunkSize }),
        );
        expect(error.message).toContain('the source changed while it was sent');
        expect((await client.pushBlob(REPOSITORY, bodyOf('good'))).size).toBe(4);
        expect(openSessions(forge)).toBe(0);
      }
    },
  );

  it.each([undefined, 2])(
    'whose source fails ends with its error (chunks of %p)',
    async (chunkSize) => {
      const source = {
        open: () =>
          Readable.from(
            (function* () {
              yield Buffer.from('abc');
              throw new Error('disk on fire');
            })(),
            { objectMode: false },
          ),
      };
      const error = await rejection(publisher(forge).pushBlob(REPOSITORY, source, { chunkSize }));
      expect(error.message).toBe('disk on fire');
      expect(openSessions(forge)).toBe(0);
    },
  );

  it('is refused by its name before a request', async () => {
    const client = publisher(forge);
    for (const [name, options] of [
      ['coulomb/a__b', {}],
      ['app', {}],
      [REPOSITORY, { digest: 'sha256:x' }],
      [REPOSITORY, { digest: digestOf(''), mountFrom: '../x' }],
      [REPOSITORY, { chunkSize: 0 }],
    ] as const) {
      await rejection(client.pushBlob(name, bodyOf('x'), options));
    }
    expect(forge.proxy.requests).toEqual([]);
  });
});

describe('a blob in chunks', () => {
  it('arrives as it is, whatever its size, its pieces and the chunk size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 50 }),
        fc.boolean(),
        async (pieces, chunkSize, isLengthKnown) => {
          const whole = Buffer.concat(pieces);
          const source = {
            ...(isLengthKnown && { length: whole.length }),
            open: () => Readable.from(pieces.map((piece) => Buffer.from(piece))),
          };
          forge.proxy.forgetRequests();
          const pushed = await publisher(forge).pushBlob(REPOSITORY, source, { chunkSize });
          expect(stored(forge, pushed.digest)?.equals(whole)).toBe(true);
          expect(pushed.size).toBe(whole.length);
          const patches = arrived(forge).filter((line) => line === PATCH).length;
          expect(patches).toBe(Math.ceil(whole.length / chunkSize));
        },
      ),
      { numRuns: 10 },
    );
  });

  it('goes on where the answer to a chunk was lost, or the chunk never arrived', async () => {
    for (const at of ['answer', 'request'] as const) {
      for (const chunk of [1, 2]) {
        forge.proxy.forgetRequests();
        forge.proxy.set({ breakOff: { at, match: nth('PATCH', chunk) } });
        const pushed = await publisher(forge).pushBlob(REPOSITORY, once(Buffer.from('abcdefgh')), {
          chunkSize: 3,
        });
        expect(stored(forge, pushed.digest)?.toString()).toBe('abcdefgh');
        const counts = [POST, PATCH, GET].map(
          (line) => arrived(forge).filter((each) => each === line).length,
        );
        // The first request of all is made again with a token.
        expect(counts).toEqual([2, at === 'answer' ? 3 : 4, 1]);
      }
    }
  });

  it('begins anew after a chunk was cut, because the session is broken', async () => {
    forge.proxy.set({
      requestCut: { afterBytes: 1, how: 'reset', match: nth('PATCH', 2) },
    });
    const progress: number[] = [];
    const pushed = await publisher(forge).pushBlob(REPOSITORY, bodyOf('abcdefgh'), {
      chunkSize: 3,
      onProgress: (sent) => progress.push(sent),
    });
    expect(stored(forge, pushed.digest)?.toString()).toBe('abcdefgh');
    expect(after(forge)).toEqual([
      POST,
      PATCH,
      PATCH,
      GET,
      PATCH,
      DELETE,
      POST,
      PATCH,
      PATCH,
      PATCH,
      PUT,
    ]);
    expect(progress.at(-1)).toBe(8);
    expect(openSessions(forge)).toBe(0);
  });

  it('is given up after a chunk was cut where the source cannot be read again', async () => {
    forge.proxy.set({ requestCut: { afterBytes: 1, how: 'reset', match: nth('PATCH', 2) } });
    const error = await rejection<ClientError>(
      publisher(forge).pushBlob(REPOSITORY, once(Buffer.from('abcdefgh')), { chunkSize: 3 }),
    );
    expect(error.code).toBe('REG632');
    expect(openSessions(forge)).toBe(0);
  });

  it('begins anew where the registry holds a part of a chunk', async () => {
    forge.proxy.set({
      breakOff: { at: 'request', match: nth('PATCH', 2) },
      answer: { status: 204, headers: [['Range', '0-3']], match: nth('GET', 2) },
    });
    const pushed = await publisher(forge).pushBlob(REPOSITORY, bodyOf('abcdefgh'), {
      chunkSize: 3,
    });
    expect(stored(forge, pushed.digest)?.toString()).toBe('abcdefgh');
    const patches = arrived(forge).filter((line) => line === PATCH);
    expect(patches).toHaveLength(2 + 3);
  });

  it('is given up when no chunk arrives, after as many attempts as are allowed', async () => {
    forge.proxy.set({ breakOff: { at: 'request', match: by('PATCH') } });
    const client = publisher(forge, {}, { retry: { attempts: 2 } });
    const error = await rejection<ClientError>(
      client.pushBlob(REPOSITORY, bodyOf('abcdefgh'), { chunkSize: 3 }),
    );
    expect(error.facts.isUncertain).toBe(true);
    // Two sessions of two attempts each.
    expect(after(forge)).toEqual([
      ...[POST, PATCH, GET, PATCH, DELETE],
      ...[POST, PATCH, GET, PATCH, DELETE],
    ]);
  });
});

describe('a cut on the way', () => {
  it.each(['reset', 'close', 'traefik'] as const)(
    'of a body that can be read again makes a new session (%s)',
    async (how) => {
      forge.proxy.set({ requestCut: { afterBytes: 100_000, how, match: nth('PATCH', 1) } });
      const { digest } = await publisher(forge).pushBlob(REPOSITORY, bodyOf(BIG));
      expect(stored(forge, digest)?.equals(BIG)).toBe(true);
      expect(after(forge)).toEqual([POST, PATCH, DELETE, POST, PATCH, PUT]);
      expect(openSessions(forge)).toBe(0);
    },
  );

  it('of a body that cannot be read again ends the push', async () => {
    forge.proxy.set({ requestCut: { afterBytes: 100_000, match: nth('PATCH', 1) } });
    const error = await rejection<ClientError>(publisher(forge).pushBlob(REPOSITORY, once(BIG)));
    expect(error.code).toBe('REG440');
    expect(after(forge)).toEqual([POST, PATCH, DELETE]);
    expect(openSessions(forge)).toBe(0);
  });

  it('that comes each time ends the push after as many sessions as attempts are allowed', async () => {
    forge.proxy.set({ requestCut: { afterBytes: 100_000, match: by('PATCH') } });
    const client = publisher(forge, {}, { retry: { attempts: 3 } });
    const error = await rejection<ClientError>(client.pushBlob(REPOSITORY, bodyOf(BIG)));
    expect(error.code).toBe('REG440');
    expect(after(forge)).toEqual([1, 2, 3].flatMap(() => [POST, PATCH, DELETE]));
    expect(openSessions(forge)).toBe(0);
  });

  it('is waited for as the transport waits between two attempts', async () => {
    forge.proxy.set({ requestCut: { afterBytes: 100_000, match: by('PATCH') } });
    const pauses: number[] = [];
    const client = publisher(
      forge,
      {},
      {
        retry: { attempts: 4, baseMs: 100, capMs: 150 },
        random: () => 1,
        wait: async (ms) => void pauses.push(ms),
      },
    );
    await rejection(client.pushBlob(REPOSITORY, bodyOf(BIG)));
    expect(pauses).toEqual([100, 150, 150]);
  });

  it('of the answer to the last request leaves a blob that counts as pushed', async () => {
    forge.proxy.set({ breakOff: { at: 'answer', match: by('PUT') } });
    const client = publisher(forge);
    const { digest } = await client.pushBlob(REPOSITORY, bodyOf('x'));
    expect((await client.headBlob(REPOSITORY, digest))?.size).toBe(1);
    expect(arrived(forge).filter((line) => line === POST)).toHaveLength(2);
  });

  it('of the last request makes a new session', async () => {
    forge.proxy.set({ breakOff: { at: 'request', match: by('PUT'), times: 4 } });
    const { digest } = await publisher(forge).pushBlob(REPOSITORY, bodyOf('x'));
    expect(stored(forge, digest)).toBeDefined();
    expect(after(forge)).toEqual([
      ...[POST, PATCH, PUT, PUT, PUT, PUT, HEAD(digest), DELETE],
      ...[POST, PATCH, PUT],
    ]);
  });

  it('of the answer to the first request sends a source that nobody has read to another session', async () => {
    forge.proxy.set({ breakOff: { at: 'answer', match: nth('POST', 2) } });
    await publisher(forge).pushBlob(REPOSITORY, once(BIG));
    expect(after(forge)).toEqual([POST, POST, PATCH, PUT]);
  });
});

describe('a refusal', () => {
  it('by a limit of the body is final, and costs no upload', async () => {
    forge.proxy.set({ bodyLimit: { bytes: 1024, style: 'nginx' } });
    const error = await rejection<ClientError>(publisher(forge).pushBlob(REPOSITORY, bodyOf(BIG)));
    expect(error.code).toBe('REG450');
    expect(after(forge)).toEqual([POST, PATCH, DELETE]);
    const patch = forge.proxy.requests.find(({ method }) => method === 'PATCH');
    expect(patch?.bodyBytes).toBe(0);
    expect(openSessions(forge)).toBe(0);
  });

  it('by a quota is final, and says that stored data may be gone', async () => {
    forge.gitea.configure({ sizeLimits: { container: 2 } });
    const error = await rejection<ClientError>(
      publisher(forge).pushBlob(REPOSITORY, bodyOf('xyz')),
    );
    expect(error.code).toBe('REG460');
    expect(error.message).toContain('REG462');
    expect(after(forge)).toEqual([POST, PATCH, PUT, DELETE]);
  });

  it('that passes makes a new session', async () => {
    forge.proxy.set({ answer: { ...NGINX.badGateway, match: by('PATCH'), times: 2 } });
    await publisher(forge).pushBlob(REPOSITORY, bodyOf('x'));
    expect(after(forge).filter((line) => line === POST)).toHaveLength(3);
    expect(openSessions(forge)).toBe(0);
  });

  it('of the owner stands before any byte', async () => {
    const error = await rejection<ClientError>(
      publisher(forge).pushBlob('nobody-here/app', bodyOf('x')),
    );
    expect(error.code).toBe('REG320');
  });

  it('of a token that ran out is answered with a new one, in the same session', async () => {
    forge.proxy.set({ answer: { status: 401, match: by('PATCH'), times: 1 } });
    await publisher(forge).pushBlob(REPOSITORY, once(BIG));
    expect(after(forge)).toEqual([POST, PATCH, PATCH, PUT]);
  });
});

it('whose token ran out while its bytes were on their way is pushed in a new session', async () => {
  forge.proxy.set({ answer: { status: 401, match: by('PATCH'), times: 1 } });
  await publisher(forge).pushBlob(REPOSITORY, bodyOf('small, so nobody asked before'));
  expect(after(forge)).toEqual([POST, PATCH, DELETE, POST, PATCH, PUT]);
});

describe('an abort', () => {
  it('that never comes changes nothing: one that may come signs in once, too', async () => {
    const client = publisher(forge, { signal: new AbortController().signal });
    await client.pushBlob(REPOSITORY, once(Buffer.from('read only once')));
    expect(arrived(forge).filter((line) => !line.startsWith('GET'))).toEqual([
      POST,
      POST,
      PATCH,
      PUT,
    ]);
  });

  it('while a session is opened leaves none', async () => {
    const abort = new AbortController();
    const match = ({ method }: { readonly method: string }): boolean => {
      if (method === 'POST') {
        abort.abort(new Error('interrupted'));
      }
      return false;
    };
    const client = publisher(forge, { signal: abort.signal });
    await client.ping();
    forge.proxy.set({ breakOff: { at: 'request', match } });
    const error = await rejection(client.pushBlob(REPOSITORY, once(Buffer.from('bytes'))));
    expect(error.message).toBe('interrupted');
    expect(openSessions(forge)).toBe(0);
  });

  it.each([undefined, 64 * 1024])(
    'in the middle cancels the session and ends with its reason (chunks of %p)',
    async (chunkSize) => {
      const abort = new AbortController();
      const client = publisher(forge, { signal: abort.signal });
      let sent = 0;
      const source = {
        open: () =>
          new Readable({
            read() {
              sent += 16 * 1024;
              if (sent > 256 * 1024) {
                abort.abort(new Error('interrupted'));
              }
              this.push(Buffer.alloc(16 * 1024));
            },
          }),
        isReplayable: true,
      };
      const error = await rejection(client.pushBlob(REPOSITORY, source, { chunkSize }));
      expect(error.message).toBe('interrupted');
      expect(arrived(forge).at(-1)).toBe(DELETE);
      expect(openSessions(forge)).toBe(0);
    },
  );

  it('between two sessions ends the push', async () => {
    const abort = new AbortController();
    forge.proxy.set({ requestCut: { afterBytes: 1, how: 'reset' } });
    const retry = { baseMs: 3_600_000, capMs: 3_600_000 };
    const client = publisher(forge, { signal: abort.signal }, { retry, wait: undefined });
    const pushed = rejection(client.pushBlob(REPOSITORY, bodyOf('xyz')));
    let isOver = false;
    void pushed.finally(() => (isOver = true));
    const watch = (): void => {
      if (arrived(forge).at(-1) === DELETE) {
        abort.abort(new Error('interrupted'));
      } else if (!isOver) {
        setImmediate(watch);
      }
    };
    watch();
    expect((await pushed).message).toBe('interrupted');
  });
});
