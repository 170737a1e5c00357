import fc from 'fast-check';
import { iniDurationSeconds, isBareNumber } from '../../../src/rules/storage/ini-duration';

describe('a duration of app.ini', () => {
  test.each([
    ['24h', 86_400],
    ['1h30m', 5400],
    ['1.5h', 5400],
    ['500ms', 0.5],
    [' 90m ', 5400],
  ])('%j is read as Go reads it', (text, seconds) => {
    expect(iniDurationSeconds(text)).toBeCloseTo(seconds);
  });

  test.each([
    ['86400', 8.64e-5],
    ['1', 1e-9],
    ['3600000000000', 3600],
  ])('the bare number %s counts nanoseconds', (text, seconds) => {
    expect(iniDurationSeconds(text)).toBeCloseTo(seconds, 12);
  });

  test.each(['', ' ', '0', '0s', '-1h', '7d', '1 h', 'h', '24hours'])(
    '%j leaves the default',
    (text) => {
      expect(iniDurationSeconds(text)).toBeUndefined();
    },
  );

  test('is above zero whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const seconds = iniDurationSeconds(text);
        expect(seconds === undefined || seconds > 0).toBe(true);
      }),
    );
  });
});

test.each([
  ['86400', true],
  [' 86400 ', true],
  ['86400s', false],
  ['-1', false],
  ['', false],
  ['1'.repeat(18), true],
  ['1'.repeat(19), false],
])('%j without a unit: %s', (text, bare) => {
  expect(isBareNumber(text)).toBe(bare);
});
