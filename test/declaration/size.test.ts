import fc from 'fast-check';
import { matches } from '../../src/declaration/grammar';
import { FINITE_SIZE, formatSize, giteaSize, SIZE } from '../../src/declaration/size';
import { anyText } from '../support/any-text';
import { arbitraryFiniteSize } from '../support/arbitraries';

const GIB = 1024 ** 3;

/**
 * The algorithm of Gitea's mustBytes over go-humanize ParseBytes, rune by rune and written apart from the
 * implementation: take the longest prefix of digits, dots and commas, drop the commas, read a float, look the
 * rest up in the table of units; every error, and what does not fit an int64, is -1.
 */
function oracle(text: string): number {
  const value = text.trim();
  if (value === '' || value === '-1') {
    return -1;
  }
  let cut = 0;
  while (cut < value.length && '0123456789.,'.includes(value[cut])) {
    cut += 1;
  }
  const number = [...value.slice(0, cut)].filter((rune) => rune !== ',').join('');
  const dots = [...number].filter((rune) => rune === '.').length;
  if (dots > 1 || number.length === dots) {
    return -1;
  }
  const rest = value.slice(cut).trim().toLowerCase();
  const power = 'kmgtpe'.indexOf(rest.charAt(0));
  const factors: Record<string, number> = { '': 1, b: 1 };
  if (rest !== '' && power >= 0) {
    const letter = rest.charAt(0);
    factors[letter] = 10 ** (3 * (power + 1));
    factors[`${letter}b`] = 10 ** (3 * (power + 1));
    factors[`${letter}i`] = 2 ** (10 * (power + 1));
    factors[`${letter}ib`] = 2 ** (10 * (power + 1));
  }
  if (!(rest in factors)) {
    return -1;
  }
  const bytes = Math.floor(parseFloat(number) * factors[rest]);
  return bytes < 2 ** 63 ? bytes : -1;
}

describe('a size as Gitea reads it', () => {
  it.each([
    ['5 GiB', 5 * GIB],
    ['5gib', 5 * GIB],
    ['5Gi', 5 * GIB],
    ['5G', 5e9],
    ['5GB', 5e9],
    ['-1', -1],
    ['', -1],
    ['-2', -1],
    ['0', 0],
    ['5.36870912e+09', -1],
    ['1e+06', -1],
    ['unlimited', -1],
    ['1_000', -1],
    ['10 gibibytes', -1],
    ['<nil>', -1],
    ['9EiB', -1],
    ['5,5 GiB', 55 * GIB],
  ])('%j is %i bytes, as observed on running servers', (written, bytes) => {
    expect(giteaSize(written)).toBe(bytes);
  });

  it.each([
    ['1.5 KiB', 1536],
    ['.5 KB', 500],
    ['5.', 5],
    ['7 b', 7],
    ['  8   MB  ', 8e6],
    ['0.1', 0],
    ['1.0009', 1],
    ['7E', 7e18],
    ['1e', 1e18],
    ['9223372036854774784', 9223372036854774784],
    ['9223372036854775807', -1],
    ['8EiB', -1],
    ['1.2.3', -1],
    ['.', -1],
    [',', -1],
    ['GiB', -1],
    ['5 i', -1],
    ['5 ib', -1],
    ['5 bk', -1],
    ['5 G B', -1],
    ['+5', -1],
    ['0x10', -1],
    [`1${'0'.repeat(400)}`, -1],
  ])('%j is %i bytes', (written, bytes) => {
    expect(giteaSize(written)).toBe(bytes);
  });

  it.each([
    ['K', 1000],
    ['M', 1000 ** 2],
    ['G', 1000 ** 3],
    ['T', 1000 ** 4],
    ['P', 1000 ** 5],
    ['E', 1000 ** 6],
  ])('the unit %s is decimal alone and with B, binary with i, in any case', (unit, bytes) => {
    const binary = 1024 ** Math.round(Math.log10(bytes) / 3);
    for (const spelling of [unit, `${unit}B`, `${unit}b`.toLowerCase()]) {
      expect(giteaSize(`1 ${spelling}`)).toBe(bytes);
    }
    for (const spelling of [`${unit}i`, `${unit}iB`, `${unit}IB`, `${unit}ib`.toLowerCase()]) {
      expect(giteaSize(`1 ${spelling}`)).toBe(binary);
    }
  });

  it('agrees with an independent reading of go-humanize on texts that nearly are sizes', () => {
    const nearly = fc
      .array(fc.constantFrom(...'0159.,- kKmMGtpEeiIbB_+x'), { maxLength: 9 })
      .map((letters) => letters.join(''));
    fc.assert(
      fc.property(nearly, (text) => expect(giteaSize(text)).toBe(oracle(text))),
      { numRuns: 1500 },
    );
  });

  it('agrees with it on any text and on every size', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(), arbitraryFiniteSize), (text) =>
        expect(giteaSize(text)).toBe(oracle(text)),
      ),
      { numRuns: 300 },
    );
  });
});

describe('the grammar of sizes', () => {
  it('takes nothing that Gitea reads as nothing, as everything or as unlimited by mistake', () => {
    const nearly = fc
      .array(fc.constantFrom(...'0123.,- kMgTPeiB'), { minLength: 1, maxLength: 6 })
      .map((letters) => letters.join(''));
    fc.assert(
      fc.property(fc.oneof(nearly, fc.stringMatching(SIZE.pattern)), (text) => {
        const bytes = giteaSize(text);
        expect(matches(SIZE, text) && text !== '-1' && !(bytes > 0)).toBe(false);
        expect(matches(SIZE, text) && text !== text.trim()).toBe(false);
        expect(matches(FINITE_SIZE, text) && !(bytes > 0)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes every size a person writes', () => {
    fc.assert(
      fc.property(arbitraryFiniteSize, (size) => matches(SIZE, size) && matches(FINITE_SIZE, size)),
    );
  });

  it.each(['-1', '5 GiB', '5GiB', '5 gib', '500M', '1500', '1.5 TiB', '9007199254740991', '007'])(
    'takes %j',
    (size) => {
      expect(matches(SIZE, size)).toBe(true);
    },
  );

  it.each([
    '5,5 GiB',
    '10 gibibytes',
    '-2',
    '1e6',
    '1E+06',
    '0',
    '0 GiB',
    '0.1',
    '',
    ' 5 GiB',
    '5 GiB ',
    '5 ',
    '5  GiB',
    '.5 GiB',
    '5. GiB',
    '5 i',
    'unlimited',
    '9007199254740992',
    '8 PiB',
    '1 E',
    '+1',
    '5\nGiB',
    '5 GiB\n',
    `${'0'.repeat(40)}5`,
  ])('refuses %j', (size) => {
    expect(matches(SIZE, size)).toBe(false);
  });

  it('knows sizes that are never unlimited', () => {
    expect(matches(FINITE_SIZE, '-1')).toBe(false);
    expect(matches(FINITE_SIZE, '0')).toBe(false);
    expect(matches(FINITE_SIZE, '5 GiB')).toBe(true);
  });
});

describe('formatSize', () => {
  it.each([
    [5 * GIB, '5 GiB'],
    [1500, '1500'],
    [1536, '1536'],
    [2048, '2 KiB'],
    [1024 ** 5 * 7, '7 PiB'],
    [1024 ** 6, '1024 PiB'],
    [-1, '-1'],
    [0, '0'],
  ])('writes %i as %j', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });

  it('writes what Gitea reads back as the same number', () => {
    const bytes = fc.oneof(
      fc.integer({ min: -1, max: Number.MAX_SAFE_INTEGER }),
      fc.tuple(fc.nat(1023), fc.nat(4)).map(([count, power]) => count * 1024 ** power),
    );
    fc.assert(
      fc.property(bytes, (count) => {
        expect(giteaSize(formatSize(count))).toBe(count);
        expect(matches(SIZE, formatSize(count))).toBe(count !== 0);
      }),
      { numRuns: 300 },
    );
  });
});
