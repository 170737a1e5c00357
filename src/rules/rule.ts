import type { Cursor } from './cursor';
import type { Estate } from './estate';
import type { RegistryView } from './registry-view';

/** How bad a broken rule is. `error` fails a run; `warning` only where asked; `info` never does. */
export type Severity = 'error' | 'warning' | 'info';

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

/**
 * One truth about a registry: what must hold, why, how a breach shows and how to mend it, and the function that finds
 * breaches. The page of the code in `docs/checks.md` and the output of `explain` are made of this.
 */
export interface Rule {
  /** Stable code such as `REG211`; never renumbered or used again. */
  readonly code: string;
  /** Short name in kebab case. */
  readonly slug: string;
  /** What must hold, as a sentence without a full stop. */
  readonly title: string;
  readonly severity: Severity;
  /**
   * Versions the rule concerns, in words.
   * @default - all
   */
  readonly gate?: string;
  /** Why it matters: what happens when it does not hold. One or two sentences. */
  readonly why: string;
  /** How it shows to people: messages of docker, kubectl, logs, each one line. */
  readonly shows: readonly string[];
  /** How to mend it: one line, with the setting or command. */
  readonly fix: string;
  /** Public issues and documents, as URLs. */
  readonly links: readonly string[];
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
