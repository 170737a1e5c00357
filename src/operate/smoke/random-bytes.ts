import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { HttpBody } from '../../client/http/message';

/** Bytes nobody has stored before, the same each time they are opened. */
export interface RandomBody extends HttpBody {
  readonly length: number;
}

/** Bytes made at a time. */
const CHUNK = 64 * 1024;

const KEY_BYTES = 32;
const COUNTER_BYTES = 16;

/**
 * A body of random bytes that is never in memory as a whole: the key stream of AES in counter mode (NIST SP 800-38A)
 * under a fresh key. What a limit refuses is deleted by Gitea for everybody who has the same blob, so a test must not
 * send bytes somebody may have.
 *
 * @param length bytes
 */
export function randomBody(length: number): RandomBody {
  const key = randomBytes(KEY_BYTES);
  return {
    length,
    isReplayable: true,
    open: () => Readable.from(keyStream(key, length), { objectMode: false }),
  };
}

function* keyStream(key: Buffer, length: number): Generator<Buffer> {
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(COUNTER_BYTES));
  const zeros = Buffer.alloc(CHUNK);
  for (let left = length; left > 0; left -= CHUNK) {
    yield cipher.update(left < CHUNK ? zeros.subarray(0, left) : zeros);
  }
}

/** SHA-256 of a body, in hex. */
export async function sha256Of(body: Readable | AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of body) {
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}
