import type { AppIni } from '../../../declaration/app-ini';
import { isOwnSection, settingName, shownSetting } from './shown-setting';

/** A value that is what Helm made of something else. */
export interface ScalarFault {
  readonly section: string;
  readonly key: string;
  /** `[section] KEY`. */
  readonly name: string;
  /** What stands there, in words. */
  readonly observed: string;
}

/** Forms in which Go prints (`%v`) what is no text: a float64 from 1,000,000 on, nil, a map, a list. */
const PRINTED: readonly (readonly [form: RegExp, was: string])[] = [
  [/^-?\d(\.\d+)?e[+-]\d+$/, 'a bare number'],
  [/^<nil>$/, 'null'],
  [/^map\[.*\]$/s, 'a map'],
];

/** Brackets are also part of good values, such as prefixes of mail subjects. */
const LIST = /^\[\S+( \S+)+\]$/;

/** Settings of app.ini that did not survive their way from the values. */
export function scalarFaults(settings: AppIni): ScalarFault[] {
  return [...settings].flatMap(([section, keys]) =>
    [...keys].flatMap(([key, value]) => {
      const printed = PRINTED.find(([form]) => form.test(value))?.[1];
      const was = printed ?? (isOwnSection(section) && LIST.test(value) ? 'a list' : undefined);
      return was === undefined
        ? []
        : [
            {
              section,
              key,
              name: settingName(section, key),
              observed: `${shownSetting(section, key, value)}, which was ${was} in the values`,
            },
          ];
    }),
  );
}
