import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { localError } from '../local-error';
import type { LocalFile } from './local-file';
import { lookAt } from './local-file';

/**
 * Keeps standard input in a temporary file that only the user can read, for work that reads it twice; the file is gone
 * afterwards.
 *
 * @throws LocalError when it cannot be written; the reason of the signal once it is aborted
 */
export async function spooled<T>(
  source: Readable,
  work: (file: LocalFile) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'gitea-registry-')).catch((cause) => {
    throw localError(tmpdir(), 'written', cause);
  });
  const path = join(folder, 'input');
  try {
    await pipeline(source, createWriteStream(path, { mode: 0o600 }), { signal }).catch((cause) => {
      signal?.throwIfAborted();
      throw localError(path, 'written', cause);
    });
    return await work(await lookAt(path, '-'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
