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

async function get(options: ContextOptions = {}): Promise<GetResult> {
  const context = room().context({ isProxied: true, ...options });
  const found = await existingVersion(context, VERSION);
  const stored = existingFile(context, VERSION, found, 'large');
  const target = join(room().folder, 'large');
  const [result] = await getFiles(context, VERSION, [{ stored, target }], LARGE);
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

function expectWhole(): void {
  const bytes = readFileSync(join(room().folder, 'large'));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(DIGEST);
  expect(room().list()).toEqual(['large']);
}

it('comes in ranges, each asked for once, and is whole', async () => {
  expect(await get()).toMatchObject({ status: 'downloaded' });
  expectWhole();
  expect(asked()).toHaveLength(5);
  expect(new RangeSet(asked()).list()).toEqual([[0, CONTENT.length]]);
  expect(length(asked())).toBe(CONTENT.length);
});

it('asks for no more than a buffer again when ranges are cut', async () => {
  room().forge.proxy.set({ responseCut: { afterBytes: MEBI, times: 3, match: isFile } });
  expect(await get()).toMatchObject({ status: 'downloaded' });
  expectWhole();
  const rest = asked().filter(([from]) => from % LARGE.rangeSize !== 0);
  expect(rest).toHaveLength(3);
  for (const [from] of rest) {
    const again = MEBI - (from % LARGE.rangeSize);
    expect(again).toBeGreaterThanOrEqual(0);
    expect(again).toBeLessThanOrEqual(MEBI / 4);
  }
});

it('goes on with the ranges that are missing after an abort', async () => {
  const abort = new AbortController();
  const watch: GenericContext['watch'] = {
    begin: () => ({
      at: (bytes) => {
        if (bytes > 3 * MEBI) {
          abort.abort(new Error('enough'));
        }
      },
      end: () => undefined,
    }),
  };
  expect(await get({ signal: abort.signal, watch })).toMatchObject({ status: 'failed' });
  const { done } = JSON.parse(room().read('large.partial.json')) as { readonly done: ByteRange[] };
  expect(length(done)).toBeGreaterThan(3 * MEBI);
  room().forge.proxy.forgetRequests();
  expect(await get()).toMatchObject({ status: 'resumed' });
  expectWhole();
  expect(new RangeSet(asked()).list()).toEqual(new RangeSet(done).missing(0, CONTENT.length));
  expect(length(asked())).toBe(CONTENT.length - length(done));
});

it('comes as one stream where ranges are ignored', async () => {
  room().forge.proxy.set({ requestHeaders: { strip: ['Range'], match: isFile } });
  expect(await get()).toMatchObject({ status: 'downloaded' });
  expectWhole();
  expect(asked()).toEqual([
    [0, LARGE.rangeSize],
    [0, CONTENT.length],
  ]);
});

it('is deleted when a byte of it is wrong', async () => {
  room().forge.proxy.set({ flippedByte: { at: 99, times: 1, match: isFile } });
  expect(await get()).toMatchObject({
    status: 'failed',
    error: { message: expect.stringMatching(/came with sha256 .*REG735/) },
  });
  expect(room().list()).toEqual([]);
});
