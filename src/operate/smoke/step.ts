/** What a smoke test does, in order. */
export const SMOKE_STEPS = [
  'login',
  'push blob',
  'put manifest',
  'pull',
  'generic',
  'cleanup',
] as const;

/** One of {@link SMOKE_STEPS}. */
export type SmokeStepName = (typeof SMOKE_STEPS)[number];

/** How one step ended. */
export interface SmokeStep {
  readonly name: SmokeStepName;
  readonly status: 'pass' | 'warn' | 'fail' | 'skip';
  /** Code whose truth the step shows; of a failure, the code of its cause. */
  readonly code: string;
  /** What was seen; of a failure, the whole message. */
  readonly observed?: string;
  /** Why it was skipped, or what else is worth knowing. */
  readonly note?: string;
}

/** Code of a step that went well. */
export const STEP_CODES: { readonly [name in SmokeStepName]: string } = {
  login: 'REG312',
  'push blob': 'REG321',
  'put manifest': 'REG475',
  pull: 'REG735',
  generic: 'REG920',
  cleanup: 'REG475',
};
