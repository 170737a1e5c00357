import type { Readable } from 'node:stream';
import { finished } from 'node:stream';

/**
 * Takes bytes that belong at a place of the whole file. Nothing more is read before it is done; then the bytes may be
 * overwritten.
 */
export type WriteBytes = (bytes: Buffer, at: number) => Promise<void> | void;

/** More came than was asked for. */
export class TooManyBytes extends Error {}

/** Which bytes of a body are wanted. */
export interface PourOptions {
  /** First byte of the whole file that is wanted. */
  readonly from: number;
  /** Byte after the last one that was asked for. */
  readonly to: number;
  /** Bytes of the body before the first one. @default 0 */
  readonly skip?: number;
  /**
   * Byte after the last one that is wanted, asked whether those up to `end` are; where it is less, the body is ended there.
   * @default - all that was asked for
   */
  readonly wantedUpTo?: (end: number) => number;
}

/** How the body of an answer ended. */
export interface Poured {
  /** Up to where everything was handed on. */
  readonly at: number;
  /** Why it ended too early. @default - it ended by itself */
  readonly cut?: Error;
}

/**
 * Hands the body of an answer on as it comes, each chunk with its place. What came before a cut is handed on too.
 *
 * @throws TooManyBytes; the error of `write`. The body has ended then
 */
export async function pour(
  body: Readable,
  options: PourOptions,
  write: WriteBytes,
): Promise<Poured> {
  return new Pouring(body, options, write).poured();
}

/** One body. Handlers instead of a pipeline: that would drop what came before a cut, and costs more for each chunk. */
class Pouring {
  /** Up to where everything was handed on. */
  private at: number;
  private skip: number;
  private writing?: Promise<void>;
  private failure?: Error;
  private isEnough = false;

  public constructor(
    private readonly body: Readable,
    private readonly options: PourOptions,
    private readonly write: WriteBytes,
  ) {
    this.at = options.from;
    this.skip = options.skip ?? 0;
  }

  public async poured(): Promise<Poured> {
    const { body } = this;
    const cut = await new Promise<Error | null>((resolve) => {
      finished(body, { writable: false }, () => resolve(body.errored));
      body.on('data', (chunk: Buffer) => this.take(chunk));
    });
    await this.writing;
    if (this.failure) {
      throw this.failure;
    }
    return { at: this.at, ...(cut && !this.isEnough && { cut }) };
  }

  private take(chunk: Buffer): void {
    const skipped = Math.min(this.skip, chunk.length);
    this.skip -= skipped;
    if (this.failure || this.isEnough || skipped === chunk.length) {
      return;
    }
    const end = this.at + chunk.length - skipped;
    if (end > this.options.to) {
      this.fail(new TooManyBytes('more bytes came than were asked for'));
      return;
    }
    const { to, wantedUpTo = () => to } = this.options;
    // A byte more than came: nobody waits for a chunk that is not wanted.
    const limit = wantedUpTo(Math.min(end + 1, to));
    const wanted = Math.min(end, limit) - this.at;
    if (wanted > 0) {
      this.hand(chunk.subarray(skipped, skipped + wanted));
    }
    if (limit < to && limit <= end) {
      this.isEnough = true;
      this.body.destroy();
    }
  }

  private hand(bytes: Buffer): void {
    try {
      const writing = this.write(bytes, this.at);
      if (writing) {
        this.body.pause();
        this.writing = writing.then(
          () => this.written(bytes.length),
          (error: Error) => this.fail(error),
        );
      } else {
        this.at += bytes.length;
      }
    } catch (error) {
      this.fail(error as Error);
    }
  }

  private written(count: number): void {
    this.at += count;
    this.body.resume();
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.body.destroy();
  }
}
