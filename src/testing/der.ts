/** The few types of ASN.1 a certificate needs, in DER (ITU-T X.690). Each function returns one whole element. */
const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Class bits of a context-specific tag, and the bit of an element that holds elements (X.690 §8.1.2). */
const CONTEXT = 0x80;
const CONSTRUCTED = 0x20;

export function sequence(...elements: readonly Buffer[]): Buffer {
  return element(TAG.sequence, ...elements);
}

export function set(...elements: readonly Buffer[]): Buffer {
  return element(TAG.set, ...elements);
}

/** `[tag] EXPLICIT`: an element around another one. */
export function explicit(tag: number, ...elements: readonly Buffer[]): Buffer {
  return element(CONTEXT | CONSTRUCTED | tag, ...elements);
}

/** `[tag] IMPLICIT` on a primitive type: its content under another tag. */
export function implicit(tag: number, content: Buffer): Buffer {
  return element(CONTEXT | tag, content);
}

/** @param magnitude a number that is not negative, most significant byte first */
export function integer(magnitude: Buffer): Buffer {
  const first = magnitude.findIndex((byte) => byte !== 0);
  const shortest = first === -1 ? Buffer.of(0) : magnitude.subarray(first);
  // A leading bit would make the number negative.
  const sign = shortest[0]! >= 0x80 ? Buffer.of(0) : Buffer.alloc(0);
  return element(TAG.integer, sign, shortest);
}

export function boolean(value: boolean): Buffer {
  return element(TAG.boolean, Buffer.of(value ? 0xff : 0));
}

/** @param unusedBits how many bits of the last byte do not count */
export function bitString(content: Buffer, unusedBits = 0): Buffer {
  return element(TAG.bitString, Buffer.of(unusedBits), content);
}

export function octetString(content: Buffer): Buffer {
  return element(TAG.octetString, content);
}

export function utf8String(text: string): Buffer {
  return element(TAG.utf8String, Buffer.from(text));
}

/** @param dotted such as `2.5.29.17` */
export function objectIdentifier(dotted: string): Buffer {
  const [first, second, ...others] = dotted.split('.').map(Number);
  const arcs = [first! * 40 + second!, ...others];
  return element(TAG.objectIdentifier, Buffer.from(arcs.flatMap(base128)));
}

/** A time of a certificate: UTCTime before 2050, GeneralizedTime after (RFC 5280 §4.1.2.5). */
export function time(date: Date): Buffer {
  const digits = `${date.toISOString().replace(/\.\d+|\D/g, '')}Z`;
  const year = date.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? element(TAG.utcTime, Buffer.from(digits.slice(2)))
    : element(TAG.generalizedTime, Buffer.from(digits));
}

function element(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content)]), content]);
}

function lengthOf({ length }: Buffer): number[] {
  if (length < 0x80) {
    return [length];
  }
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 0x100)) {
    bytes.unshift(rest % 0x100);
  }
  return [0x80 | bytes.length, ...bytes];
}

function base128(arc: number): number[] {
  const bytes = [arc % 0x80];
  for (let rest = Math.floor(arc / 0x80); rest > 0; rest = Math.floor(rest / 0x80)) {
    bytes.unshift(0x80 | (rest % 0x80));
  }
  return bytes;
}
