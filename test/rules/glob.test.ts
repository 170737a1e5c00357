import fc from 'fast-check';
import { globMatches } from '../../src/rules/glob';

describe('a glob', () => {
  test.each([
    ['', '', true],
    ['', 'a', false],
    ['a', 'a', true],
    ['a', 'ab', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['a*', 'ab', true],
    ['a*', 'ba', false],
    ['*b', 'ab', true],
    ['*b', 'ba', false],
    ['a*b', 'ab', true],
    ['a*a', 'a', false],
    ['a*b*c', 'axbxc', true],
    ['a*b*c', 'axcxb', false],
    ['*b*', 'abc', true],
    ['*bb', 'b', false],
    ['a.c', 'abc', false],
  ])('%j makes %j: %j', (glob, text, expected) => {
    expect(globMatches(glob, text)).toBe(expected);
  });

  test('takes what its stars were replaced by', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 4 });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), fc.array(part), (parts, fillings) => {
        const text = parts
          .map((one, index) => one + (index < parts.length - 1 ? (fillings[index] ?? '') : ''))
          .join('');
        expect(globMatches(parts.join('*'), text)).toBe(true);
      }),
    );
  });

  test('agrees with the expression it abbreviates', () => {
    const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(glob, text, (pattern, value) => {
        expect(globMatches(pattern, value)).toBe(
          new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(value),
        );
      }),
      { numRuns: 500 },
    );
  });
});
