import { durationSeconds, formatDuration } from '../../declaration/go-duration';
import { quote } from '../../declaration/problem';
import { iniBoolean } from '../read/ini';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { AppIniView } from './app-ini-view';
import { iniDurationSeconds, isBareNumber } from './ini-duration';

const SECTION = 'cron.cleanup_packages';

/** The shortest age that is sane whatever the network: pushes of an hour happen. */
const SHORTEST = 3600;

/** REG720: only this cron removes the blobs of deleted versions, and it removes them by age. */
export const cleanupCron: Rule = {
  code: 'REG720',
  slug: 'cleanup-cron',
  title: "Gitea's package cleanup runs, with a sane age",
  severity: 'warning',
  why: 'deleting a version only drops references: this task removes the blobs later, and runs the cleanup rules; it also removes uploads and fresh layers older than OLDER_THAN, so that an age shorter than a push deletes layers while they are being pushed',
  shows: [
    'the volume keeps growing although versions are deleted',
    'docker push fails with `blob upload unknown` or `blob unknown` around midnight or after a restart of the pod',
  ],
  fix: '`cron.cleanup_packages: {ENABLED: "true", OLDER_THAN: 24h}`',
  links: [
    'https://github.com/go-gitea/gitea/issues/33466',
    'https://docs.gitea.com/usage/packages/storage',
  ],
  judgeRegistry: (registry) => {
    const ini = new AppIniView(registry.settings);
    return [...switchedOff(ini), ...tooYoung(ini, registry)];
  },
};

function switchedOff(ini: AppIniView): Violation[] {
  const enabled = ini.own(SECTION, 'ENABLED');
  return enabled && iniBoolean(enabled.text) === false
    ? [
        {
          at: enabled.at,
          observed: 'the package cleanup is off',
          expected: 'on, as by default',
          fix: '`cron.cleanup_packages.ENABLED: "true"`: app.ini keeps the old value until another is written',
        },
      ]
    : [];
}

function tooYoung(ini: AppIniView, { declaration }: RegistryView): Violation[] {
  const age = ini.own(SECTION, 'OLDER_THAN');
  if (age?.text === undefined) {
    return [];
  }
  const seconds = iniDurationSeconds(age.text);
  const budget = durationSeconds(declaration?.limits.pushBudget ?? '') ?? 0;
  const shortest = Math.max(SHORTEST, budget);
  if (seconds === undefined || seconds >= shortest) {
    return [];
  }
  const reason = budget > SHORTEST ? 'the declared push budget' : 'any push may take that long';
  return [
    {
      at: age.at,
      observed: `OLDER_THAN ${quote(age.text)}${isBareNumber(age.text) ? ', a bare number, is nanoseconds' : ''}`,
      expected: `at least ${formatDuration(shortest)}: ${reason}`,
      fix: '`OLDER_THAN: 24h`, the default, or more than the slowest push',
    },
  ];
}
