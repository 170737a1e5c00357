import { indexed } from '../estate-index';
import type { IniSetting } from '../read/ini-setting';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';

/**
 * Settings that are written in several spellings with different values: the charts fold the case of both, Helm keeps
 * both, and the spelling that sorts last wins, lower case over upper case.
 */
export function twinViolations(registry: RegistryView): Violation[] {
  const written = registry.settings.filter(
    ({ source, section }) => source === 'values' && section !== '',
  );
  const bySetting = indexed(written, ({ section, key }) => `${section}\n${key}`);
  return [...bySetting.values()].flatMap(twinsOf);
}

function twinsOf(settings: readonly IniSetting[]): Violation[] {
  const spellings = new Set(settings.map(spellingOf));
  const texts = new Set(settings.map(({ text }) => text));
  if (spellings.size < 2 || texts.size < 2) {
    return [];
  }
  const usual = settings.find(isUsual) ?? settings[0];
  return settings
    .filter((setting) => spellingOf(setting) !== spellingOf(usual))
    .map((setting) => ({
      at: setting.at,
      observed: `${spellingOf(setting)} beside ${spellingOf(usual)}, with another value`,
      expected: `one spelling, [${setting.section}] ${setting.key}`,
      why: 'the chart folds the case of sections and keys, and helm merges files by the letter: both spellings reach app.ini and the one that is printed last wins, without a word',
      fix: `delete ${spellingOf(setting)}`,
    }));
}

function spellingOf({ at }: IniSetting): string {
  return `[${at.outer!.step}] ${at.step}`;
}

function isUsual({ at, section, key }: IniSetting): boolean {
  return at.step === key && at.outer!.step === section;
}
