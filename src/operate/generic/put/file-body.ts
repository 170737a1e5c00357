import { Readable } from 'node:stream';
import type { DigestedBody } from './digested-body';
import { readThrough } from './digested-body';
import type { Content } from '../digests';
import { Digests } from '../digests';
import { localError } from '../local-error';
import type { LocalFile } from './local-file';
import { changed, checkUnchanged, openRead } from './local-file';

/** Bytes of one read: large enough for few calls, small enough for many files at once. */
const READ_SIZE = 256 * 1024;

/** How a file, or a part of it, is read. */
export interface FileReading {
  /** First byte. @default 0 */
  readonly from?: number;
  /** Byte after the last one. @default - the size of the file */
  readonly to?: number;
  /** Of the bytes before `from`; what it becomes is {@link FileBody.whole}. @default - of none */
  readonly before?: Digests;
  /** SHA-256 (hex) of these bytes, where they were read before: other bytes are not let through. */
  readonly expected?: string;
  /** Told after each read: bytes of the file up to there. */
  readonly onRead?: (at: number) => void;
}

/**
 * A file, or a part of it, as something to send: digested while it is read. The last bytes are held back until it is
 * certain that nobody wrote to the file meanwhile; otherwise the stream fails before the body is complete, and a server
 * stores nothing.
 */
export class FileBody implements DigestedBody {
  public readonly length: number;
  public readonly isReplayable = true;
  private readonly from: number;
  private passed?: { readonly own: Digests; readonly whole: Digests };

  public constructor(
    private readonly file: LocalFile,
    private readonly reading: FileReading = {},
  ) {
    this.from = reading.from ?? 0;
    this.length = (reading.to ?? file.size) - this.from;
  }

  public get content(): Content | undefined {
    return this.passed?.own.content();
  }

  /** Of the file up to the last of these bytes, once all were read; undefined before. */
  public get whole(): Digests | undefined {
    return this.passed?.whole;
  }

  public open(): Readable {
    this.passed = undefined;
    return Readable.from(this.bytes(), { objectMode: false, highWaterMark: READ_SIZE });
  }

  public async read(signal?: AbortSignal): Promise<Content> {
    await readThrough(this.bytes(), signal);
    return this.content!;
  }

  private async *bytes(): AsyncGenerator<Buffer, void, undefined> {
    const { before, onRead } = this.reading;
    const own = Digests.begin();
    const whole = before?.copy() ?? own;
    const handle = await openRead(this.file);
    try {
      let left = this.length;
      while (left > 0) {
        const buffer = Buffer.allocUnsafe(Math.min(READ_SIZE, left));
        const at = this.from + this.length - left;
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, at).catch((cause) => {
          throw localError(this.file.shown, 'read', cause);
        });
        if (bytesRead === 0) {
          throw changed(this.file);
        }
        const bytes = buffer.subarray(0, bytesRead);
        left -= bytesRead;
        own.update(bytes);
        if (whole !== own) {
          whole.update(bytes);
        }
        if (left === 0) {
          await checkUnchanged(handle, this.file);
          this.pass(own, whole);
        }
        onRead?.(this.from + this.length - left);
        yield bytes;
      }
      if (this.length === 0) {
        await checkUnchanged(handle, this.file);
        this.pass(own, whole);
      }
    } finally {
      await handle.close();
    }
  }

  private pass(own: Digests, whole: Digests): void {
    const { expected } = this.reading;
    if (expected !== undefined && own.content().sha256 !== expected) {
      throw changed(this.file);
    }
    this.passed = { own, whole };
  }
}
