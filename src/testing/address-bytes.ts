import { isIPv4, isIPv6 } from 'node:net';

/** The bytes of an IP address, 4 or 16, as a certificate holds it (RFC 5280 §4.2.1.6); undefined for other texts. */
export function addressBytes(text: string): Buffer | undefined {
  if (isIPv4(text)) {
    return Buffer.from(text.split('.').map(Number));
  }
  return isIPv6(text) && !text.includes('%') ? groupsOf(text) : undefined;
}

function groupsOf(address: string): Buffer {
  // The URL parser writes an address in one form: hexadecimal groups, the longest run of zeros as `::`.
  const normal = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head, tail] = normal.split('::').map((side) => side.split(':').filter(Boolean));
  const zeros = Array<string>(8 - head!.length - (tail?.length ?? 0)).fill('0');
  return Buffer.from(
    [...head!, ...zeros, ...(tail ?? [])].map((group) => group.padStart(4, '0')).join(''),
    'hex',
  );
}
