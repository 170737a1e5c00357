import type { AppIni } from '../../../declaration/app-ini';
import { isMap } from '../../../cluster/object';
import type { Sight } from '../../sight';
import { liveAppIni } from '../live-app-ini';
import { ownRelease, ownValues } from '../own-release';
import type { InventoryAppIni } from './record';

/** Keys that matter to a registry, by section; all keys of a section where none is named. */
const SECTIONS: readonly (readonly [section: RegExp, keys?: RegExp])[] = [
  [
    /^server$/,
    /^(PROTOCOL|DOMAIN|ROOT_URL|SSH_DOMAIN|HTTP_PORT|LOCAL_ROOT_URL|PUBLIC_URL_DETECTION|APP_DATA_PATH)$/,
  ],
  [/^packages$/],
  [/^storage(\..+)?$/],
  [/^repository$/, /^(DISABLED_REPO_UNITS|DEFAULT_REPO_UNITS)$/],
  [/^service$/, /^(REQUIRE_SIGNIN_VIEW|DISABLE_REGISTRATION)$/],
  [/^metrics$/],
  [/^cron\.cleanup_packages$/],
];

/** Sections whose absence says something: their defaults rule then. */
const LOOKED_FOR = ['packages', 'storage'];

/** What app.ini says of the registry. */
export async function appIniOf(sight: Sight): Promise<InventoryAppIni> {
  const ini = await sight.see(liveAppIni);
  if (ini === undefined || 'unread' in ini) {
    return ini ?? { unread: 'no cluster is looked at' };
  }
  return {
    path: ini.path,
    settings: settingsThatMatter(ini.settings),
    absent: LOOKED_FOR.filter((section) => !ini.settings.has(section)),
  };
}

function settingsThatMatter(settings: AppIni): { [section: string]: { [key: string]: string } } {
  return Object.fromEntries(
    [...settings].flatMap(([section, keys]) => {
      const row = SECTIONS.find(([name]) => name.test(section));
      const kept = row ? [...keys].filter(([key]) => row[1]?.test(key) !== false) : [];
      return kept.length === 0 ? [] : [[section, Object.fromEntries(kept)] as const];
    }),
  );
}

/** ROOT_URL of the running forge, else of the values Helm was given. */
export async function rootUrlOf(sight: Sight): Promise<string | undefined> {
  const [ini, own] = await Promise.all([sight.see(liveAppIni), sight.see(ownRelease)]);
  const running =
    ini && 'settings' in ini ? ini.settings.get('server')?.get('ROOT_URL') : undefined;
  const { gitea } = own?.helm ? ownValues(own.helm) : {};
  const config = isMap(gitea) ? gitea.config : undefined;
  const server = isMap(config) ? config.server : undefined;
  const given = isMap(server) ? server.ROOT_URL : undefined;
  return running ?? (typeof given === 'string' ? given : undefined);
}
