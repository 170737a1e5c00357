import { iniBoolean } from '../../../rules/read/ini';
import type { Route } from '../../../rules/read/route';
import { covers } from '../../../rules/read/route';
import { objectName } from '../../../rules/manifest';
import { serverText } from '../../../client/server-text';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { liveAppIni } from '../live-app-ini';
import { ownRegistry } from '../own-registry';

const CODE = 'REG810';

/** REG810: metrics without a token are not led out of the cluster. */
export async function metricsProtected(sight: Sight): Promise<readonly Outcome[]> {
  const ini = await sight.see(liveAppIni);
  if (ini === undefined || 'unread' in ini) {
    return ini ? [skipped(CODE, ini.unread)] : [];
  }
  const metrics = ini.settings.get('metrics');
  if (iniBoolean(metrics?.get('ENABLED')) !== true) {
    return [passed(CODE, '/metrics is off')];
  }
  if (metrics?.get('TOKEN')) {
    return [passed(CODE, '/metrics asks for a token')];
  }
  const registry = await sight.see(ownRegistry);
  const route = registry?.routes.find((one) => covers(one, '/metrics'));
  return [
    route
      ? broken(CODE, {
          severity: 'warning',
          observed: serverText(`/metrics is on without a token, and ${leads(route)}`),
          expected: 'a token, or no public route to it',
        })
      : passed(CODE, '/metrics is on without a token, and no route of the host leads there'),
  ];
}

function leads({ manifest, path }: Route): string {
  return `${objectName(manifest)} leads '${path}' of the host there`;
}
