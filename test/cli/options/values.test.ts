import fc from 'fast-check';
import { milliseconds } from '../../../src/cli/options/values';

it.each([
  ['30s', 30_000],
  ['5m', 300_000],
  ['1h30m', 5_400_000],
  ['2h3m4s', 7_384_000],
])('reads the duration %s', (text, expected) => {
  expect(milliseconds(text)).toBe(expected);
});

it.each([
  '',
  '0s',
  '30',
  '1.5s',
  '-1s',
  '5m30',
  '30s5m',
  '7d',
  '900h',
  '99999999s',
  ' 5m',
  'm',
  '1h ',
])('refuses the duration %j', (text) => {
  expect(() => milliseconds(text)).toThrow(/duration with units/);
});

it('gives a number a timer can hold, for whatever text it takes', () => {
  const text = fc.stringMatching(/^(\d{1,4}h)?(\d{1,7}m)?(\d{1,9}s)?$/);
  fc.assert(
    fc.property(text, (duration) => {
      let ms: number;
      try {
        ms = milliseconds(duration);
      } catch {
        return;
      }
      expect(ms).toBeGreaterThan(0);
      expect(ms).toBeLessThanOrEqual(0x7fffffff);
    }),
  );
});
