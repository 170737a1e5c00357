import { shellQuoted } from '../declaration/shell-word';
import type { AddedSetting } from './overlay';
import { overlaySettings } from './overlay';
import type { RegistryDeclaration } from '../declaration/model';
import { releaseValues } from './release-values';
import type { ValueLeaf } from './value-leaves';
import { valueLeaves } from './value-leaves';

/**
 * The overlay as `sops set FILE INDEX VALUE` lines, for teams that keep everything in one encrypted values
 * file. INDEX and VALUE are JSON, as sops demands; each is one single-quoted word of a POSIX shell.
 *
 * @param file the encrypted values file
 */
export function sopsSetLines(
  declaration: RegistryDeclaration,
  file: string,
  added: readonly AddedSetting[] = [],
): string {
  const line = ({ path, value }: ValueLeaf): string => {
    const index = path.map((step) => `[${JSON.stringify(step)}]`).join('');
    return `sops set ${file} ${shellQuoted(index)} ${shellQuoted(JSON.stringify(value))}\n`;
  };
  const { gitea, others } = releaseValues(declaration);
  const settings = overlaySettings(declaration, added).map(({ section, key, value }) => ({
    path: ['gitea', 'config', section, key],
    value,
  }));
  return [...settings, ...valueLeaves({ gitea, ...others })].map(line).join('');
}
