import fc from 'fast-check';
import { hasExponent, helmText } from '../../../src/rules/read/helm-text';
import recorded from './go-vectors.json';

describe('what Helm prints for a value of a values file', () => {
  test.each(recorded.float as [number, string][])('prints %d as %s, like Go', (number, text) => {
    expect(helmText(number)).toBe(text);
  });

  test.each(recorded.any.map(({ json, text }) => [json, text] as const))(
    'prints %j as %s, like Go',
    (json, text) => {
      expect(helmText(json)).toBe(text);
    },
  );

  test.each([
    [null, '<nil>'],
    [undefined, '<nil>'],
    ['5 GiB', '5 GiB'],
    [true, 'true'],
    [false, 'false'],
    [[], '[]'],
    [{}, 'map[]'],
    [{ b: 1, a: 2 }, 'map[a:2 b:1]'],
  ])('prints %j as %s', (value, text) => {
    expect(helmText(value)).toBe(text);
  });

  test('prints a number that is read back as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(Number(helmText(number)) + 0).toBe(number + 0);
      }),
    );
  });

  test.each([
    [999_999.9, false],
    [1_000_000, true],
    [-1_000_000, true],
    [0, false],
    [0.0001, false],
    [0.000_099, true],
    [-0.000_099, true],
  ])('needs an exponent for %d: %s', (number, needed) => {
    expect(hasExponent(number)).toBe(needed);
    expect(helmText(number).includes('e')).toBe(needed);
  });
});
