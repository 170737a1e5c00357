import { readSync, writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LocalError, localError } from '../local-error';
import type { Asked } from './partial-state';
import { readState, writeState } from './partial-state';
import { RangeSet } from './range-set';

/** New bytes after which it is written down what came. A run that is killed loses no more than these … */
const SAVED_EVERY = 8 * 1024 * 1024;

/** … or what came in so many milliseconds. */
const SAVED_EVERY_MS = 250;

/** The file beside the target a download is collected in. */
export function partialPath(target: string): string {
  return `${target}.partial`;
}

/** What came of it. */
export function statePath(target: string): string {
  return `${target}.partial.json`;
}

/** A download that is not complete: bytes at their places beside the target, and a record of which came. */
export class PartialFile {
  /**
   * Goes on with what is there of the same bytes, or begins anew.
   *
   * @param target absolute path of the whole file
   * @throws LocalError when it cannot be written, or the disk has no room for the rest
   */
  public static async open(target: string, asked: Asked): Promise<PartialFile> {
    const known = await readState(statePath(target), asked);
    const there = known && (await sizeAt(partialPath(target)));
    const done = known && there === asked.size ? known : new RangeSet();
    await checkRoom(target, asked.size - done.total);
    const isResumed = done.total > 0;
    const handle = await open(partialPath(target), isResumed ? 'r+' : 'w+').catch((cause) => {
      throw localError(partialPath(target), 'written', cause);
    });
    const file = new PartialFile(target, asked, handle, done, isResumed);
    try {
      await handle.truncate(asked.size);
      await file.save();
    } catch (cause) {
      await handle.close();
      throw cause instanceof LocalError ? cause : localError(file.path, 'written', cause);
    }
    return file;
  }

  private saved: number;
  private savedAt = -Infinity;
  private saving?: Promise<void>;
  private failure?: Error;

  private constructor(
    private readonly target: string,
    private readonly asked: Asked,
    private readonly handle: FileHandle,
    /** What came. */
    public readonly done: RangeSet,
    /** Whether some of it came in an earlier run. */
    public readonly isResumed: boolean,
  ) {
    this.saved = done.total;
  }

  public get path(): string {
    return partialPath(this.target);
  }

  /**
   * Keeps bytes at their place. At once: to hand them to another thread and back costs as much as to write them.
   *
   * @throws LocalError, also when the record of what came could not be written meanwhile
   */
  public write(bytes: Buffer, at: number): void {
    if (this.failure) {
      throw this.failure;
    }
    for (let written = 0; written < bytes.length;) {
      const place = at + written;
      const count = this.writeSome(bytes, written, place);
      this.done.add(place, place + count);
      written += count;
    }
    const isDue = this.done.total - this.saved >= SAVED_EVERY;
    if (isDue && !this.saving && performance.now() - this.savedAt >= SAVED_EVERY_MS) {
      this.save().catch((error: Error) => (this.failure = error));
    }
  }

  /**
   * Bytes from a place on.
   *
   * @returns how many there were
   * @throws LocalError
   */
  public read(buffer: Buffer, at: number): number {
    try {
      return readSync(this.handle.fd, buffer, 0, buffer.length, at);
    } catch (cause) {
      throw localError(this.path, 'read', cause as NodeJS.ErrnoException);
    }
  }

  /** Ends the work and keeps what came for the next run. */
  public async leave(): Promise<void> {
    await this.saving?.catch(() => undefined);
    await this.save().finally(() => this.handle.close());
  }

  /** Makes it the whole file under the name that was asked for. @throws LocalError */
  public async finish(): Promise<void> {
    await this.closed();
    await rename(this.path, this.target).catch((cause) => {
      throw localError(this.target, 'written', cause);
    });
    await rm(statePath(this.target), { force: true });
  }

  /** Forgets what came. */
  public async discard(): Promise<void> {
    await this.closed();
    await forget(this.target);
  }

  private writeSome(bytes: Buffer, from: number, place: number): number {
    try {
      return writeSync(this.handle.fd, bytes, from, bytes.length - from, place);
    } catch (cause) {
      throw localError(this.path, 'written', cause as NodeJS.ErrnoException);
    }
  }

  private async save(): Promise<void> {
    this.saved = this.done.total;
    this.savedAt = performance.now();
    this.saving = writeState(statePath(this.target), this.asked, this.done).finally(
      () => (this.saving = undefined),
    );
    await this.saving;
  }

  /** Nothing of it is written any more. */
  private async closed(): Promise<void> {
    await this.saving?.catch(() => undefined);
    await this.handle.close();
  }
}

/** Deletes what came of a download. */
export async function forget(target: string): Promise<void> {
  await rm(statePath(target), { force: true });
  await rm(partialPath(target), { force: true });
}

async function sizeAt(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}

async function checkRoom(target: string, needed: number): Promise<void> {
  const folder = dirname(target);
  const room = await statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    // Where nobody tells, writing shows it.
    () => Infinity,
  );
  if (needed > room) {
    throw new LocalError(
      `'${folder}' has no room for '${target}': ${needed} bytes are needed, ${room} are free`,
    );
  }
}
