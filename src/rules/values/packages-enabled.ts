import { iniBoolean } from '../read/ini';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { standingSettings } from './standing-settings';

/** REG610: with packages off Gitea has neither `/v2` nor `/api/packages`. */
export const packagesEnabled: Rule = {
  code: 'REG610',
  slug: 'packages-enabled',
  title: 'packages are enabled',
  severity: 'error',
  gate: 'on by default since Gitea 1.17',
  why: 'with `[packages] ENABLED = false` Gitea has no route for /v2 and /api/packages; the key stays in app.ini on the volume even after it is gone from the values',
  shows: [
    '`docker login`: `login attempt to https://HOST/v2/ failed with status: 404 Not Found`',
    '`curl -i https://HOST/v2/`: 404 with the 11 bytes `Not found.`, straight at the Service too',
    'the web pages of packages answer 403, the repository tab is gone',
  ],
  fix: '`gitea.config.packages.ENABLED: "true"`; leaving the key out does not undo a `false` that app.ini already holds',
  links: [
    'https://docs.gitea.com/administration/config-cheat-sheet#packages-packages',
    'https://github.com/go-gitea/gitea/issues/19275',
  ],
  judgeRegistry: disabledPackages,
};

function disabledPackages(registry: RegistryView): Violation[] {
  const settings = standingSettings(registry, 'packages', 'ENABLED');
  const disabling = settings.filter(({ text }) => iniBoolean(text) === false);
  // Where one of several files enables them nobody here knows which is laid over the others.
  const enabled = settings.some(({ text }) => text === undefined || iniBoolean(text) === true);
  return enabled
    ? []
    : disabling.map(({ at, text }) => ({
        at,
        observed: `[packages] ENABLED is '${text}'`,
        expected: "'true'",
      }));
}
