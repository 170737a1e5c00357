import fc from 'fast-check';
import { DURATION, durationSeconds, formatDuration } from '../../src/declaration/go-duration';
import { matches } from '../../src/declaration/grammar';
import { arbitraryDuration } from '../support/arbitraries';

it.each([
  ['1h', 3600],
  ['90m', 5400],
  ['45s', 45],
  ['1h30m', 5400],
  ['1h0m5s', 3605],
  ['100h', 360000],
  ['0s', 0],
])('%s is %i seconds', (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});

it.each(['', '7d', '86400', '1.5h', '-1h', '30m1h', '1h 30m', '1H', 'h', '1h\n', '500ms'])(
  '%j is no duration: Gitea would take its default or nanoseconds',
  (text) => {
    expect(durationSeconds(text)).toBeUndefined();
    expect(matches(DURATION, text)).toBe(false);
  },
);

it.each(['0s', '0h0m', '0m'])('%j is a duration, but none above zero', (text) => {
  expect(durationSeconds(text)).toBe(0);
  expect(matches(DURATION, text)).toBe(false);
});

it('takes every duration in hours, minutes and seconds', () => {
  fc.assert(fc.property(arbitraryDuration, (text) => matches(DURATION, text)));
});

it('refuses a duration that Go cannot hold: int64 nanoseconds end at 2562047 hours', () => {
  expect(matches(DURATION, '2562047h')).toBe(true);
  expect(matches(DURATION, '2562048h')).toBe(false);
  expect(matches(DURATION, `${'0'.repeat(40)}1h`)).toBe(false);
});

it.each([
  [3600, '1h'],
  [5400, '1h30m'],
  [45, '45s'],
  [3605, '1h5s'],
  [86400, '24h'],
  [0, '0s'],
])('writes %i seconds as %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

it('reads back what it writes', () => {
  fc.assert(
    fc.property(fc.nat(), (seconds) => {
      expect(durationSeconds(formatDuration(seconds))).toBe(seconds);
      expect(matches(DURATION, formatDuration(seconds))).toBe(seconds > 0);
    }),
  );
});
