/** How bad a broken check is. `error` fails a run; `warning` only where asked; `info` never does. */
export type Severity = 'error' | 'warning' | 'info';

/**
 * One truth about a registry: what must hold, why, how a breach shows and how to mend it. The page of the code in
 * `docs/checks.md` and the output of `explain` are made of this.
 */
export interface Check {
  /** Stable code such as `REG211`; never renumbered or used again. */
  readonly code: string;
  /** Short name in kebab case. */
  readonly slug: string;
  /** What must hold, as a sentence without a full stop. */
  readonly title: string;
  readonly severity: Severity;
  /**
   * Versions it concerns, in words.
   * @default - all
   */
  readonly gate?: string;
  /** Why it matters: what happens when it does not hold. One or two sentences. */
  readonly why: string;
  /** How it shows to people: messages of docker, kubectl, logs, each one line. */
  readonly shows: readonly string[];
  /** How to mend it: one line, with the setting or command. */
  readonly fix: string;
  /**
   * Why no probe of `doctor` over the network tells it, where one would be expected.
   * @default - a probe does, or nobody expects one
   */
  readonly unseen?: string;
  /** Public issues and documents, as URLs. */
  readonly links: readonly string[];
}
