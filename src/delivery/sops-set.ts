import { shellQuoted } from '../declaration/shell-word';
import type { AddedSetting, OverlaySetting } from './overlay';
import { overlaySettings } from './overlay';
import type { RegistryDeclaration } from '../declaration/model';

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
  const line = ({ section, key, value }: OverlaySetting): string => {
    const index = ['gitea', 'config', section, key]
      .map((step) => `[${JSON.stringify(step)}]`)
      .join('');
    return `sops set ${file} ${shellQuoted(index)} ${shellQuoted(JSON.stringify(value))}\n`;
  };
  return overlaySettings(declaration, added).map(line).join('');
}
