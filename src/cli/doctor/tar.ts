/** A file of an archive. */
export interface TarFile {
  /** Path with `/`, at most 100 characters of ASCII. */
  readonly name: string;
  readonly content: Buffer;
}

const BLOCK = 512;

/**
 * Small files as a ustar archive (POSIX.1-2017, pax "ustar Interchange Format"): regular files of mode 0600 without an
 * owner.
 *
 * @param seconds time of the files, since 1970
 */
export function tarOf(files: readonly TarFile[], seconds: number): Buffer {
  const parts = files.flatMap(({ name, content }) => [
    header(name, content.length, seconds),
    content,
    Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function header(name: string, size: number, seconds: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const text = (value: string, at: number): void => void block.write(value, at, 'latin1');
  const octal = (value: number, at: number, length: number): void =>
    text(value.toString(8).padStart(length - 1, '0'), at);
  text(name, 0);
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(Math.floor(seconds), 136, 12);
  text('0', 156);
  text('ustar\0' + '00', 257);
  // The sum counts its own field as blanks.
  text(' '.repeat(8), 148);
  const sum = block.reduce((total, byte) => total + byte, 0);
  text(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
