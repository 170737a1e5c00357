import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { CutSink } from '../../../src/testing/fault-proxy/cut-sink';
import { FlippedBody } from '../../../src/testing/fault-proxy/flipped-body';
import { SlowBody } from '../../../src/testing/fault-proxy/slow-body';

const CHUNKS = fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { maxLength: 8 });

function readable(chunks: readonly Uint8Array[]): Readable {
  return Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
}

it('flips one bit at its place and nothing else, however the body is cut into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(CHUNKS, fc.nat(60), async (chunks, at) => {
      const whole = Buffer.concat(chunks);
      const got = await buffer(readable(chunks).pipe(new FlippedBody(at)));
      const differing = [...got].flatMap((byte, index) =>
        byte === whole[index] ? [] : [[index, byte ^ whole[index]!]],
      );
      expect(got).toHaveLength(whole.length);
      expect(differing).toEqual(at < whole.length ? [[at, 1]] : []);
    }),
  );
});

it('leaves the bytes of the source alone when it flips', async () => {
  const source = Buffer.from('hello');
  await buffer(Readable.from([source]).pipe(new FlippedBody(0)));
  expect(source.toString()).toBe('hello');
});

it('gives every byte of a slow body, one by one, in order', async () => {
  await fc.assert(
    fc.asyncProperty(CHUNKS, async (chunks) => {
      const slow = readable(chunks).pipe(new SlowBody(0));
      const got: Buffer[] = [];
      for await (const chunk of slow) {
        got.push(chunk as Buffer);
      }
      expect(Buffer.concat(got).equals(Buffer.concat(chunks))).toBe(true);
    }),
    { numRuns: 20 },
  );
});

describe('a sink', () => {
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('error', () => undefined);
    incoming.on('close', () => arrived?.(Buffer.concat(chunks)));
    incoming.on('end', () => response.end());
  });
  let arrived: ((body: Buffer) => void) | undefined;

  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => server.close());

  it('hands over what fits its limit, and cuts only when more comes', async () => {
    await fc.assert(
      fc.asyncProperty(CHUNKS, fc.nat(100), async (chunks, limit) => {
        const { port } = server.address() as AddressInfo;
        const target = request({ port, host: '127.0.0.1', method: 'PUT', agent: false });
        target.on('error', () => undefined);
        target.on('response', (response) => response.resume());
        const body = new Promise<Buffer>((resolve) => (arrived = resolve));
        const calls: string[] = [];
        const sink = new CutSink({
          target,
          limit,
          onCut: () => {
            calls.push('cut');
            target.destroy();
          },
          onEnd: () => {
            calls.push('end');
            target.end();
          },
        });
        target.flushHeaders();
        await pipeline(readable(chunks), sink);
        const whole = Buffer.concat(chunks);
        expect(calls).toEqual([whole.length > limit ? 'cut' : 'end']);
        expect((await body).equals(whole.subarray(0, limit))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('swallows the rest of a body whose target is gone', async () => {
    const { port } = server.address() as AddressInfo;
    const target = request({ port, host: '127.0.0.1', method: 'PUT', agent: false });
    target.on('error', () => undefined);
    const onEnd = jest.fn();
    const sink = new CutSink({ target, limit: Infinity, onCut: onEnd, onEnd });
    target.destroy();
    await pipeline(readable(Array<Buffer>(50).fill(Buffer.alloc(100_000))), sink);
    expect(onEnd).not.toHaveBeenCalled();
  });
});
