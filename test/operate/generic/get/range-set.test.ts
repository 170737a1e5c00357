import fc from 'fast-check';
import type { ByteRange } from '../../../../src/operate/generic/get/range-set';
import { RangeSet } from '../../../../src/operate/generic/get/range-set';

const SIZE = 40;

const arbitraryRange: fc.Arbitrary<ByteRange> = fc
  .tuple(fc.nat(SIZE), fc.nat(SIZE))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);

/** The same by one flag for each byte. */
function flags(ranges: readonly ByteRange[]): boolean[] {
  return Array.from({ length: SIZE }, (_, byte) =>
    ranges.some(([from, to]) => byte >= from && byte < to),
  );
}

it('holds the bytes that were added, whatever their order', () => {
  fc.assert(
    fc.property(fc.array(arbitraryRange), (ranges) => {
      const set = new RangeSet(ranges);
      expect(flags(set.list())).toEqual(flags(ranges));
      expect(set.total).toBe(flags(ranges).filter(Boolean).length);
      expect(set.prefix).toBe([...flags(ranges), false].indexOf(false));
    }),
  );
});

it('lists ranges in order that do not touch', () => {
  fc.assert(
    fc.property(fc.array(arbitraryRange), (ranges) => {
      const bounds = new RangeSet(ranges).list().flat();
      expect(bounds.every((bound, index) => index === 0 || bound > bounds[index - 1])).toBe(true);
    }),
  );
});

it('misses what it does not hold', () => {
  fc.assert(
    fc.property(fc.array(arbitraryRange), arbitraryRange, (ranges, [from, to]) => {
      const missing = new RangeSet(ranges).missing(from, to);
      const expected = flags(ranges).map((there, byte) => !there && byte >= from && byte < to);
      expect(flags(missing)).toEqual(expected);
    }),
  );
});
