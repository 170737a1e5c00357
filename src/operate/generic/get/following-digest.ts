import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import { readBuffer } from '../../../client/read-buffer';

/** Reads bytes of the file from a place on. @returns how many there were */
export type ReadAt = (buffer: Buffer, at: number) => number;

/** Bytes that are read at once: a millisecond or two, after which what came from the network has its turn. */
const SLICE = 1024 * 1024;

/**
 * SHA-256 of a file while it is written. Bytes that come in order are digested as they pass, while they are in the cache of
 * the processor; those that come before it is their turn are read from the file once there is no gap before them.
 */
export class FollowingDigest {
  private readonly hash: Hash = createHash('sha256');
  /** Up to where the file is digested. */
  private at = 0;
  /** Up to where it is written without a gap. */
  private written = 0;
  private buffer?: Buffer;
  private isReading = false;
  private failure?: Error;
  private isStopped = false;
  private arrived: () => void = () => undefined;

  /**
   * @param size bytes of the whole file
   * @param signal ends reading; the digest fails with its reason
   */
  public constructor(
    private readonly size: number,
    private readonly read: ReadAt,
    private readonly signal?: AbortSignal,
  ) {}

  /**
   * Bytes were written at a place.
   *
   * @param prefix up to where the file is written without a gap, these bytes included
   * @throws the error of reading: what comes is of no use then
   */
  public wrote(bytes: Uint8Array, at: number, prefix: number): void {
    if (at === this.at) {
      this.hash.update(bytes);
      this.at += bytes.length;
    }
    this.advance(prefix);
  }

  /** The file is written without a gap up to there. @throws as {@link wrote} */
  public advance(prefix: number): void {
    if (this.failure) {
      throw this.failure;
    }
    this.written = prefix;
    if (this.at < prefix && !this.isReading) {
      this.isReading = true;
      setImmediate(() => this.catchUp());
    }
  }

  /** The digest, hex, of a file that is whole, once it is read. @throws Error when it is not whole; as {@link wrote} */
  public async digest(): Promise<string> {
    if (this.written < this.size) {
      throw new Error(`${this.written} of ${this.size} bytes were written`);
    }
    if (this.at < this.size && !this.failure) {
      await new Promise<void>((resolve) => (this.arrived = resolve));
    }
    if (this.failure) {
      throw this.failure;
    }
    return this.hash.digest('hex');
  }

  /** Reads no more. */
  public stop(): void {
    this.isStopped = true;
  }

  private catchUp(): void {
    if (this.isStopped) {
      return;
    }
    try {
      this.signal?.throwIfAborted();
      this.readSlice();
    } catch (error) {
      this.failure = error as Error;
    }
    this.isReading = this.at < this.written && !this.failure;
    if (this.isReading) {
      setImmediate(() => this.catchUp());
    } else if (this.at === this.size || this.failure) {
      this.arrived();
    }
  }

  private readSlice(): void {
    this.buffer ??= readBuffer(SLICE);
    const wanted = this.buffer.subarray(0, Math.min(SLICE, this.written - this.at));
    const count = this.read(wanted, this.at);
    if (count === 0) {
      throw new Error('the file became shorter while it was read');
    }
    this.hash.update(wanted.subarray(0, count));
    this.at += count;
  }
}
