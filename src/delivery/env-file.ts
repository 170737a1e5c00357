import type { Flavor, RegistryDeclaration } from '../declaration/model';
import { generatedHeader } from './generated-header';
import type { AddedSetting } from './overlay';
import { overlaySettings } from './overlay';

/** Forgejo reads both prefixes, Gitea its own only (modules/setting/config_env.go). */
const PREFIX: { readonly [F in Flavor]: string } = { gitea: 'GITEA__', forgejo: 'FORGEJO__' };

const READERS = [
  'A value is all that follows the first `=`: as `docker run --env-file` and `kubectl … --from-env-file` read it.',
  'Compose takes quotes, `$` and ` #` out of a value, unless `env_file` says `format: raw`; a shell is no reader of it.',
  '',
];

/**
 * The overlay as an env file of `environment-to-ini`, for a forge that is configured by its environment: a line a setting,
 * in no quotes. Values of a declaration are single lines (REG620), the only ones such a file can carry.
 */
export function envFile(
  declaration: RegistryDeclaration,
  added: readonly AddedSetting[] = [],
): string {
  const { flavor } = declaration.release;
  return [
    generatedHeader(declaration, 'settings of app.ini as variables', [
      ...READERS,
      'The image writes them into app.ini before the forge starts, over what stands there. A variable removed from this',
      'file keeps its last value there.',
    ]),
    ...overlaySettings(declaration, added).map(
      (setting) => `${envVariable(flavor, setting)}=${setting.value}\n`,
    ),
  ].join('');
}

/**
 * Name of the variable that sets one key: `GITEA__SECTION__KEY`, with `_0X2E_` for a dot and `_0X2D_` for a dash.
 * Sections are lower-cased again when it is read.
 */
export function envVariable(
  flavor: Flavor,
  { section, key }: Pick<AddedSetting, 'section' | 'key'>,
): string {
  const name = `${PREFIX[flavor]}${masked(section)}__${masked(key)}`;
  // A name that ends with `__FILE` names the file that holds the value.
  return name.replace(/__FILE$/, `__${mask('F')}ILE`);
}

/** A `_0X` of the name itself would begin a mask. */
function masked(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9_]|_(?=0X)/g, mask);
}

function mask(character: string): string {
  return `_0X${character.charCodeAt(0).toString(16).toUpperCase()}_`;
}
