import type { FileHandle } from 'node:fs/promises';
import { open, stat } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import { LocalError, localError } from '../local-error';

/** A file of this machine as it was when it was looked at. */
export interface LocalFile {
  /** Absolute. */
  readonly path: string;
  /** As the user wrote it, for messages. */
  readonly shown: string;
  /** Bytes. */
  readonly size: number;
  /** What a change of the file changes: place, size, time of the last write. */
  readonly mark: string;
}

/**
 * Looks at a file that is to be read.
 *
 * @param path absolute
 * @param shown as the user wrote it
 * @throws LocalError when it is not there, no regular file, or cannot be read
 */
export async function lookAt(path: string, shown: string): Promise<LocalFile> {
  const about = await stat(path, { bigint: true }).catch((cause) => {
    throw localError(shown, 'read', cause);
  });
  if (!about.isFile()) {
    const what = about.isDirectory() ? 'a folder: name its files' : 'no regular file';
    throw new LocalError(`'${shown}' is ${what}; what comes through a pipe is given as '-'`);
  }
  const handle = await openRead({ path, shown });
  await handle.close();
  return { path, shown, size: Number(about.size), mark: markOf(about) };
}

/** Opens a file for reading. @throws LocalError */
export async function openRead({
  path,
  shown,
}: Pick<LocalFile, 'path' | 'shown'>): Promise<FileHandle> {
  return open(path, 'r').catch((cause) => {
    throw localError(shown, 'read', cause);
  });
}

/**
 * Whether the file behind a handle is still what it was.
 *
 * @throws LocalError when somebody wrote to it
 */
export async function checkUnchanged(handle: FileHandle, file: LocalFile): Promise<void> {
  if (markOf(await handle.stat({ bigint: true })) !== file.mark) {
    throw changed(file);
  }
}

/** Somebody writes to a file that is being sent. */
export function changed({ shown }: LocalFile): LocalError {
  return new LocalError(
    `'${shown}' changed while it was read, so nothing of it was kept; repeat once it is written`,
  );
}

function markOf({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs].join(' ');
}
