import { join } from 'node:path';
import { ClientError } from '../../../client/error';
import { GENERIC_FILE } from '../../../client/generic/file-name';
import { matches } from '../../../declaration/grammar';
import { quote } from '../../../declaration/problem';

/** Names Windows gives to devices, whatever their extension (Win32 naming conventions). */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * The path of a file below a folder. A name from a server is never taken for a path: one that Gitea itself would refuse
 * is refused here too, so there is no separator and no step in it.
 *
 * @throws ClientError REG920
 */
export function pathBelow(folder: string, name: string, platform = process.platform): string {
  if (!matches(GENERIC_FILE, name)) {
    throw new ClientError(
      `the server lists a file ${quote(name)}, and no Gitea takes such a name: it is written nowhere`,
      'REG920',
    );
  }
  if (platform === 'win32' && (DEVICE.test(name) || /:|\.$/.test(name))) {
    throw new ClientError(
      `${quote(name)} is no file name on Windows: get that file alone, and name another with -o PATH`,
      'REG920',
    );
  }
  return join(folder, name);
}
