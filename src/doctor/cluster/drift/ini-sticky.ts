import { serverText } from '../../../client/server-text';
import type { AppIni } from '../../../declaration/app-ini';
import { quote } from '../../../declaration/problem';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { liveAppIni } from '../live-app-ini';
import { ownRelease } from '../own-release';
import type { DeclaredSetting } from './declared-settings';
import { declaredSettings, isSameValue } from './declared-settings';
import type { ReleasedSettings } from './released-settings';
import { releasedSettings } from './released-settings';
import { settingName, shownSetting } from './shown-setting';

const CODE = 'REG622';

/** Settings that are told one by one. */
const MOST_TOLD = 4;

/** REG622: app.ini holds every declared setting with its value, and none that was declared once. */
export async function iniSticky(sight: Sight): Promise<readonly Outcome[]> {
  const { declaration } = sight.request;
  const [ini, release] = await Promise.all([sight.see(liveAppIni), sight.see(ownRelease)]);
  if (declaration === undefined || ini === undefined) {
    return [];
  }
  if ('unread' in ini) {
    return [skipped(CODE, ini.unread)];
  }
  const declared = declaredSettings(declaration);
  const told = [
    ...declared.flatMap((setting) => differenceOf(setting, ini.settings)),
    ...(release?.helm ? stuck(ini.settings, declared, releasedSettings(release.helm)) : []),
  ];
  if (told.length > 0) {
    const more = told.length > MOST_TOLD ? `; and ${told.length - MOST_TOLD} more` : '';
    return [
      broken(CODE, {
        severity: 'warning',
        observed: serverText(`app.ini: ${told.slice(0, MOST_TOLD).join('; ')}${more}`, 800),
        expected: 'the declared settings, and no others that limit packages',
      }),
    ];
  }
  const note = release?.helm
    ? undefined
    : 'whether it holds removed settings is not known: the values of the release cannot be read';
  return [passed(CODE, `the ${declared.length} declared settings are in app.ini`, note)];
}

/** Gitea minds the case of sections and keys; what is spelt otherwise is not set. */
function differenceOf({ section, key, value }: DeclaredSetting, ini: AppIni): string[] {
  const live = ini.get(section)?.get(key);
  if (live === undefined) {
    return [`${settingName(section, key)} is missing`];
  }
  return value === undefined || isSameValue(key, live, value)
    ? []
    : [`${shownSetting(section, key, live)}, declared is ${quote(value)}`];
}

/** Keys nobody but an earlier overlay or an earlier values file writes: the charts have no default for them. */
const REMOVABLE: readonly (readonly [section: RegExp, key: RegExp])[] = [
  [/^packages$/, /^LIMIT_(SIZE_[A-Z]+|TOTAL_OWNER_(SIZE|COUNT))$/],
  [/^cron\.cleanup_packages$/, /^(ENABLED|SCHEDULE|OLDER_THAN|RUN_AT_START|NOTICE_ON_SUCCESS)$/],
];

/** Settings of our sections in app.ini that neither the declaration nor the release has any more. */
function stuck(
  ini: AppIni,
  declared: readonly DeclaredSetting[],
  released: ReleasedSettings,
): string[] {
  if (released.hasOtherSources) {
    return [];
  }
  return [...ini].flatMap(([section, keys]) =>
    [...keys]
      .filter(
        ([key]) =>
          REMOVABLE.some(([ours, names]) => ours.test(section) && names.test(key)) &&
          !declared.some((one) => one.section === section && one.key === key) &&
          released.value(section, key) === undefined,
      )
      .map(
        ([key, value]) => `${shownSetting(section, key, value)}, which nothing declares any more`,
      ),
  );
}
