import fc from 'fast-check';
import { HEADER_DICTIONARY } from '../../../../src/testing/fake-cluster/spdy/dictionary';
import { HeaderBlocks } from '../../../../src/testing/fake-cluster/spdy/header-block';

const anyHeaders = fc.dictionary(
  fc.stringMatching(/^[a-z-]{1,12}$/).filter((name) => name !== '__proto__'),
  fc.string({ maxLength: 40 }),
  { maxKeys: 5, noNullPrototype: true },
);

test('the blocks of a session are read one after the other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyHeaders, { maxLength: 4 }), async (all) => {
      const [writer, reader] = [new HeaderBlocks(), new HeaderBlocks()];
      for (const headers of all)
        expect(await reader.read(await writer.write(headers))).toEqual(headers);
    }),
    { numRuns: 30 },
  );
});

test('the dictionary is the one of the draft: zlib names it by its Adler-32', async () => {
  const block = await new HeaderBlocks().write({});
  expect(HEADER_DICTIONARY).toHaveLength(1423);
  expect(block.subarray(2, 6).toString('hex')).toBe('e3c6a7c2');
});

test('a block that is no zlib data is refused', async () => {
  await expect(new HeaderBlocks().read(Buffer.from('no zlib data'))).rejects.toThrow();
});
