import { hasExponent } from '../read/helm-text';
import { runningVersion } from '../read/forge-version';
import type { IniSetting } from '../read/ini-setting';
import { isTemplate } from '../limits/template-text';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { envNameViolations, envOverValues } from './env-settings';
import { shownValue } from './shown-value';
import { allStandingSettings, standingSettings } from './standing-settings';
import { valueFault } from './value-fault';

/** REG621: Gitea refuses next to nothing; what it cannot read it replaces without a word. */
export const iniGrammar: Rule = {
  code: 'REG621',
  slug: 'ini-grammar',
  title: 'sizes, durations, booleans, schedules and names of variables are what Gitea reads',
  severity: 'error',
  gate: 'a bad PUBLIC_URL_DETECTION (1.24 and later), REQUIRE_SIGNIN_VIEW (1.24 and later) or SCHEDULE ends start-up; `never` is known from 1.26.0 on',
  why: 'an unreadable size means "unlimited", an unreadable duration or boolean the default, a variable that is misnamed sets nothing: what is written and what holds differ',
  shows: [
    'an upload above the limit succeeds; a cleanup removes what is still being pushed',
    '`kubectl logs deploy/gitea`: `Unable to register cron task cleanup_packages` or `Invalid PUBLIC_URL_DETECTION value`, then the pod restarts',
    'a setting of the values has no effect, because a variable of the container beats it',
  ],
  fix: 'write sizes as `"5 GiB"` or `"-1"`, durations as `"24h"`, booleans as `"true"` or `"false"`, variables as `GITEA__CRON_0X2E_CLEANUP_PACKAGES__ENABLED`',
  links: [
    'https://docs.gitea.com/administration/config-cheat-sheet#use-environment-variables-to-setup-gitea',
    'https://github.com/go-gitea/gitea/issues/31113',
    'https://github.com/go-gitea/gitea/issues/37820',
  ],
  judgeRegistry: (registry) => [
    ...allStandingSettings(registry).flatMap((setting) => settingViolations(registry, setting)),
    ...envNameViolations(registry),
    ...envOverValues(registry),
  ],
};

function settingViolations(registry: RegistryView, setting: IniSetting): Violation[] {
  const { section, key, text, at } = setting;
  if (text === undefined || isTemplate(text) || isNoText(setting)) {
    return [];
  }
  const fault = valueFault(section, key, text, {
    version: runningVersion(registry),
    sibling: (other) => standingSettings(registry, section, other).at(-1)?.text,
  });
  return fault
    ? [{ at, observed: `[${section}] ${key} is ${shownValue(section, key, text)}`, ...fault }]
    : [];
}

/** Values Helm prints in another form than they have are the matter of REG620. */
function isNoText({ source, at: { value } }: IniSetting): boolean {
  return (
    source === 'values' &&
    (typeof value === 'object' || (typeof value === 'number' && hasExponent(value)))
  );
}
