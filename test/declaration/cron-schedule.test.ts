import fc from 'fast-check';
import { CRON_SCHEDULE } from '../../src/declaration/cron-schedule';
import { matches } from '../../src/declaration/grammar';
import { isCronSchedule } from '../../src/rules/values/cron-schedule';

const isAllowed = (text: string): boolean => matches(CRON_SCHEDULE, text);

it.each([
  '@midnight',
  '@daily',
  '@hourly',
  '@every 12h',
  '@every 1h30m',
  '0 0 * * *',
  '*/15 3-5 1,15 * 1-5',
  '59 23 31 12 6',
  '5/10 * * * *',
])('a schedule can be %j', (text) => {
  expect(isAllowed(text)).toBe(true);
});

it.each([
  '',
  'midnight',
  '@noon',
  '@every',
  '@every 7d',
  '@every 0s',
  '@every 12',
  '* * * *',
  '* * * * * *',
  '60 * * * *',
  '* 24 * * *',
  '* * 0 * *',
  '* * * 13 *',
  '* * * * 7',
  '5-1 * * * *',
  '*/0 * * * *',
  '1, * * * *',
  ' @midnight',
  '0 0  * * *',
])('a schedule cannot be %j', (text) => {
  expect(isAllowed(text)).toBe(false);
});

const number = fc.integer({ min: 0, max: 70 });
const range = fc.oneof(
  fc.constant('*'),
  number.map(String),
  fc.tuple(number, number).map((both) => both.join('-')),
  fc.tuple(fc.constantFrom('*', '3', '1-5'), number).map((both) => both.join('/')),
);
const field = fc.array(range, { minLength: 1, maxLength: 3 }).map((ranges) => ranges.join(','));

it('is one the scheduler of Gitea reads, whatever is allowed', () => {
  let allowed = 0;
  const fields = fc.array(field, { minLength: 4, maxLength: 6 }).map((all) => all.join(' '));
  const text = fc.oneof(
    fields,
    number.map((hours) => `@every ${hours}h`),
  );
  fc.assert(
    fc.property(text, (schedule) => {
      allowed += Number(isAllowed(schedule));
      expect(!isAllowed(schedule) || isCronSchedule(schedule)).toBe(true);
    }),
    { numRuns: 1000 },
  );
  expect(allowed).toBeGreaterThan(50);
});
