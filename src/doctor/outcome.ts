import type { Severity } from '../rules/check';

/** How one truth stands on one access path, or for the registry as a whole. */
export type Status = 'pass' | 'warn' | 'fail' | 'skip';

/** What mends a fault. */
export interface Fix {
  /** `values` for Helm values, `command` for something to run, `text` for anything else. */
  readonly kind: 'values' | 'command' | 'text';
  readonly text: string;
}

/** What a probe found. Everything of a server in it went through `serverText`. */
export interface Outcome {
  /** Code of the check (`docs/checks.md`). */
  readonly code: string;
  readonly status: Status;
  /** What was seen, in one line. @default - nothing worth a word */
  readonly observed?: string;
  /** What should have been seen. @default - the title of the check says it */
  readonly expected?: string;
  /** @default - of the check */
  readonly why?: string;
  /** @default - of the check */
  readonly fix?: Fix;
  /** What is worth knowing of a check that passed or was skipped. */
  readonly note?: string;
}

/** The check holds. */
export function passed(code: string, observed?: string, note?: string): Outcome {
  return {
    code,
    status: 'pass',
    ...(observed !== undefined && { observed }),
    ...(note !== undefined && { note }),
  };
}

/** The check could not be made, or means nothing here. @param note what is missing */
export function skipped(code: string, note: string): Outcome {
  return { code, status: 'skip', note };
}

/** What is told of a broken check. */
export interface Breach extends Pick<Outcome, 'expected' | 'why' | 'fix' | 'note'> {
  readonly observed: string;
  /** @default error */
  readonly severity?: Severity;
}

const STATUS: { readonly [severity in Severity]: Status } = {
  error: 'fail',
  warning: 'warn',
  info: 'pass',
};

/** The check does not hold: an error fails, a warning warns, an information passes with a note. */
export function broken(code: string, { severity = 'error', observed, ...rest }: Breach): Outcome {
  const status = STATUS[severity];
  return {
    code,
    status,
    observed,
    ...rest,
    ...(status === 'pass' && { note: rest.note ?? observed }),
  };
}

/** Whether what depends on the check can go on. */
export function holds({ status }: Outcome): boolean {
  return status === 'pass' || status === 'warn';
}
