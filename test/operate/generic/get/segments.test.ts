import fc from 'fast-check';
import { RangeSet } from '../../../../src/operate/generic/get/range-set';
import { piecesOf, segments } from '../../../../src/operate/generic/get/segments';

const arbitraryFiles = fc
  .array(fc.nat(30), { minLength: 1, maxLength: 5 })
  .map((sizes) => sizes.map((size, index) => ({ name: `f${index}`, size })));

it('asks for every missing byte once, in order, in no larger parts, each within one stored file', () => {
  fc.assert(
    fc.property(
      arbitraryFiles,
      fc.array(fc.tuple(fc.nat(60), fc.nat(20))),
      fc.integer({ min: 1, max: 40 }),
      (files, ranges, most) => {
        const size = files.reduce((sum, file) => sum + file.size, 0);
        const done = new RangeSet(
          ranges.map(([from, length]) => [Math.min(from, size), Math.min(from + length, size)]),
        );
        const cut = segments(piecesOf(files), done, most);
        const bytes = cut.flatMap(({ from, to }) =>
          Array.from({ length: to - from }, (_, index) => from + index),
        );
        const missing = done
          .missing(0, size)
          .flatMap(([from, to]) => Array.from({ length: to - from }, (_, index) => from + index));
        expect(bytes).toEqual(missing);
        for (const { piece, from, to } of cut) {
          expect(to - from).toBeLessThanOrEqual(most);
          expect(from).toBeGreaterThanOrEqual(piece.offset);
          expect(to).toBeLessThanOrEqual(piece.offset + piece.size);
        }
      },
    ),
  );
});
