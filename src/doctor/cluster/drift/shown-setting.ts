import { looksLikeCredential } from '../../../declaration/credential';
import { quote } from '../../../declaration/problem';
import { carriesCredential, isSecretKey } from '../../../declaration/secret-keys';

/** Sections a registry is set up in. Of all others only names are shown: nobody asked what stands there. */
const OWN_SECTION = /^(server|packages|repository|cron\.cleanup_packages|storage(\..+)?)$/;

/** Whether values of a section may be shown at all. */
export function isOwnSection(section: string): boolean {
  return OWN_SECTION.test(section.toLowerCase());
}

/** `[section] KEY`. */
export function settingName(section: string, key: string): string {
  const name = `[${section}] ${key}`;
  return looksLikeCredential(name) ? 'a setting whose name is not shown' : name;
}

/** A setting with its value, ` is 'value'`; with its name alone where the value is no matter of the registry. */
export function shownSetting(section: string, key: string, value: string): string {
  const isShown =
    isOwnSection(section) && !isSecretKey(section, key) && !carriesCredential(section, value);
  return isShown
    ? `${settingName(section, key)} is ${quote(value)}`
    : `${settingName(section, key)} has a value that is not shown`;
}
