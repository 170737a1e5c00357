import { Readable } from 'node:stream';
import fc from 'fast-check';
import { ClientError } from '../../../../src/client/error';
import type { GenericDownload } from '../../../../src/client/generic/download';
import type { ByteRange } from '../../../../src/client/generic/range';
import type { GenericContext } from '../../../../src/operate/generic/context';
import { fetchAll } from '../../../../src/operate/generic/get/fetch-all';
import { RangeSet } from '../../../../src/operate/generic/get/range-set';
import { piecesOf } from '../../../../src/operate/generic/get/segments';
import { Slots } from '../../../../src/operate/generic/get/slots';
import { VERSION } from '../workshop';

/** What becomes of one request. */
interface Fate {
  /** The whole file comes, whatever was asked for. */
  readonly ignoresRange: boolean;
  /** Bytes after which the body is cut. @default - it is not */
  readonly cutAfter?: number;
  /** Bytes of a chunk. */
  readonly chunk: number;
}

const FINE: Fate = { ignoresRange: false, chunk: 7 };

const lost = (): ClientError => new ClientError('the connection was lost', 'REG202');

async function* body(bytes: Buffer, { cutAfter = Infinity, chunk }: Fate): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += chunk) {
    if (at >= cutAfter) {
      throw lost();
    }
    yield bytes.subarray(at, at + chunk);
    // The others have their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A context whose server treats the requests as they come in turn. */
function contextOf(files: ReadonlyMap<string, Buffer>, fates: Iterator<Fate>): GenericContext {
  const get = async (
    _version: unknown,
    name: string,
    { from = 0, to }: ByteRange,
  ): Promise<GenericDownload> => {
    const fate = fates.next().value ?? FINE;
    const all = files.get(name)!;
    const isWhole = fate.ignoresRange || (from === 0 && to === undefined);
    const last = to ?? all.length - 1;
    const part = isWhole ? all : all.subarray(from, last + 1);
    const stream = Readable.from(body(part, fate), { objectMode: false });
    return isWhole
      ? { kind: 'whole', body: stream, length: all.length }
      : { kind: 'part', body: stream, from, to: last, total: all.length };
  };
  return { generic: { get }, wait: async () => undefined } as unknown as GenericContext;
}

const fate: fc.Arbitrary<Fate> = fc.record(
  {
    ignoresRange: fc.boolean(),
    cutAfter: fc.integer({ min: 1, max: 60 }),
    chunk: fc.integer({ min: 1, max: 30 }),
  },
  { requiredKeys: ['ignoresRange', 'chunk'] },
);

/** Four cuts in a row without a new byte are an error: there are no more than three. */
const arbitraryFates = fc.array(fate, { maxLength: 12 }).map((fates) => {
  const cut = fates.filter(({ cutAfter }) => cutAfter !== undefined).slice(3);
  return fates.map((one): Fate => (cut.includes(one) ? { ...one, cutAfter: undefined } : one));
});

it('brings every byte once, whatever is cut, and wherever ranges are ignored', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 3 }),
      fc.array(fc.tuple(fc.nat(150), fc.nat(30)), { maxLength: 3 }),
      arbitraryFates,
      fc.record({
        parallel: fc.integer({ min: 1, max: 4 }),
        segmentSize: fc.integer({ min: 5, max: 50 }),
        slots: fc.integer({ min: 1, max: 4 }),
      }),
      fc.infiniteStream(fc.boolean()),
      async (sizes, there, fates, { parallel, segmentSize, slots }, waits) => {
        const stored = sizes.map((size, index) => ({ name: `part-${index}`, size }));
        const whole = Buffer.from(
          Array.from({ length: sizes.reduce((sum, size) => sum + size, 0) }, (_, at) => at % 251),
        );
        const pieces = piecesOf(stored);
        const files = new Map(
          pieces.map(({ name, offset, size }) => [name, whole.subarray(offset, offset + size)]),
        );
        const had = there.map(([from, length]): [number, number] => [
          Math.min(from, whole.length),
          Math.min(from + length, whole.length),
        ]);
        const done = new RangeSet(had);
        const got = Buffer.alloc(whole.length);
        for (const [from, to] of had) {
          whole.copy(got, from, from, to);
        }
        await fetchAll({
          context: contextOf(files, fates.values()),
          version: VERSION,
          pieces,
          done,
          write: (bytes, at) => {
            expect(done.missing(at, at + bytes.length)).toEqual([[at, at + bytes.length]]);
            bytes.copy(got, at);
            done.add(at, at + bytes.length);
          },
          parallel,
          segmentSize,
          slots: new Slots(slots),
          wait: { isLong: () => waits.next().value! },
        });
        expect(done.total).toBe(whole.length);
        expect(got).toEqual(whole);
      },
    ),
    { numRuns: 150 },
  );
});

it('ends with the error of one connection, and everything else with it', async () => {
  const files = new Map([['part-0', Buffer.alloc(200)]]);
  const slots = new Slots(2);
  const done = new RangeSet();
  const failing = fetchAll({
    context: contextOf(files, [FINE][Symbol.iterator]()),
    version: VERSION,
    pieces: piecesOf([{ name: 'part-0', size: 200 }]),
    done,
    write: (bytes, at) => {
      if (at > 100) {
        throw new Error('the disk is full');
      }
      done.add(at, at + bytes.length);
    },
    parallel: 4,
    segmentSize: 20,
    slots,
    wait: { isLong: () => true },
  });
  await expect(failing).rejects.toThrow('the disk is full');
  // Every slot is free again.
  await Promise.all([slots.run(async () => undefined), slots.run(async () => undefined)]);
});
