import fc from 'fast-check';
import { nginxBytes } from '../../../src/rules/limits/body-size';

describe('a size of nginx', () => {
  test.each([
    ['0', 0],
    ['1048576', 1_048_576],
    ['512b', 512],
    ['8k', 8192],
    ['8m', 8_388_608],
    ['1G', 1_073_741_824],
    [' 10M ', 10_485_760],
  ])('%j is %d bytes', (text, bytes) => {
    expect(nginxBytes(text)).toBe(bytes);
  });

  test.each(['', 'm', '10Gi', '10 m', '1.5g', '-1', 'unlimited', '1t'])('%j is none', (text) => {
    expect(nginxBytes(text)).toBeUndefined();
  });

  test('is a number times the factor of its unit', () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.constantFrom('k', 'm', 'g'), (count, unit) => {
        const factor = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }[unit]!;
        expect(nginxBytes(`${count}${unit}`)).toBe(count * factor);
      }),
    );
  });
});
