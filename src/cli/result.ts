import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CommandError } from './exit';
import type { Io } from './io';

/**
 * Gives a result to the user: to stdout, or whole into a file by rename.
 *
 * @param file path from the working folder; stdout when absent
 * @throws CommandError (exit 2) when the file cannot be written; what was there stays
 */
export async function giveResult(text: string, file: string | undefined, io: Io): Promise<void> {
  if (file === undefined) {
    io.out(text);
    return;
  }
  const target = resolve(io.cwd, file);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(temporary, text);
    await rename(temporary, target);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new CommandError(
      `'${file}' cannot be written: ${(cause as NodeJS.ErrnoException).code}`,
      undefined,
      {
        cause,
      },
    );
  }
  io.err(`wrote ${file}\n`);
}
