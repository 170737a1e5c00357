import { ownedSettings } from '../../declaration/owned-settings';
import { isFile } from '../read/hidden-values';
import type { IniSetting } from '../read/ini-setting';
import { settingsOfValues } from '../read/ini-setting';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { isLikeOverlay, settingName } from './own-overlay';

/** REG622: a key that leaves the overlay stays in app.ini. */
export const iniSticky: Rule = {
  code: 'REG622',
  slug: 'ini-sticky',
  title: 'app.ini holds what is declared, and nothing that was removed',
  severity: 'warning',
  why: "the charts' init container merges the values into app.ini on the volume and never deletes a key: what was once written holds until it is written again, whatever the values say today",
  shows: [
    '`kubectl exec deploy/gitea -- cat /data/gitea/conf/app.ini` shows a limit that stands in no values file',
    'a setting was removed from the values, and Gitea behaves as before',
  ],
  fix: 'write the key with its default value (`resetConfig`), upgrade, and keep it written: leaving it out changes nothing',
  links: [
    'https://gitea.com/gitea/helm-gitea#configuration',
    'https://docs.gitea.com/administration/config-cheat-sheet',
  ],
  judgeRegistry: removedSettings,
};

/** Settings of an overlay file that was made of an earlier declaration, which today's has no longer. */
function removedSettings({ declaration, values }: RegistryView): Violation[] {
  if (declaration === undefined) {
    return [];
  }
  const { config, release } = declaration;
  const kept = [...ownedSettings(declaration), ...config.added, ...config.reset];
  const names = new Set(kept.map(settingName));
  // The name `gitea-registry values` and RegistryApp give the file; any other may be the operator's own.
  const file = `${release.name}-registry-values.yaml`;
  return values
    .filter((one) => isFile(one.manifest.origin.file, file) && isLikeOverlay(one, declaration))
    .flatMap(settingsOfValues)
    .filter((setting) => !names.has(settingName(setting)))
    .map(violation);
}

function violation({ section, key, at }: IniSetting): Violation {
  const places = [section, key, initialOf(section, key)].map((text) => JSON.stringify(text));
  return {
    at,
    observed: `[${section}] ${key} is in the overlay file, and the declaration neither owns, adds nor resets it`,
    expected: 'the key written for as long as app.ini holds it',
    fix: `\`registry.resetConfig(${places.join(', ')})\`, or \`addConfig\` to keep the value`,
  };
}

/** What Gitea takes when the key was never written, where the product knows it: no limit. */
function initialOf(section: string, key: string): string {
  return section === 'packages' && key.startsWith('LIMIT_') ? '-1' : "GITEA'S DEFAULT";
}
