import fc from 'fast-check';
import { isCronSchedule } from '../../../src/rules/values/cron-schedule';
import recorded from '../read/go-vectors.json';

describe('a schedule of app.ini', () => {
  test.each(recorded.cron.valid)('%j is taken, as by the scheduler of Gitea', (spec) => {
    expect(isCronSchedule(spec)).toBe(true);
  });

  test.each(recorded.cron.invalid)('%j is refused, as by the scheduler of Gitea', (spec) => {
    expect(isCronSchedule(spec)).toBe(false);
  });

  test('may be any numbers within the bounds of their fields', () => {
    const fields = fc.tuple(
      fc.integer({ min: 0, max: 59 }),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 1, max: 31 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 6 }),
    );
    fc.assert(
      fc.property(fields, (numbers) => {
        expect(isCronSchedule(numbers.join(' '))).toBe(true);
        expect(isCronSchedule(`0 ${numbers.join(' ')}`)).toBe(true);
      }),
    );
  });

  test.each(['60', '24', '32', '13', '7'])(
    'ends where field by field the highest number does: %s',
    (number) => {
      const index = ['60', '24', '32', '13', '7'].indexOf(number);
      const fields = ['*', '*', '*', '*', '*'];
      fields[index] = `${Number(number) - 1}`;
      expect(isCronSchedule(fields.join(' '))).toBe(true);
      fields[index] = number;
      expect(isCronSchedule(fields.join(' '))).toBe(false);
    },
  );

  test('is short', () => {
    expect(isCronSchedule(`* * * * ${'*,'.repeat(123)}*`)).toBe(true);
    expect(isCronSchedule(`* * * * ${'*,'.repeat(124)}*`)).toBe(false);
  });
});
