import { indexed } from '../estate-index';
import { VALUES } from '../manifest';
import { decisiveSettings } from '../read/decisive-settings';
import type { IniSetting } from '../read/ini-setting';
import type { RegistryView } from '../registry-view';
import { ownOverlays } from './own-overlay';

/**
 * The settings of one key that may hold in the end, as far as the order of files is known: variables of the container
 * beat all, the registry's own overlay beats other values. What a rendered Secret repeats of the values stands once.
 */
export function standingSettings(
  registry: RegistryView,
  section: string,
  key: string,
): readonly IniSetting[] {
  return standing(registry, registry.settingsOf(section, key));
}

/** {@link standingSettings} of every key. */
export function allStandingSettings(registry: RegistryView): readonly IniSetting[] {
  return registry.remember('standing settings', () => {
    const byKey = indexed(registry.settings, ({ section, key }) => `${section}\n${key}`);
    return [...byKey.values()].flatMap((settings) => standing(registry, settings));
  });
}

function standing(registry: RegistryView, settings: readonly IniSetting[]): readonly IniSetting[] {
  const decisive = withoutOverlaid(registry, decisiveSettings(settings));
  const fromValues = decisive.filter(({ source }) => source === 'values');
  const texts = new Set(fromValues.map(({ text }) => text));
  return decisive.filter(({ source, text }) => source !== 'ini' || !texts.has(text));
}

/** Where the overlay sets the key, other files below it do not matter. */
function withoutOverlaid(
  registry: RegistryView,
  settings: readonly IniSetting[],
): readonly IniSetting[] {
  const overlays = ownOverlays(registry);
  const overlaid = settings.some(({ at }) => overlays.has(at.manifest));
  return overlaid
    ? settings.filter(({ at }) => at.manifest.kind !== VALUES || overlays.has(at.manifest))
    : settings;
}
