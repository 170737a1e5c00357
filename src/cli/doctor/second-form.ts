import { extname } from 'node:path';
import { quote } from '../../declaration/problem';
import { CommandError } from '../exit';
import type { LiveFormat } from '../report/report';

const BY_ENDING: ReadonlyMap<string, LiveFormat> = new Map([
  ['.json', 'json'],
  ['.xml', 'junit'],
  ['.md', 'markdown'],
  ['.txt', 'text'],
]);

/**
 * The form a file of `--output-file` has, by its ending.
 *
 * @throws CommandError (exit 2) for another ending
 */
export function formOf(file: string): LiveFormat {
  const form = BY_ENDING.get(extname(file).toLowerCase());
  if (form === undefined) {
    throw new CommandError(
      `--output-file ${quote(file)}: its ending says the form: ${[...BY_ENDING.keys()].join(', ')}`,
    );
  }
  return form;
}
