import { quote } from '../../declaration/problem';
import { atLeast } from '../../declaration/version';
import type { Cursor } from '../cursor';
import { runningVersion } from '../read/forge-version';
import { iniBoolean } from '../read/ini';
import type { RegistryView } from '../registry-view';
import { standingSettings } from '../values/standing-settings';

/** A setting that demands a login for everything. */
export interface StrictSignIn {
  readonly at: Cursor;
  /** Its value, as a message may show it. */
  readonly shown: string;
}

const SECTION = 'service';
const KEY = 'REQUIRE_SIGNIN_VIEW';

/**
 * The settings by which nobody pulls without a login; none where one layer says otherwise. The value `expensive` closes
 * no packages, and Gitea before 1.21.5 let anonymous pulls through all the same (go-gitea/gitea#28882).
 */
export function strictSignIn(registry: RegistryView): readonly StrictSignIn[] {
  return registry.remember('strict sign-in', () => {
    const settings = [...standingSettings(registry, SECTION, KEY), ...resetSettings(registry)];
    const strict = settings.every(({ text }) => iniBoolean(text) === true);
    return strict && isEnforced(registry)
      ? settings.map(({ text, at }) => ({ at, shown: `${KEY} is ${quote(text)}` }))
      : [];
  });
}

/** What the overlay writes because it was removed from the values. */
function resetSettings({ declaration, facts }: RegistryView): { text: string; at: Cursor }[] {
  const resets = declaration?.config.reset ?? [];
  return resets.flatMap(({ section, key, value }, index) =>
    section === SECTION && key === KEY
      ? [{ text: value, at: facts.at.get('config', 'reset', index, 'value') }]
      : [],
  );
}

function isEnforced(registry: RegistryView): boolean {
  const version = runningVersion(registry);
  return version === undefined || atLeast(version, '1.21.5');
}
