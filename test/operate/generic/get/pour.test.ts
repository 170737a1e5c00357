import fc from 'fast-check';
import { PassThrough, Readable } from 'node:stream';
import type { Poured, PourOptions } from '../../../../src/operate/generic/get/pour';
import { pour, TooManyBytes } from '../../../../src/operate/generic/get/pour';
import { rejection } from '../../../client/http/local-servers';

/** What {@link collect} saw. */
interface Collected extends Poured {
  /** From the first byte that was wanted. */
  readonly bytes: Buffer;
  /** Lengths of what was handed on. */
  readonly lengths: readonly number[];
}

/** Pours a body into a buffer, at once or slower than the source. */
async function collect(body: Readable, options: PourOptions, isSlow = true): Promise<Collected> {
  const bytes = Buffer.alloc(options.to);
  const lengths: number[] = [];
  let isWriting = false;
  const write = (chunk: Buffer, at: number): void => {
    chunk.copy(bytes, at);
    lengths.push(chunk.length);
  };
  const writeSlowly = async (chunk: Buffer, at: number): Promise<void> => {
    expect(isWriting).toBe(false);
    isWriting = true;
    await new Promise((resolve) => setImmediate(resolve));
    write(chunk, at);
    isWriting = false;
  };
  const poured = await pour(body, options, isSlow ? writeSlowly : write);
  return { ...poured, bytes: bytes.subarray(options.from), lengths };
}

it('puts every byte to its place, however the body is cut, and drops those before', async () => {
  const arbitraryChunks = fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(
      arbitraryChunks,
      fc.nat(10),
      fc.nat(20),
      fc.boolean(),
      async (chunks, from, skipped, isSlow) => {
        const body = chunks.map((chunk) => Buffer.from(chunk));
        const all = Buffer.concat(body);
        const skip = Math.min(skipped, all.length);
        const to = from + all.length - skip;
        const poured = await collect(Readable.from(body), { from, to, skip }, isSlow);
        expect(poured.at).toBe(to);
        expect(poured.cut).toBeUndefined();
        expect(poured.bytes).toEqual(all.subarray(skip));
      },
    ),
    { numRuns: 50 },
  );
});

it('hands on nothing of the bytes before', async () => {
  const body = Readable.from(Array.from({ length: 9 }, () => Buffer.from('abc')));
  const { lengths } = await collect(body, { from: 25, to: 27, skip: 25 });
  expect(lengths).toEqual([2]);
});

it('reads no more while bytes are written', async () => {
  let read = 0;
  let written = 0;
  let most = 0;
  const source = (function* () {
    for (; read < 80; read += 4) {
      yield Buffer.alloc(4);
    }
  })();
  const body = Readable.from(source, { objectMode: true, highWaterMark: 1 });
  await pour(body, { from: 0, to: 80 }, async (bytes) => {
    for (let turn = 0; turn < 20; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    most = Math.max(most, read - written);
    written += bytes.length;
  });
  expect(written).toBe(80);
  // What is written, and what the source has at hand.
  expect(most).toBeLessThanOrEqual(4 + 4 + 4);
});

it('hands on what came before a cut and tells why it was cut', async () => {
  const body = new PassThrough();
  const cut = new Error('the connection was lost');
  body.write('abcde', () => body.destroy(cut));
  const poured = await collect(body, { from: 2, to: 20 });
  expect(poured).toMatchObject({ at: 7, cut, lengths: [5] });
});

it('refuses more than was asked for', async () => {
  const body = Readable.from([Buffer.from('abcd'), Buffer.from('e')]);
  expect(await rejection(collect(body, { from: 0, to: 3 }))).toBeInstanceOf(TooManyBytes);
  expect(body.destroyed).toBe(true);
});

it.each(['at once', 'later'])(
  'ends the body when bytes cannot be written, which shows %s',
  async (when) => {
    const body = Readable.from([Buffer.from('abcd'), Buffer.from('e'), Buffer.from('f')]);
    const full = new Error('no room');
    const writes: number[] = [];
    const failed = pour(body, { from: 0, to: 6 }, (_bytes, at) => {
      writes.push(at);
      if (when === 'at once') {
        throw full;
      }
      return Promise.reject(full);
    });
    expect(await rejection(failed)).toBe(full);
    expect(body.destroyed).toBe(true);
    expect(writes).toEqual([0]);
  },
);

it.each([true, false])(
  'ends a body where no more of it is wanted, and takes that for no cut (slow writes: %s)',
  async (isSlow) => {
    const body = Readable.from(Array.from({ length: 9 }, () => Buffer.from('abc')));
    const ends: number[] = [];
    const wantedUpTo = (end: number): number => {
      ends.push(end);
      return end > 20 ? 20 : end;
    };
    const { at, cut, bytes } = await collect(body, { from: 10, to: 37, wantedUpTo }, isSlow);
    expect({ at, cut }).toEqual({ at: 20, cut: undefined });
    expect(bytes.subarray(0, 11).toString()).toBe('abcabcabca\0');
    expect(ends).toEqual([14, 17, 20, 23]);
    expect(body.destroyed).toBe(true);
  },
);

it('waits for nothing more when a chunk ends where no more is wanted', async () => {
  const body = new PassThrough();
  body.write('abc');
  const { at, cut } = await collect(body, { from: 0, to: 9, wantedUpTo: () => 3 });
  expect({ at, cut }).toEqual({ at: 3, cut: undefined });
});
