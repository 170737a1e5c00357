import {
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { refuse } from '../declaration/problem';

/** One file to write: where, what, and which construct it is of. */
export interface SideFile {
  /** Path below the folder of side files, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Construct path of the registry. */
  readonly owner: string;
}

/** Whether `path` is `folder` or below it. Both are resolved; links are not followed. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}

/**
 * Two registries must not write the same file.
 *
 * @throws DeclarationError REG630 naming both
 */
export function refuseSharedFiles(files: readonly SideFile[]): void {
  const owners = new Map<string, string>();
  for (const { path, owner } of files) {
    const first = owners.get(path);
    if (first !== undefined) {
      refuse(
        'sideFiles',
        path,
        `would be written by '${first}' and by '${owner}': give them separate apps or sideFiles folders`,
        'REG630',
      );
    }
    owners.set(path, owner);
  }
}

/**
 * Writes all files or none: every text reaches a temporary file beside its target first, the renames come last.
 *
 * @param root nothing is written outside it, through a link neither
 * @throws DeclarationError REG660 when `folder` leads out of `root`
 */
export function writeSideFiles(root: string, folder: string, files: readonly SideFile[]): void {
  const staged: { readonly temporary: string; readonly target: string }[] = [];
  const realRoot = realpathSync.native(root);
  try {
    for (const { path, text } of files) {
      const target = join(folder, path);
      if (!isInside(realRoot, existingPart(dirname(target)))) {
        refuse('sideFiles.folder', folder, `leads out of the root '${root}'`, 'REG660');
      }
      // The renames come one by one; what would make a later one fail is found before the first.
      if (lstatSync(target, { throwIfNoEntry: false })?.isDirectory()) {
        refuse('sideFiles', target, 'is a folder, where a file is to be written', 'REG660');
      }
      mkdirSync(dirname(target), { recursive: true });
      const temporary = `${target}.${process.pid}.tmp`;
      staged.push({ temporary, target });
      writeFileSync(temporary, text);
    }
    for (const { temporary, target } of staged) {
      renameSync(temporary, target);
    }
  } catch (error) {
    for (const { temporary } of staged) {
      rmSync(temporary, { force: true });
    }
    throw error;
  }
}

/** The nearest folder on the way to `path` that exists, links followed. */
function existingPart(path: string): string {
  return existsSync(path) ? realpathSync.native(path) : existingPart(dirname(path));
}
