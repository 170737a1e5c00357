import type { AppIni } from '../declaration/app-ini';
import type { ConfigKeyDeclaration, RegistryDeclaration } from '../declaration/model';
import { ownedSettings } from '../declaration/owned-settings';
import type { OwnedSetting } from '../declaration/owned-settings';

/** One app.ini setting the overlay writes; what it does is known of those the declaration owns, or resets. */
export type OverlaySetting = Omit<OwnedSetting, 'effect'> & Partial<Pick<OwnedSetting, 'effect'>>;

/** A setting of `addConfig`, with the value only the app knows. */
export type AddedSetting = Required<Pick<OverlaySetting, 'section' | 'key' | 'value'>>;

/** Order of settings wherever they are listed: by section, then by key. */
export function bySectionAndKey(a: ConfigKeyDeclaration, b: ConfigKeyDeclaration): number {
  return compareText(a.section, b.section) || compareText(a.key, b.key);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Every setting of the overlay, sorted by section and key: owned, reset and added ones. */
export function overlaySettings(
  declaration: RegistryDeclaration,
  added: readonly AddedSetting[] = [],
): OverlaySetting[] {
  return [...ownedSettings(declaration), ...declaration.config.reset, ...added].sort(
    bySectionAndKey,
  );
}

/** Sections of a sorted list of settings, as app.ini has them. */
export function bySection(settings: readonly OverlaySetting[]): AppIni {
  const sections = new Map<string, Map<string, string>>();
  for (const { section, key, value } of settings) {
    const keys = sections.get(section) ?? new Map<string, string>();
    sections.set(section, keys.set(key, value));
  }
  return sections;
}
