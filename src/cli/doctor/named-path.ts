import { InvalidArgumentError } from 'commander';
import { parseOrigin } from '../server/origin';

/** An access path given by hand: `--path NAME=URL`. */
export interface NamedPath {
  readonly name: string;
  readonly origin: URL;
}

/**
 * Reads `NAME=URL`.
 *
 * @throws InvalidArgumentError, CommandError (both exit 2)
 */
export function namedPath(text: string): NamedPath {
  const parts = /^([A-Za-z0-9][\w.-]{0,62})=(.+)$/.exec(text);
  if (!parts) {
    throw new InvalidArgumentError(
      "give NAME=URL, such as 'service=http://127.0.0.1:3000'; the name of letters, digits, '.', '_' and '-'",
    );
  }
  return { name: parts[1], origin: parseOrigin(parts[2], `--path ${parts[1]}`) };
}
