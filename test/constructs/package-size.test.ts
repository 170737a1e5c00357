import fc from 'fast-check';
import { PackageSize } from 'cdk8s-gitea-registry';

it('can be unlimited', () => {
  expect(PackageSize.unlimited().toIni()).toBe('-1');
  expect(PackageSize.unlimited().toBytes()).toBe(-1);
});

it('can be given in bytes, MiB and GiB', () => {
  expect(PackageSize.bytes(1).toIni()).toBe('1');
  expect(PackageSize.bytes(5 * 1024 ** 3).toIni()).toBe('5 GiB');
  expect(PackageSize.mebibytes(500).toIni()).toBe('500 MiB');
  expect(PackageSize.gibibytes(5).toIni()).toBe('5 GiB');
  expect(PackageSize.mebibytes(0.5).toBytes()).toBe(512 * 1024);
});

it('can be given as text, which is written as it stands', () => {
  for (const [text, bytes] of [
    ['500 MiB', 500 * 1024 ** 2],
    ['5GB', 5_000_000_000],
    ['1.5 GiB', 1.5 * 1024 ** 3],
    ['5000000000', 5_000_000_000],
    ['-1', -1],
  ] as const) {
    expect(PackageSize.parse(text).toIni()).toBe(text);
    expect(PackageSize.parse(text).toBytes()).toBe(bytes);
  }
});

it('is read by Gitea as the bytes it was made of', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (amount) => {
      expect(PackageSize.bytes(amount).toBytes()).toBe(amount);
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8_000_000 }), (amount) => {
      expect(PackageSize.mebibytes(amount).toBytes()).toBe(amount * 1024 ** 2);
      expect(PackageSize.gibibytes(amount).toBytes()).toBe(amount * 1024 ** 3);
    }),
  );
});

it.each(['5,5 GiB', '10 gibibytes', '1e6', '-2', '', '0', '0 MiB', ' 5 GiB', '9 EiB', 'unlimited'])(
  'throws when Gitea would read %j as another size or as unlimited',
  (text) => {
    expect(() => PackageSize.parse(text)).toThrow(/^size '.*' must be '-1' .*\(REG621\)$/);
  },
);

it.each([0, -1, -5, 1.5, NaN, Infinity, 2 ** 53])('throws when the bytes are %d', (amount) => {
  expect(() => PackageSize.bytes(amount)).toThrow(/^size .* \(REG621\)$/);
});

it.each([0, -1, NaN, Infinity, 1e21, 1e-9])('throws when MiB or GiB are %d', (amount) => {
  expect(() => PackageSize.mebibytes(amount)).toThrow(/\(REG621\)$/);
  expect(() => PackageSize.gibibytes(amount)).toThrow(/\(REG621\)$/);
});
