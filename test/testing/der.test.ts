import fc from 'fast-check';
import * as der from '../../src/testing/der';

/** Reads one element whole: tag and content. Written after X.690, apart from the encoder. */
function read(element: Buffer): { readonly tag: number; readonly content: Buffer } {
  const first = element[1]!;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const length = lengthBytes === 0 ? first : element.readUIntBE(2, lengthBytes);
  const content = element.subarray(2 + lengthBytes);
  expect(content).toHaveLength(length);
  // DER wants the shortest form (X.690 §10.1).
  expect(lengthBytes === 0 || length >= 0x80).toBe(true);
  expect(lengthBytes < 2 || length >= 2 ** (8 * (lengthBytes - 1))).toBe(true);
  return { tag: element[0]!, content };
}

it.each([0, 1, 127, 128, 255, 256, 65535, 65536])('gives %i bytes their length', (size) => {
  const content = Buffer.alloc(size, 7);
  expect(read(der.octetString(content))).toEqual({ tag: 0x04, content });
});

it('writes numbers that are not negative in the fewest bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
      const { tag, content } = read(der.integer(Buffer.from(bytes)));
      const value = (hex: string): bigint => BigInt(`0x0${hex}`);
      expect(tag).toBe(0x02);
      expect(value(content.toString('hex'))).toBe(value(Buffer.from(bytes).toString('hex')));
      expect(content[0]).toBeLessThan(0x80);
      expect(content.length === 1 || content[0] !== 0 || content[1]! >= 0x80).toBe(true);
    }),
  );
});

it('writes object identifiers as in the standards', () => {
  const written = (dotted: string): string => der.objectIdentifier(dotted).toString('hex');
  expect(written('1.2.840.10045.4.3.2')).toBe('06082a8648ce3d040302');
  expect(written('2.5.29.17')).toBe('0603551d11');
  expect(written('1.3.6.1.5.5.7.3.1')).toBe('06082b06010505070301');
});

it.each([
  ['1950-01-01T00:00:00Z', 0x17, '500101000000Z'],
  ['2049-12-31T23:59:59.999Z', 0x17, '491231235959Z'],
  ['2050-01-01T00:00:00Z', 0x18, '20500101000000Z'],
  ['1949-12-31T23:59:59Z', 0x18, '19491231235959Z'],
])('writes %s in the form of its year', (date, tag, text) => {
  expect(read(der.time(new Date(date)))).toEqual({ tag, content: Buffer.from(text) });
});

it('nests and tags', () => {
  const one = der.integer(Buffer.of(1));
  expect(der.sequence(one, der.set(one)).toString('hex')).toBe('3008020101' + '3103020101');
  expect(der.explicit(3, one).toString('hex')).toBe('a303020101');
  expect(der.implicit(2, Buffer.from('a')).toString('hex')).toBe('820161');
  expect(der.boolean(true).toString('hex') + der.boolean(false).toString('hex')).toBe(
    '0101ff' + '010100',
  );
  expect(der.bitString(Buffer.of(0x80), 7).toString('hex')).toBe('03020780');
  expect(der.utf8String('é').toString('hex')).toBe('0c02c3a9');
});
