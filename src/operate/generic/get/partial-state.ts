import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { localError } from '../local-error';
import type { ByteRange } from './range-set';
import { RangeSet } from './range-set';

/** Which bytes a partial download holds parts of. Two that are equal in all of it go on with each other's bytes. */
export interface Asked {
  /** Scheme, host and port. */
  readonly origin: string;
  /** `owner/name@version/file`. */
  readonly place: string;
  /** Rows of the stored files, in order: a file that was put anew has another one. */
  readonly ids: readonly number[];
  /** Bytes. */
  readonly size: number;
  /** 64 hex digits. */
  readonly sha256: string;
}

/** What stands beside a partial download: what was asked, and which bytes came. */
interface StateDocument extends Asked {
  readonly schemaVersion: '1';
  readonly done: readonly ByteRange[];
}

/**
 * Reads what came of a download.
 *
 * @returns undefined when nothing did, or of another file
 * @throws LocalError when the file cannot be read
 */
export async function readState(path: string, asked: Asked): Promise<RangeSet | undefined> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') {
      return '';
    }
    throw localError(path, 'read', cause);
  });
  const state = parsed(text);
  return state && isSame(state, asked) ? new RangeSet(state.done) : undefined;
}

/** Writes what came, whole or not at all. @throws LocalError */
export async function writeState(path: string, asked: Asked, done: RangeSet): Promise<void> {
  const { origin, place, ids, size, sha256 } = asked;
  const document: StateDocument = {
    schemaVersion: '1',
    origin,
    place,
    ids,
    size,
    sha256,
    done: done.list(),
  };
  const temporary = `${path}.tmp`;
  try {
    await writeFile(temporary, `${JSON.stringify(document)}\n`);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw localError(path, 'written', cause);
  }
}

function isSame(state: StateDocument, asked: Asked): boolean {
  return (
    state.origin === asked.origin &&
    state.place === asked.place &&
    state.size === asked.size &&
    state.sha256 === asked.sha256 &&
    state.ids.join() === asked.ids.join()
  );
}

function parsed(text: string): StateDocument | undefined {
  let value: Partial<StateDocument> | null;
  try {
    value = JSON.parse(text) as Partial<StateDocument> | null;
  } catch {
    return undefined;
  }
  const { schemaVersion, size = -1, ids, done } = value ?? {};
  const isState =
    schemaVersion === '1' &&
    Array.isArray(ids) &&
    Array.isArray(done) &&
    done.every((range) => isRange(range, size));
  return isState ? (value as StateDocument) : undefined;
}

function isRange(range: unknown, size: number): range is ByteRange {
  if (!Array.isArray(range) || range.length !== 2) {
    return false;
  }
  const [from, to] = range as readonly unknown[];
  return (
    Number.isSafeInteger(from) &&
    Number.isSafeInteger(to) &&
    0 <= (from as number) &&
    (from as number) < (to as number) &&
    (to as number) <= size
  );
}
