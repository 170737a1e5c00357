import { serverText } from '../../../client/server-text';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import type { Backup, Backups } from './backups';
import { liveBackups } from './backups';

const CODE = 'REG730';

/** REG730: something saves the volume with the packages, and the database. */
export async function backupScope(sight: Sight): Promise<readonly Outcome[]> {
  const known = await sight.see(liveBackups);
  if (known === undefined) {
    return [skipped(CODE, 'the release of the registry is not known')];
  }
  const { backups, missing } = known;
  const gap = gapOf(known);
  if (gap === undefined) {
    return [passed(CODE, serverText(backups.map(backupText).join(', ')))];
  }
  // What may not be read may be the backup.
  if (missing.length > 0) {
    return [skipped(CODE, `needs ${missing[0].why}`)];
  }
  const expected = 'backups of the volume with the packages and of the database';
  return [broken(CODE, { severity: 'warning', observed: serverText(gap), expected })];
}

/** What nothing saves. */
function gapOf({ backups, claim, database }: Backups): string | undefined {
  const saved = backups.flatMap(({ saves }) => saves);
  const list = backups.map(backupText).join(', ');
  if (backups.length === 0) {
    return `no CronJob saves ${claim === undefined ? 'the data volume' : `the volume of claim '${claim}'`}, and ${database === undefined ? 'no CronJob' : `no backup of CloudNativePG cluster '${database}'`} saves the database`;
  }
  if (saved.includes('data without packages') && !saved.includes('data')) {
    return `${list}: the packages are left out`;
  }
  if (!saved.includes('data')) {
    return `${list}: nothing saves the data volume`;
  }
  return !saved.includes('database') && database !== undefined
    ? `${list}: nothing saves the database, CloudNativePG cluster '${database}'`
    : undefined;
}

/** `CronJob default/gitea-backup (data)`. */
export function backupText({ kind, namespace, name, saves }: Backup): string {
  return `${kind} ${namespace}/${name} (${saves.join(', ')})`;
}
