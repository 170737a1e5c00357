import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DeclarationError, quote } from '../../declaration/problem';
import type { HostingRecord } from '../../doctor/hosting';
import { readRecord, refuseForeign } from '../../doctor/hosting';
import { CommandError } from '../exit';
import type { Io } from '../io';

/**
 * Reads what an earlier run saved.
 *
 * @throws CommandError (exit 2) when it is not there, or no record
 */
export async function savedRecord(file: string, io: Io): Promise<HostingRecord> {
  const text = await readFile(resolve(io.cwd, file), 'utf8').catch((cause) => {
    const { code } = cause as NodeJS.ErrnoException;
    throw new CommandError(`${named(file)} cannot be read: ${code}`, undefined, { cause });
  });
  return refusing(file, () => readRecord(text));
}

/**
 * @param host `host[:port]` that is looked at
 * @throws CommandError (exit 2) for a record of another host
 */
export function refuseOtherHost(file: string, record: HostingRecord, host: string): void {
  refusing(file, () => refuseForeign(record, host));
}

function refusing<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof DeclarationError)) {
      throw cause;
    }
    throw new CommandError(`${named(file)}: ${cause.message}`, undefined, { cause });
  }
}

function named(file: string): string {
  return `--compare ${quote(file)}`;
}
