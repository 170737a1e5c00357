import { serverText } from '../../../client/server-text';
import { LABELS } from '../../../declaration/labels';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { noteOf } from '../missing';
import { liveBackups, runsOf } from './backups';
import { staleness } from './freshness';

const CODE = 'REG814';

/** REG814: the CronJobs of this package, which look at the registry from inside, run and succeed. */
export async function exporterFresh(sight: Sight): Promise<readonly Outcome[]> {
  const { cluster } = sight.request;
  if (cluster === undefined) {
    return [];
  }
  const [{ objects, missing }, saved] = await Promise.all([
    cluster.objects('cronjobs'),
    sight.see(liveBackups),
  ]);
  const backups = new Set(saved?.backups.map(({ namespace, name }) => `${namespace}/${name}`));
  const own = objects
    .filter(({ metadata }) =>
      Object.entries(LABELS).every(([label, value]) => metadata.labels?.[label] === value),
    )
    .map(runsOf)
    .filter(({ namespace, name }) => !backups.has(`${namespace}/${name}`));
  if (own.length === 0) {
    return [skipped(CODE, missing ? noteOf(missing) : 'no CronJob of this package')];
  }
  const now = (sight.options.now ?? Date.now)();
  return own.map((job) => {
    const fault = staleness(job, now, 0);
    const name = `CronJob ${job.namespace}/${job.name}`;
    return fault === undefined
      ? passed(CODE, serverText(`${name}: last success ${job.lastSuccess ?? 'not yet: it is new'}`))
      : broken(CODE, {
          severity: 'warning',
          observed: serverText(`${name}: ${fault}`),
          expected: 'a success within the time of its schedule',
        });
  });
}
