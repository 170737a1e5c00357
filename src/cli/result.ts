import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CommandError } from './exit';
import type { Io } from './io';

/** How a result is kept. */
export interface ResultOptions {
  /** Whether only the user may read the file. @default false */
  readonly isSecret?: boolean;
}

/**
 * Gives a result to the user: to stdout, or whole into a file by rename.
 *
 * @param file path from the working folder; stdout when absent
 * @throws CommandError (exit 2) when the file cannot be written; what was there stays
 */
export async function giveResult(
  text: string,
  file: string | undefined,
  io: Io,
  options: ResultOptions = {},
): Promise<void> {
  await streamResult(file, io, (write) => write(text), options);
}

/**
 * As {@link giveResult}, for a result that comes in parts and need not fit into memory.
 *
 * @param produce hands the parts over, and waits for each; when it fails the file stays as it was
 */
export async function streamResult(
  file: string | undefined,
  io: Io,
  produce: (write: (part: string) => Promise<void>) => Promise<void>,
  { isSecret = false }: ResultOptions = {},
): Promise<void> {
  if (file === undefined) {
    await produce(async (part) => {
      io.out(part);
      await io.drained();
    });
    return;
  }
  const target = resolve(io.cwd, file);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    const handle = await opened(temporary, file, isSecret);
    try {
      await produce(async (part) => {
        await handle.write(part).catch((cause) => refuseFile(file, cause));
      });
    } finally {
      await handle.close();
    }
    await rename(temporary, target).catch((cause) => refuseFile(file, cause));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  io.err(`wrote ${file}\n`);
}

async function opened(temporary: string, file: string, isSecret: boolean): Promise<FileHandle> {
  try {
    await mkdir(dirname(temporary), { recursive: true });
    // A file that lies there from an earlier run keeps its rights when it is opened again.
    await rm(temporary, { force: true });
    return await open(temporary, 'wx', isSecret ? 0o600 : 0o666);
  } catch (cause) {
    return refuseFile(file, cause);
  }
}

function refuseFile(file: string, cause: unknown): never {
  const { code } = cause as NodeJS.ErrnoException;
  throw new CommandError(`'${file}' cannot be written: ${code}`, undefined, { cause });
}
