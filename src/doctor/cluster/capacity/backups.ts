import type { KubeObject, LiveKind } from '../../../cluster';
import { Cursor } from '../../../rules/cursor';
import type { Observation, Sight } from '../../sight';
import { liveAppIni } from '../live-app-ini';
import type { Missing } from '../missing';
import { missingOf } from '../missing';
import { ownRelease } from '../own-release';
import type { BackupPart } from './backup-job';
import { isOfDatabase, partsSaved } from './backup-job';
import { dataMount } from './data-mount';

/** Something that saves the registry, or a part of it. */
export interface Backup {
  /** `CronJob`, or `ScheduledBackup` and `Backup` of CloudNativePG. */
  readonly kind: 'CronJob' | 'ScheduledBackup' | 'Backup';
  readonly namespace: string;
  readonly name: string;
  readonly saves: readonly BackupPart[];
  readonly schedule?: string;
  readonly isSuspended: boolean;
  /** RFC 3339. @default - it never succeeded, or nothing says so */
  readonly lastSuccess?: string;
  /** RFC 3339, when it was made. */
  readonly created?: string;
}

/** All that saves the registry. */
export interface Backups {
  readonly backups: readonly Backup[];
  /** Claim of the data volume, where it is known. */
  readonly claim?: string;
  /** The CloudNativePG cluster of the database, where there is one. */
  readonly database?: string;
  readonly missing: readonly Missing[];
}

const KINDS: readonly LiveKind[] = ['cronjobs', 'scheduledbackups', 'backups', 'clusters'];

/** Backups of the registry's release; undefined without a cluster, or without a known release. */
export const liveBackups: Observation<Backups | undefined> = async (sight) => {
  const { cluster } = sight.request;
  const release = await sight.see(ownRelease);
  if (cluster === undefined || release === undefined) {
    return undefined;
  }
  const listings = await Promise.all(
    KINDS.map(async (kind) => ({ kind, ...(await cluster.objects(kind)) })),
  );
  const [jobs, scheduled, made, clusters] = listings.map(({ objects }) => objects);
  const mount = await sight.see(dataMount);
  const near = clusters.filter(({ metadata }) => metadata.namespace === release.namespace);
  const host = await databaseHost(sight);
  const database =
    near.find(({ metadata }) => host?.startsWith(`${metadata.name}-`)) ??
    (near.length === 1 && host === undefined ? near[0] : undefined);
  const place = {
    ...release,
    ...(mount?.claim !== undefined && { claim: mount.claim }),
    ...(database && { database: database.metadata.name }),
  };
  return {
    backups: [
      ...jobs.flatMap((job) => ofCronJob(job, partsSaved(job, place))),
      ...(database ? ofDatabase(database, scheduled, made) : []),
    ],
    ...(place.claim !== undefined && { claim: place.claim }),
    ...(place.database !== undefined && { database: place.database }),
    missing: listings.flatMap(({ kind, missing }) => missingOf(kind, missing)),
  };
};

async function databaseHost(sight: Sight): Promise<string | undefined> {
  const ini = await sight.see(liveAppIni);
  return ini && 'settings' in ini ? ini.settings.get('database')?.get('HOST') : undefined;
}

function ofCronJob(job: KubeObject, saves: readonly BackupPart[]): Backup[] {
  return saves.length === 0 ? [] : [{ kind: 'CronJob', ...runsOf(job), saves }];
}

/** When a CronJob (or what has its fields) runs, and how that went. */
export function runsOf(job: KubeObject): Omit<Backup, 'kind' | 'saves'> {
  const root = new Cursor(job);
  const { text: schedule } = root.get('spec', 'schedule');
  const { text: lastSuccess } = root.get('status', 'lastSuccessfulTime');
  const { text: created } = root.get('metadata', 'creationTimestamp');
  return {
    namespace: job.metadata.namespace ?? 'default',
    name: job.metadata.name,
    isSuspended: root.get('spec', 'suspend').value === true,
    ...(schedule !== undefined && { schedule }),
    ...(lastSuccess !== undefined && { lastSuccess }),
    ...(created !== undefined && { created }),
  };
}

/** CloudNativePG keeps the time of the last success on the Cluster, and on each Backup. */
function ofDatabase(
  database: KubeObject,
  scheduled: readonly KubeObject[],
  made: readonly KubeObject[],
): Backup[] {
  const isOf = (object: KubeObject): boolean => isOfDatabase(object, database);
  const done = made.filter(isOf).map((backup) => new Cursor(backup).get('status'));
  const times = [
    new Cursor(database).get('status', 'lastSuccessfulBackup').text,
    ...done
      .filter((status) => status.get('phase').text === 'completed')
      .map((status) => status.get('stoppedAt').text),
  ].flatMap((time) => time ?? []);
  const lastSuccess = times.sort().at(-1);
  const success = lastSuccess === undefined ? {} : { lastSuccess };
  const plans = scheduled.filter(isOf).map((plan): Backup => ({
    kind: 'ScheduledBackup',
    ...runsOf(plan),
    saves: ['database'],
    ...success,
  }));
  const [first] = made.filter(isOf);
  return plans.length > 0 || first === undefined
    ? plans
    : [{ kind: 'Backup', ...runsOf(first), saves: ['database'], ...success }];
}
