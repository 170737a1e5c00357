import fc from 'fast-check';
import { quantityValue } from '../../../src/rules/storage/quantity';

describe('a Kubernetes quantity', () => {
  test.each([
    ['0', 0],
    ['10', 10],
    ['10.', 10],
    ['.5', 0.5],
    ['+1', 1],
    ['-1', -1],
    ['1n', 1e-9],
    ['1u', 1e-6],
    ['1500m', 1.5],
    ['1k', 1000],
    ['1M', 1e6],
    ['1G', 1e9],
    ['1T', 1e12],
    ['1P', 1e15],
    ['1E', 1e18],
    ['1Ki', 1024],
    ['1Mi', 1024 ** 2],
    ['10Gi', 10 * 1024 ** 3],
    ['1Ti', 1024 ** 4],
    ['1Pi', 1024 ** 5],
    ['1Ei', 1024 ** 6],
    ['1.5Gi', 1.5 * 1024 ** 3],
    ['1e3', 1000],
    ['1E3', 1000],
    ['1e+3', 1000],
    ['15e-1', 1.5],
  ])('%s is %d', (text, value) => {
    expect(quantityValue(text)).toBeCloseTo(value, 12);
  });

  test.each([
    '',
    'Gi',
    '.',
    '+',
    '10 Gi',
    ' 10Gi',
    '10GiB',
    '10GB',
    '10gi',
    '1K',
    '1e',
    '1e3Gi',
    '1ki',
    '10Gi\n',
    '0x10',
    '1,5Gi',
    '1.5.5',
    '--1',
    `${'1'.repeat(65)}`,
  ])('%j is none', (text) => {
    expect(quantityValue(text)).toBeUndefined();
  });

  test('of 64 characters is still read', () => {
    expect(quantityValue('1'.repeat(64))).toBeCloseTo(1.11e63, -62);
  });

  test('grows by the factor of its suffix', () => {
    const suffixes = ['', 'k', 'Ki', 'M', 'Mi', 'G', 'Gi', 'T', 'Ti', 'P', 'Pi', 'E', 'Ei'];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), (count) => {
        const values = suffixes.map((suffix) => quantityValue(`${count}${suffix}`)!);
        expect(values).toEqual([...values].sort((a, b) => a - b));
        expect(new Set(values).size).toBe(suffixes.length);
      }),
    );
  });

  test('reads any text without throwing, and in time', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 5000 }), (text) => {
        const value = quantityValue(text);
        expect(value === undefined || Number.isFinite(value)).toBe(true);
      }),
    );
    expect(quantityValue('1'.repeat(1_000_000))).toBeUndefined();
  });
});
