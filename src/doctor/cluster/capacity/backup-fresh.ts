import { serverText } from '../../../client/server-text';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { liveBackups } from './backups';
import { staleness } from './freshness';

const CODE = 'REG732';

/** REG732: the last success of each backup, and whether it runs at all. */
export async function backupFresh(sight: Sight): Promise<readonly Outcome[]> {
  const known = await sight.see(liveBackups);
  const backups = known?.backups ?? [];
  if (backups.length === 0) {
    return [skipped(CODE, 'no backup was found (REG730)')];
  }
  const now = (sight.options.now ?? Date.now)();
  return backups.map((backup) => {
    const { kind, namespace, name, lastSuccess } = backup;
    const fault = staleness(backup, now);
    const told = fault ?? `last success ${lastSuccess ?? 'not yet: it is new'}`;
    const observed = serverText(`${kind} ${namespace}/${name}: ${told}`);
    return fault === undefined
      ? passed(CODE, observed)
      : broken(CODE, {
          observed,
          expected: 'a success within 26 hours, or within the time of its schedule',
        });
  });
}
