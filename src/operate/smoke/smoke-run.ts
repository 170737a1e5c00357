import type { RegistryTarget } from '../../client/target';
import type { Watch } from '../generic/watch';

/**
 * Image and package of every smoke test, always the same: Gitea keeps the row of a package whose versions are gone until
 * its nightly cleanup, and one such row is enough.
 */
export const PROBE_NAME = 'doctor-probe';

/** What a smoke test shall do. */
export interface SmokePlan {
  /** User or organization that gets the test packages. */
  readonly owner: string;
  /** Bytes of the layer, sent in one request. */
  readonly size: number;
  /** Sees how the layer goes. @default - nobody watches */
  readonly watch?: Watch;
}

/** What the steps share. */
export interface SmokeRun {
  readonly target: RegistryTarget;
  /** `owner/doctor-probe` */
  readonly repository: string;
  /** Tag and generic version: fresh, so that two runs do not meet. */
  readonly version: string;
}

/** What a step has to say when nothing failed. */
export interface Told {
  readonly observed?: string;
  readonly note?: string;
  /** @default pass */
  readonly status?: 'pass' | 'skip';
}

/** The target for short writes: one under way is never cut off, or it might be done after the cleanup. */
export function uncut({ signal: _, ...target }: RegistryTarget): RegistryTarget {
  return target;
}
