import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';

/** `sha256:` and 64 lower-case hex digits: the one algorithm Gitea knows. */
export type Digest = `sha256:${string}`;

const FORM = /^sha256:[0-9a-f]{64}$/;

/** Whether a text is a {@link Digest} (OCI image spec, "Digests"). */
export function isDigest(text: unknown): text is Digest {
  return typeof text === 'string' && FORM.test(text);
}

/** Digest of bytes in memory. */
export function digestOf(bytes: Uint8Array | string): Digest {
  return digestOfHash(createHash('sha256').update(bytes));
}

/** Bytes seen so far: how many, and their digest. */
export class DigestMeter {
  private readonly hash = createHash('sha256');
  private bytes = 0;

  /** Number of bytes. */
  public get size(): number {
    return this.bytes;
  }

  /** Takes the next bytes. */
  public update(chunk: Uint8Array): void {
    this.hash.update(chunk);
    this.bytes += chunk.length;
  }

  /** Digest of what was taken; more may follow. */
  public digest(): Digest {
    return digestOfHash(this.hash.copy());
  }
}

function digestOfHash(hash: Hash): Digest {
  return `sha256:${hash.digest('hex')}`;
}
