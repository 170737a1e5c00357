/** Half a page of memory. */
const HALF_PAGE = 2048;

/**
 * Memory to read into again and again.
 *
 * It begins in the middle of a page. Memory of some size begins 16 bytes after the start of one otherwise, and AMD's Zen 3
 * and 4 copy from there to the start of another page, or back, at a fifth of their speed: that is what reading and writing
 * a file does.
 *
 * @param size bytes
 */
export function readBuffer(size: number): Buffer {
  return Buffer.allocUnsafeSlow(size + HALF_PAGE).subarray(HALF_PAGE);
}
