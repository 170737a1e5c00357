import fc from 'fast-check';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SegmentSinkOptions } from '../../../../src/operate/generic/get/segment-sink';
import { SegmentSink, TooManyBytes } from '../../../../src/operate/generic/get/segment-sink';
import { rejection } from '../../../client/http/local-servers';

/** Pours chunks into a sink and gives what came where, and how many bytes came together. */
async function pour(
  chunks: readonly Buffer[],
  options: SegmentSinkOptions,
): Promise<{ readonly bytes: Buffer; readonly at: number; readonly batches: number[] }> {
  const bytes = Buffer.alloc(options.to);
  const batches: number[] = [];
  const sink = new SegmentSink(options, async (parts, at) => {
    // Slower than the source, so that chunks pile up.
    await new Promise((resolve) => setImmediate(resolve));
    const together = Buffer.concat(parts);
    together.copy(bytes, at);
    batches.push(together.length);
  });
  await pipeline(Readable.from(chunks), sink);
  return { bytes: bytes.subarray(options.from), at: sink.at, batches };
}

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
        const { bytes, at, batches } = await pour(body, { from, to, skip, batch });
        expect(at).toBe(to);
        expect(bytes).toEqual(all.subarray(skip));
        expect(batches.slice(0, -1).every((size) => size >= batch)).toBe(true);
      },
    ),
    { numRuns: 50 },
  );
});

it('refuses more than was asked for', async () => {
  const error = await rejection(pour([Buffer.from('abcd')], { from: 0, to: 3 }));
  expect(error).toBeInstanceOf(TooManyBytes);
});
