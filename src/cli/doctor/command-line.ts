import { CommandError } from '../exit';
import type { DoctorCommandOptions } from './options';

/** What is typed, with HOST where commander took it for the value of `--wait`. */
export interface CommandLine {
  readonly host?: string;
  /** @default - one look */
  readonly waitMs?: number;
}

/** Milliseconds of a `--wait` that says no duration. */
const WAIT_MS = 5 * 60_000;

/**
 * Tells HOST and the duration of `--wait` apart.
 *
 * @throws CommandError (exit 2) when a word after `--wait` is neither
 */
export function commandLine(
  host: string | undefined,
  { wait }: Pick<DoctorCommandOptions, 'wait'>,
): CommandLine {
  if (typeof wait !== 'string') {
    return {
      ...(host !== undefined && { host }),
      ...(wait !== undefined && { waitMs: wait }),
    };
  }
  if (host !== undefined) {
    throw new CommandError(`--wait '${wait}' is no duration: write it as --wait=5m`);
  }
  return { host: wait, waitMs: WAIT_MS };
}
