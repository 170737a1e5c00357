import { shellQuoted } from '../declaration/shell-word';
import type { AddedSetting } from './overlay';
import type { RegistryDeclaration } from '../declaration/model';
import type { HelmValue } from './overlay-values';
import { overlayValues } from './overlay-values';
import type { ValueLeaf } from './value-leaves';
import { valueLeaves } from './value-leaves';

/**
 * The overlay as `sops set FILE INDEX VALUE` lines, for teams that keep everything in one encrypted values
 * file. INDEX and VALUE are JSON, as sops demands; each is one single-quoted word of a POSIX shell. A list is a line an
 * entry, because sops takes a map or a scalar as VALUE, and no list (3.10 to 3.13: `Invalid --set value format`).
 *
 * @param file the encrypted values file
 */
export function sopsSetLines(
  declaration: RegistryDeclaration,
  file: string,
  added: readonly AddedSetting[] = [],
): string {
  const line = ({ path, value }: SetValue): string => {
    const index = path.map((step) => `[${JSON.stringify(step)}]`).join('');
    return `sops set ${file} ${shellQuoted(index)} ${shellQuoted(JSON.stringify(value))}\n`;
  };
  return valueLeaves(overlayValues(declaration, added)).flatMap(setValues).map(line).join('');
}

/** What one line sets; a step that is a number is the place in a list. */
interface SetValue {
  readonly path: readonly (string | number)[];
  readonly value: HelmValue;
}

/** A list is first written over with a text: of what is no list sops makes a new one, and of a longer list it would keep the rest. */
function setValues({ path, value }: ValueLeaf): SetValue[] {
  return typeof value === 'object'
    ? [
        { path, value: '' },
        ...value.map((entry, index) => ({ path: [...path, index], value: entry })),
      ]
    : [{ path, value }];
}
