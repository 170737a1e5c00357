import fc from 'fast-check';
import { matches } from '../../src/declaration/grammar';
import { IP_RANGE } from '../../src/declaration/ip-range';

const v4 = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }));
const v6 = fc.tuple(
  fc.ipV6().filter((address) => !address.includes('.')),
  fc.integer({ min: 0, max: 128 }),
);

it('takes every range of IPv4 and IPv6', () => {
  fc.assert(
    fc.property(fc.oneof(v4, v6), ([address, bits]) => {
      expect(matches(IP_RANGE, `${address}/${bits}`)).toBe(true);
    }),
  );
});

it('takes no address without its bits, and no bits beyond the address', () => {
  fc.assert(
    fc.property(fc.oneof(v4, v6), fc.integer({ min: 129, max: 9999 }), ([address], bits) => {
      expect(matches(IP_RANGE, address)).toBe(false);
      expect(matches(IP_RANGE, `${address}/${bits}`)).toBe(false);
    }),
  );
  expect(matches(IP_RANGE, '10.0.0.0/33')).toBe(false);
});

it.each([
  '10.0.0/8',
  '10.0.0.256/8',
  '010.0.0.1/8',
  '10.0.0.0/08',
  ':/8',
  ':::/8',
  '1::2::3/8',
  '12345::/8',
  'fd00::/8 ',
  'FD00::/8',
  'example.org/8',
])("refuses '%s'", (text) => {
  expect(matches(IP_RANGE, text)).toBe(false);
});
