const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);

/** Control bytes a text has none of (WHATWG MIME sniffing, binary data bytes). */
const BINARY = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/; // eslint-disable-line no-control-regex

/** Bytes that decide (WHATWG MIME sniffing, section 5.2). */
const HEAD_BYTES = 512;

/** `Content-Type` Go's server guesses where a handler sets none. */
export function sniff(bytes: Buffer): string {
  const head = bytes.subarray(0, HEAD_BYTES);
  if (head.subarray(0, GZIP.length).equals(GZIP)) return 'application/x-gzip';
  return BINARY.test(head.toString('latin1'))
    ? 'application/octet-stream'
    : 'text/plain; charset=utf-8';
}
