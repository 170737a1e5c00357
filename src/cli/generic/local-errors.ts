import { LocalError } from '../../operate/generic/local-error';
import { CommandError } from '../exit';

/** Runs work whose local obstacles end the command: wrong usage (exit 2), nothing was written. */
export async function withLocalErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof LocalError
      ? new CommandError(error.message, undefined, { cause: error })
      : error;
  }
}
