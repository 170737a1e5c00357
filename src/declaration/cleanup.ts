import { CRON_SCHEDULE } from './cron-schedule';
import { DURATION, durationSeconds, formatDuration } from './go-duration';
import type { RegistryDeclaration } from './model';
import type { OwnedSetting } from './owned-settings';
import type { Problem } from './problem';
import { object, text, yesOrNo } from './schema';

/** Gitea's own cleanup of packages: `[cron.cleanup_packages]`. */
export interface CleanupDeclaration {
  readonly enabled: boolean;
  /** Age below which uploads and unreferenced blobs are spared. */
  readonly olderThan: string;
  readonly schedule: string;
  readonly runAtStart: boolean;
}

/** Gitea's own cleanup of packages. */
export const cleanupSchema = object<CleanupDeclaration>({
  enabled: yesOrNo,
  olderThan: text(DURATION),
  schedule: text(CRON_SCHEDULE),
  runAtStart: yesOrNo,
});

/** The shortest age that is sane whatever the network: pushes of an hour happen. */
const SHORTEST = 3600;

/** `[cron.cleanup_packages]`, every key of it written out. */
export function cleanupSettings({ cleanup }: RegistryDeclaration): OwnedSetting[] {
  return cleanup
    ? (
        [
          [
            'ENABLED',
            `${cleanup.enabled}`,
            'whether blobs of deleted versions are removed',
            'true',
          ],
          ['OLDER_THAN', cleanup.olderThan, 'age below which uploads and blobs are spared', '24h'],
          ['RUN_AT_START', `${cleanup.runAtStart}`, 'whether a start of the pod runs it', 'true'],
          ['SCHEDULE', cleanup.schedule, 'when it runs, in the time zone of the pod', '@midnight'],
        ] as const
      ).map(([key, value, effect, initial]) => ({
        section: 'cron.cleanup_packages',
        key,
        value,
        effect,
        initial,
      }))
    : [];
}

/** What no single field can say: an age a push can outlive. */
export function cleanupProblems({ cleanup, limits }: RegistryDeclaration): Problem[] {
  const budget = durationSeconds(limits.pushBudget) ?? 0;
  const shortest = Math.max(SHORTEST, budget);
  return cleanup && (durationSeconds(cleanup.olderThan) ?? 0) < shortest
    ? [
        {
          path: 'cleanup.olderThan',
          value: cleanup.olderThan,
          allowed: `must be at least ${formatDuration(shortest)}, ${budget > SHORTEST ? 'the declared pushBudget' : 'which a push may take'}: layers are removed while they are pushed otherwise`,
          code: 'REG720',
        },
      ]
    : [];
}
