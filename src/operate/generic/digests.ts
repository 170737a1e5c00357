import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';

/** What some bytes are: their number and their digests, in lower-case hex. */
export interface Content {
  readonly size: number;
  readonly sha256: string;
  readonly sha512: string;
}

/** Counts and digests bytes as they pass. */
export class Digests {
  private size = 0;

  private constructor(
    private readonly sha256: Hash,
    private readonly sha512: Hash,
  ) {}

  /** Of no bytes yet. */
  public static begin(): Digests {
    return new Digests(createHash('sha256'), createHash('sha512'));
  }

  public update(bytes: Uint8Array): void {
    this.size += bytes.length;
    this.sha256.update(bytes);
    this.sha512.update(bytes);
  }

  /** The same bytes so far; going on with one leaves the other alone. */
  public copy(): Digests {
    const copy = new Digests(this.sha256.copy(), this.sha512.copy());
    copy.size = this.size;
    return copy;
  }

  /** What passed so far; more may pass afterwards. */
  public content(): Content {
    return {
      size: this.size,
      sha256: this.sha256.copy().digest('hex'),
      sha512: this.sha512.copy().digest('hex'),
    };
  }
}
