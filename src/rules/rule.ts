import type { Check, Severity } from './check';
import type { Cursor } from './cursor';
import type { Estate } from './estate';
import type { RegistryView } from './registry-view';

/** One place that breaks a rule, as the rule's function reports it. */
export interface Violation {
  /** The place that is wrong, or beside which something is missing. */
  readonly at: Cursor;
  /** What stands there, in words; never the value of a secret. */
  readonly observed: string;
  /** What should stand there. */
  readonly expected: string;
  /**
   * Severity of this one case.
   * @default - the rule's
   */
  readonly severity?: Severity;
  /**
   * Why this case matters.
   * @default - the rule's
   */
  readonly why?: string;
  /**
   * How to mend this case.
   * @default - the rule's
   */
  readonly fix?: string;
}

/** A check that manifests and declarations can break, and the function that finds the breaches. */
export interface Rule extends Check {
  /**
   * Judges one registry: its declaration and the manifests that belong to it.
   * @default - the rule does not look at single registries
   */
  readonly judgeRegistry?: (registry: RegistryView) => Iterable<Violation>;
  /**
   * Judges what belongs to no single registry: objects of the ingress controller, wrappers of tools.
   * @default - the rule looks at registries only
   */
  readonly judgeEstate?: (estate: Estate) => Iterable<Violation>;
}
