import fc from 'fast-check';
import { PassThrough, Readable } from 'node:stream';
import type { Poured, PourOptions } from '../../../../src/operate/generic/get/pour';
import { pour, TooManyBytes } from '../../../../src/operate/generic/get/pour';
import { rejection } from '../../../client/http/local-servers';

/** What {@link collect} saw. */
interface Collected extends Poured {
  /** From the first byte that was wanted. */
  readonly bytes: Buffer;
  /** Lengths of the chunks that came together, for each batch. */
  readonly batches: readonly (readonly number[])[];
}

/** Pours a body into a buffer. */
async function collect(body: Readable, options: PourOptions): Promise<Collected> {
  const bytes = Buffer.alloc(options.to);
  const batches: number[][] = [];
  let isWriting = false;
  const poured = await pour(body, options, async (parts, at) => {
    expect(isWriting).toBe(false);
    isWriting = true;
    // Slower than the source, so that chunks pile up.
    await new Promise((resolve) => setImmediate(resolve));
    Buffer.concat(parts).copy(bytes, at);
    batches.push(parts.map(({ length }) => length));
    isWriting = false;
  });
  return { ...poured, bytes: bytes.subarray(options.from), batches };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

it('puts every byte to its place, however the body is cut, and drops those before', async () => {
  const arbitraryChunks = fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(
      arbitraryChunks,
      fc.nat(10),
      fc.nat(20),
      fc.nat(20),
      async (chunks, from, skipped, batch) => {
        const body = chunks.map((chunk) => Buffer.from(chunk));
        const all = Buffer.concat(body);
        const skip = Math.min(skipped, all.length);
        const to = from + all.length - skip;
        const poured = await collect(Readable.from(body), { from, to, skip, batch });
        expect(poured.at).toBe(to);
        expect(poured.cut).toBeUndefined();
        expect(poured.bytes).toEqual(all.subarray(skip));
        expect(poured.batches.slice(0, -1).every((sizes) => sum(sizes) >= batch)).toBe(true);
      },
    ),
    { numRuns: 50 },
  );
});

it('keeps nothing of the bytes before', async () => {
  const body = Readable.from(Array.from({ length: 9 }, () => Buffer.from('abc')));
  const { batches } = await collect(body, { from: 25, to: 27, skip: 25, batch: 100 });
  expect(batches).toEqual([[2]]);
});

it('reads no more than a batch while one is written', async () => {
  const source = Array.from({ length: 20 }, () => Buffer.alloc(4));
  let read = 0;
  const body = Readable.from(
    (function* () {
      for (const chunk of source) {
        read += chunk.length;
        yield chunk;
      }
    })(),
    { objectMode: true, highWaterMark: 1 },
  );
  let written = 0;
  let most = 0;
  await pour(body, { from: 0, to: 80, batch: 8 }, async (parts) => {
    for (let turn = 0; turn < 20; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    most = Math.max(most, read - written);
    written += sum(parts.map(({ length }) => length));
  });
  expect(written).toBe(80);
  // The batch that is written, the next one, and what the source has at hand.
  expect(most).toBeLessThanOrEqual(8 + 8 + 8);
});

it('hands on what came before a cut and tells why it was cut', async () => {
  const body = new PassThrough();
  const cut = new Error('the connection was lost');
  body.write('abcde', () => body.destroy(cut));
  const poured = await collect(body, { from: 2, to: 20, batch: 100 });
  expect(poured).toMatchObject({ at: 7, cut, batches: [[5]] });
});

it('refuses more than was asked for', async () => {
  const body = Readable.from([Buffer.from('abcd'), Buffer.from('e')]);
  expect(await rejection(collect(body, { from: 0, to: 3 }))).toBeInstanceOf(TooManyBytes);
  expect(body.destroyed).toBe(true);
});

it('ends the body when bytes cannot be written', async () => {
  const body = Readable.from([Buffer.from('abcd'), Buffer.from('e'), Buffer.from('f')]);
  const full = new Error('no room');
  const writes: number[] = [];
  const failed = pour(body, { from: 0, to: 6 }, async (_bytes, at) => {
    writes.push(at);
    throw full;
  });
  expect(await rejection(failed)).toBe(full);
  expect(body.destroyed).toBe(true);
  expect(writes).toEqual([0]);
});
