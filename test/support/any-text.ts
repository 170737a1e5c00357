import fc from 'fast-check';

/** Code points that stand for halves of a pair, and are no character alone. */
const SURROGATES = { first: 0xd800, count: 0x800 };

/**
 * Any character of Unicode. It is `unit: 'binary'` of fast-check without its table of all of them, which each test file
 * that names that unit would build anew: more than a second and a hundred megabytes.
 */
const anyCharacter = fc.nat({ max: 0x10ffff - SURROGATES.count }).map(
  (index) => String.fromCodePoint(index < SURROGATES.first ? index : index + SURROGATES.count),
  (text) => {
    const point = typeof text === 'string' ? text.codePointAt(0) : undefined;
    if (point === undefined || text !== String.fromCodePoint(point)) {
      throw new TypeError('not one character');
    }
    return point < SURROGATES.first ? point : point - SURROGATES.count;
  },
);

/** Any text: each character is any of Unicode, control characters included. */
export function anyText(
  lengths: Pick<fc.StringConstraints, 'minLength' | 'maxLength'> = {},
): fc.Arbitrary<string> {
  return fc.string({ ...lengths, unit: anyCharacter });
}
