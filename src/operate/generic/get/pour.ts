import type { Readable } from 'node:stream';
import { finished } from 'node:stream';

/** Takes bytes that belong at a place of the whole file. */
export type WriteBytes = (bytes: readonly Buffer[], at: number) => Promise<void>;

/** More came than was asked for. */
export class TooManyBytes extends Error {}

/** Which bytes of a body are wanted, and how they are handed on. */
export interface PourOptions {
  /** First byte of the whole file that is wanted. */
  readonly from: number;
  /** Byte after the last one. */
  readonly to: number;
  /** Bytes of the body before the first one. @default 0 */
  readonly skip?: number;
  /** Bytes that are handed on together: each time costs a change of threads. @default - what comes at once */
  readonly batch?: number;
}

/** How the body of an answer ended. */
export interface Poured {
  /** Up to where everything was handed on. */
  readonly at: number;
  /** Why it ended too early. @default - it ended by itself */
  readonly cut?: Error;
}

/**
 * Hands the body of an answer on, each batch with its place; while one is written the next is collected. What came
 * before a cut is handed on too.
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
  private readonly batch: number;
  /** Up to where everything was handed on. */
  private at: number;
  /** Up to where it came. */
  private end: number;
  private skip: number;
  private collected: Buffer[] = [];
  private size = 0;
  private writing?: Promise<void>;
  private failure?: Error;

  public constructor(
    private readonly body: Readable,
    private readonly options: PourOptions,
    private readonly write: WriteBytes,
  ) {
    this.at = options.from;
    this.end = options.from;
    this.skip = options.skip ?? 0;
    this.batch = Math.max(1, options.batch ?? 1);
  }

  public async poured(): Promise<Poured> {
    const { body } = this;
    const cut = await new Promise<Error | null>((resolve) => {
      finished(body, { writable: false }, () => resolve(body.errored));
      body.on('data', (chunk: Buffer) => this.take(chunk));
    });
    while (this.writing) {
      await this.writing;
    }
    await this.flush();
    if (this.failure) {
      throw this.failure;
    }
    return { at: this.at, ...(cut && { cut }) };
  }

  private take(chunk: Buffer): void {
    if (this.failure) {
      return;
    }
    const skipped = Math.min(this.skip, chunk.length);
    this.skip -= skipped;
    if (skipped === chunk.length) {
      return;
    }
    this.collected.push(chunk.subarray(skipped));
    this.size += chunk.length - skipped;
    this.end += chunk.length - skipped;
    if (this.end > this.options.to) {
      this.fail(new TooManyBytes('more bytes came than were asked for'));
    } else if (this.size >= this.batch) {
      this.handOn();
    }
  }

  /** Writes what is collected. What comes meanwhile is collected, up to a batch. */
  private handOn(): void {
    if (this.writing) {
      this.body.pause();
      return;
    }
    this.writing = this.flush().then(() => {
      this.writing = undefined;
      if (this.size >= this.batch) {
        this.handOn();
      }
      this.body.resume();
    });
  }

  private async flush(): Promise<void> {
    const { collected, size } = this;
    if (size === 0) {
      return;
    }
    this.collected = [];
    this.size = 0;
    try {
      await this.write(collected, this.at);
      this.at += size;
    } catch (error) {
      this.fail(error as Error);
    }
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.collected = [];
    this.size = 0;
    this.body.destroy();
  }
}
