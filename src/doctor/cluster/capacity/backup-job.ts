import type { KubeObject } from '../../../cluster';
import { Cursor } from '../../../rules/cursor';

/** Part of a registry a backup saves. */
export type BackupPart = 'data' | 'database' | 'data without packages';

/** What a backup of the registry is known by. */
export interface RegistryPlace {
  /** The release. */
  readonly namespace: string;
  readonly name: string;
  /** Claim of the data volume. */
  readonly claim?: string;
  /** CloudNativePG cluster of the database. */
  readonly database?: string;
}

const DUMP_OF_DATABASE = /^pg_(dump|dumpall|basebackup)$/;
const TOOL = /^(restic|rclone|rsync|velero|kopia|borg|tar)$/;
const IMAGE_OF_TOOL = /(^|[/_-])(restic|rclone|velero|kopia|borg|borgmatic|backup)([/:@_-]|$)/;

/**
 * What of the registry a CronJob saves; nothing for any other CronJob. One in the same namespace that names neither the
 * claim nor the release saves something else.
 */
export function partsSaved(job: KubeObject, place: RegistryPlace): readonly BackupPart[] {
  const pod = new Cursor(job).get('spec', 'jobTemplate', 'spec', 'template', 'spec');
  const words = wordsOf(pod);
  const isNear = job.metadata.namespace === place.namespace;
  const mounts = isNear && place.claim !== undefined && claimsOf(pod).includes(place.claim);
  const dumps = words.includes('dump') && words.some((word) => /^(gitea|forgejo)$/.test(word));
  const isOurs = mounts || (isNear && names(job, place));
  const data = mounts || dumps || (isOurs && usesTool(pod, words));
  const database = dumps || (isOurs && words.some((word) => DUMP_OF_DATABASE.test(word)));
  const lacks = words.includes('--skip-package-data');
  return [
    ...(data ? ([lacks ? 'data without packages' : 'data'] as const) : []),
    ...(database && !words.includes('--skip-db') ? (['database'] as const) : []),
  ];
}

/** Whether a Backup or ScheduledBackup is of this CloudNativePG cluster. */
export function isOfDatabase(object: KubeObject, { metadata }: KubeObject): boolean {
  return (
    object.metadata.namespace === metadata.namespace &&
    new Cursor(object).get('spec', 'cluster', 'name').text === metadata.name
  );
}

function names({ metadata }: KubeObject, { name, database }: RegistryPlace): boolean {
  const told = `${metadata.name} ${Object.values(metadata.labels ?? {}).join(' ')}`;
  return [name, 'gitea', 'forgejo', database].some(
    (one) => one !== undefined && told.includes(one),
  );
}

function usesTool(pod: Cursor, words: readonly string[]): boolean {
  return (
    words.some((word) => TOOL.test(word)) ||
    containersOf(pod).some((container) => IMAGE_OF_TOOL.test(container.get('image').text ?? ''))
  );
}

function wordsOf(pod: Cursor): string[] {
  return containersOf(pod).flatMap((container) =>
    container
      .get('args')
      .items()
      .flatMap(({ text }) => text ?? []),
  );
}

function claimsOf(pod: Cursor): string[] {
  return pod
    .get('volumes')
    .items()
    .flatMap((volume) => volume.get('persistentVolumeClaim', 'claimName').text ?? []);
}

function containersOf(pod: Cursor): Cursor[] {
  return ['initContainers', 'containers'].flatMap((list) => pod.get(list).items());
}
