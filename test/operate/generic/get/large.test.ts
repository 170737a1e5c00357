import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GenericContext } from '../../../../src/operate/generic/context';
import type { GetResult } from '../../../../src/operate/generic/get/get-files';
import { getFiles } from '../../../../src/operate/generic/get/get-files';
import type { ByteRange } from '../../../../src/operate/generic/get/range-set';
import { RangeSet } from '../../../../src/operate/generic/get/range-set';
import { existingFile, existingVersion } from '../../../../src/operate/generic/stored/find-version';
import type { ContextOptions } from '../workshop';
import { VERSION, workshop } from '../workshop';

const MEBI = 1024 * 1024;

/** As the command has it, an eighth of it. */
const LARGE = { largeFrom: 8 * MEBI, rangeSize: 2 * MEBI };

/** Four ranges and a bit. */
const CONTENT = Buffer.alloc(LARGE.largeFrom + 12_345);
for (let at = 0; at + 4 <= CONTENT.length; at += 4096) {
  CONTENT.writeUInt32LE(at, at);
}

const DIGEST = createHash('sha256').update(CONTENT).digest('hex');

const room = workshop();

beforeEach(() => room().stored('large', CONTENT));

const isFile = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method === 'GET' && path.startsWith('/api/packages/');

/** @param isLong whether the network seems to be what is waited for */
async function get(isLong: boolean, options: ContextOptions = {}): Promise<GetResult> {
  const context = room().context({ isProxied: true, ...options });
  const found = await existingVersion(context, VERSION);
  const stored = existingFile(context, VERSION, found, 'large');
  const target = join(room().folder, 'large');
  const ranges = { ...LARGE, wait: { isLong: () => isLong } };
  const [result] = await getFiles(context, VERSION, [{ stored, target }], ranges);
  return result;
}

/** What was asked for, in the order of arrival; the whole file where no range was. */
function asked(): ByteRange[] {
  return room()
    .forge.proxy.requests.filter(isFile)
    .map(({ headers }) => {
      const range = headers.find(([name]) => name.toLowerCase() === 'range')?.[1];
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
      return range === undefined ? [0, CONTENT.length] : [Number(from), Number(to) + 1];
    });
}

function length(ranges: readonly ByteRange[]): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** Aborts once more bytes came. */
function abortedAfter(most: number, abort: AbortController): GenericContext['watch'] {
  return {
    begin: () => ({
      at: (bytes) => {
        if (bytes > most) {
          abort.abort(new Error('enough'));
        }
      },
      end: () => undefined,
    }),
  };
}

function expectWhole(): void {
  const bytes = readFileSync(join(room().folder, 'large'));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(DIGEST);
  expect(room().list()).toEqual(['large']);
}

it('comes over one connection as long as this process has enough to do', async () => {
  expect(await get(false)).toMatchObject({ status: 'downloaded' });
  expectWhole();
  expect(asked()).toEqual([[0, CONTENT.length]]);
});

it('comes over more connections, each range asked for once, while the network is waited for', async () => {
  expect(await get(true)).toMatchObject({ status: 'downloaded' });
  expectWhole();
  const [whole, ...ranges] = asked();
  expect(whole).toEqual([0, CONTENT.length]);
  expect(ranges.length).toBeGreaterThan(1);
  const [[from, to], ...others] = new RangeSet(ranges).list();
  // The first connection ends where the ranges begin.
  expect(from % LARGE.rangeSize).toBe(0);
  expect(to).toBe(CONTENT.length);
  expect(others).toEqual([]);
  expect(length(ranges)).toBe(to - from);
});

it.each([false, true])(
  'asks for no more than a buffer again when bodies are cut (more connections: %s)',
  async (isLong) => {
    const times = 3;
    room().forge.proxy.set({ responseCut: { afterBytes: MEBI, times, match: isFile } });
    expect(await get(isLong)).toMatchObject({ status: 'downloaded' });
    expectWhole();
    const all = asked().map(([from]) => from);
    const again = all.filter((from, index) =>
      all.slice(0, index).some((cut) => from > cut + (MEBI * 3) / 4 && from <= cut + MEBI),
    );
    expect(again).toHaveLength(times);
  },
);

it('goes on with the ranges that are missing after an abort', async () => {
  const abort = new AbortController();
  const watch = abortedAfter(3 * MEBI, abort);
  expect(await get(true, { signal: abort.signal, watch })).toMatchObject({ status: 'failed' });
  const { done } = JSON.parse(room().read('large.partial.json')) as { readonly done: ByteRange[] };
  expect(length(done)).toBeGreaterThan(3 * MEBI);
  room().forge.proxy.forgetRequests();
  expect(await get(false)).toMatchObject({ status: 'resumed' });
  expectWhole();
  expect(new RangeSet(asked()).list()).toEqual(new RangeSet(done).missing(0, CONTENT.length));
  expect(length(asked())).toBe(CONTENT.length - length(done));
});

it.each([false, true])(
  'comes whole where ranges are ignored (more connections: %s)',
  async (isLong) => {
    room().forge.proxy.set({ requestHeaders: { strip: ['Range'], match: isFile } });
    expect(await get(isLong)).toMatchObject({ status: 'downloaded' });
    expectWhole();
    expect(asked().length === 1).toBe(!isLong);
  },
);

it('goes on as one stream where ranges are ignored and some of it is there', async () => {
  const abort = new AbortController();
  await get(false, { signal: abort.signal, watch: abortedAfter(3 * MEBI, abort) });
  const { done } = JSON.parse(room().read('large.partial.json')) as { readonly done: ByteRange[] };
  room().forge.proxy.set({ requestHeaders: { strip: ['Range'], match: isFile } });
  room().forge.proxy.forgetRequests();
  expect(await get(true)).toMatchObject({ status: 'resumed' });
  expectWhole();
  expect(length(done)).toBeGreaterThan(3 * MEBI);
});

it('is deleted when a byte of it is wrong', async () => {
  room().forge.proxy.set({ flippedByte: { at: 99, times: 1, match: isFile } });
  expect(await get(true)).toMatchObject({
    status: 'failed',
    error: { message: expect.stringMatching(/came with sha256 .*REG735/) },
  });
  expect(room().list()).toEqual([]);
});
