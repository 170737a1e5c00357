import fc from 'fast-check';
import {
  goSeconds,
  nginxSeconds,
  traefikSeconds,
  wholeSeconds,
} from '../../../src/rules/limits/proxy-duration';

describe('a Go duration', () => {
  test.each([
    ['1h30m', 5400],
    ['1.5h', 5400],
    ['.5m', 30],
    ['5.s', 5],
    ['90s', 90],
    ['250ms', 0.25],
    ['5us', 5e-6],
    ['5µs', 5e-6],
    ['5ns', 5e-9],
    ['0', 0],
    ['0s', 0],
    ['-1s', -1],
    ['+2m', 120],
    ['-0', -0],
  ])('%s is %d seconds', (text, seconds) => {
    expect(goSeconds(text)).toBeCloseTo(seconds, 12);
  });

  test.each(['', '60', '1 hour', '1d', '1h 30m', 'h', '.s', '1h30', '--1s', 's1', '1h\n', ' 1h'])(
    '%j is none',
    (text) => {
      expect(goSeconds(text)).toBeUndefined();
    },
  );

  test('is not looked for in a long text', () => {
    expect(goSeconds('1s'.repeat(32))).toBe(32);
    expect(goSeconds('1s'.repeat(33))).toBeUndefined();
  });

  test('is the sum of its terms', () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(9999), fc.nat(9999), (hours, minutes, seconds) => {
        expect(goSeconds(`${hours}h${minutes}m${seconds}s`)).toBe(
          hours * 3600 + minutes * 60 + seconds,
        );
      }),
    );
  });
});

describe('a duration of Traefik', () => {
  test('may be a bare number of seconds', () => {
    expect(traefikSeconds('60')).toBe(60);
    expect(traefikSeconds('-1')).toBe(-1);
    expect(traefikSeconds('0')).toBe(0);
  });

  test('is a Go duration otherwise', () => {
    expect(traefikSeconds('10m')).toBe(600);
    expect(traefikSeconds('1.5')).toBeUndefined();
  });
});

describe('a time of nginx', () => {
  test.each([
    ['3600', 3600],
    ['60s', 60],
    ['1h 30m', 5400],
    ['1d', 86_400],
    ['1w', 604_800],
    ['1M', 2_592_000],
    ['1y', 31_536_000],
    ['500ms', 0.5],
    ['2m', 120],
  ])('%s is %d seconds', (text, seconds) => {
    expect(nginxSeconds(text)).toBe(seconds);
  });

  test.each(['', '1.5h', '-1', '1h x', 'h', '60 s', '1h30'])('%j is none', (text) => {
    expect(nginxSeconds(text)).toBeUndefined();
  });
});

describe('a whole number of seconds', () => {
  test('has no unit', () => {
    expect(wholeSeconds('3600')).toBe(3600);
    expect(wholeSeconds('+5')).toBe(5);
    expect(wholeSeconds('-5')).toBe(-5);
    expect(wholeSeconds('60s')).toBeUndefined();
    expect(wholeSeconds('s60')).toBeUndefined();
    expect(wholeSeconds('')).toBeUndefined();
    expect(wholeSeconds('1.5')).toBeUndefined();
  });
});
