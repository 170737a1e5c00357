import type { Duration } from 'cdk8s';
import { cleanupSchema } from '../declaration/cleanup';
import { formatDuration } from '../declaration/go-duration';
import type { CleanupDeclaration } from '../declaration/model';
import { checked } from '../declaration/checked';

/**
 * Gitea's own cleanup of packages, `[cron.cleanup_packages]`: cleanup rules of owners, unfinished uploads, and the blobs of
 * deleted versions. Declared, all of it is written out; `addConfig` cannot give these keys another value then.
 */
export interface CleanupCron {
  /**
   * Whether it runs. Nothing else removes the blobs of deleted versions.
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Age below which uploads and unreferenced blobs are spared: at least an hour, and `limits.pushBudget`.
   * @default Duration.hours(24)
   */
  readonly olderThan?: Duration;

  /**
   * When it runs, in the time zone of the pod: `@midnight`, `@every 12h` or five fields of cron.
   * @default '@midnight'
   */
  readonly schedule?: string;

  /**
   * Whether a start of the pod runs it too.
   * @default true
   */
  readonly runAtStart?: boolean;
}

/** The part of the declaration that `cron` stands for. */
export function cleanupDeclaration(cron: CleanupCron): CleanupDeclaration {
  const { enabled = true, olderThan, schedule = '@midnight', runAtStart = true } = cron;
  const declaration = {
    enabled,
    olderThan: olderThan ? formatDuration(olderThan.toSeconds()) : '24h',
    schedule,
    runAtStart,
  };
  return checked(cleanupSchema, declaration, 'cleanup');
}
