import { mkdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { localError } from '../../operate/generic/local-error';
import type { Wanted } from '../../operate/generic/get/get-files';
import { pathBelow } from '../../operate/generic/get/target-path';
import type { StoredFile } from '../../operate/generic/stored/stored-version';
import type { Io } from '../io';

/** What is got. */
export interface Meant {
  readonly files: readonly StoredFile[];
  /** Whether one file was named; otherwise a folder takes all of them. */
  readonly isOneFile: boolean;
}

/**
 * Where files go: a folder that is there, or whose path ends with a slash, takes them under their own names; one file
 * may get another.
 *
 * @param path as the user wrote it. @default - the working folder
 * @throws ClientError REG920 for a name from the server that is no file name; LocalError when the path is something else
 */
export async function targetsOf(
  { files, isOneFile }: Meant,
  path: string | undefined,
  io: Io,
): Promise<Wanted[]> {
  const place = resolve(io.cwd, path ?? '.');
  if (isOneFile && path !== undefined && !/[/\\]$/.test(path) && !(await isFolder(place))) {
    return files.map((stored) => ({ stored, target: place }));
  }
  return files.map((stored) => ({ stored, target: pathBelow(place, stored.name) }));
}

/** Makes the folders files go to. @throws LocalError */
export async function makeFolders(folders: Iterable<string>): Promise<void> {
  for (const folder of new Set(folders)) {
    await mkdir(folder, { recursive: true }).catch((cause) => {
      throw localError(folder, 'made', cause);
    });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (about) => about.isDirectory(),
    () => false,
  );
}
