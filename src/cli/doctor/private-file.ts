import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { quote } from '../../declaration/problem';
import { CommandError } from '../exit';
import type { Io } from '../io';

/** A file only the user may read, opened before the work whose outcome goes into it. */
export class PrivateFile {
  private constructor(
    private readonly shown: string,
    private readonly target: string,
    private readonly temporary: string,
    private readonly handle: FileHandle,
  ) {}

  /**
   * Makes sure that it can be written.
   *
   * @param option where the name stands, for the message
   * @param file path from the working folder
   * @throws CommandError (exit 2)
   */
  public static async open(option: string, file: string, io: Io): Promise<PrivateFile> {
    const target = resolve(io.cwd, file);
    const temporary = `${target}.${process.pid}.tmp`;
    try {
      await mkdir(dirname(target), { recursive: true });
      await rm(temporary, { force: true });
      return new PrivateFile(file, target, temporary, await open(temporary, 'wx', 0o600));
    } catch (cause) {
      throw refused(`${option} ${quote(file)}`, cause);
    }
  }

  /**
   * Writes it whole.
   *
   * @throws CommandError (exit 2) when it cannot be written; what was there stays
   */
  public async keep(content: Buffer, io: Io): Promise<void> {
    try {
      await this.handle.writeFile(content);
      await this.handle.close();
      await rename(this.temporary, this.target);
    } catch (cause) {
      await this.drop();
      throw refused(quote(this.shown), cause);
    }
    io.err(`wrote ${this.shown}\n`);
  }

  /** Leaves nothing. */
  public async drop(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await rm(this.temporary, { force: true });
  }
}

function refused(file: string, cause: unknown): CommandError {
  const { code } = cause as NodeJS.ErrnoException;
  return new CommandError(`${file} cannot be written: ${code}`, undefined, { cause });
}
