import type { IniSetting } from './ini-setting';

/**
 * Of several settings of one key those that may hold in the end: variables of the container beat everything else
 * (both charts); of the rest nobody here knows the order in which files are laid over each other.
 */
export function decisiveSettings(settings: readonly IniSetting[]): readonly IniSetting[] {
  const fromEnv = settings.filter(({ source }) => source === 'env');
  return fromEnv.length > 0 ? fromEnv : settings;
}
