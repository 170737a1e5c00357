import type { Severity } from '../../rules/check';

/** Outcome of one check. */
export type Status = 'pass' | 'warn' | 'fail' | 'skip';

/** One check of a report: a code that holds, or one place where it does not. Machine output prints it as it is. */
export interface ReportedCheck {
  readonly code: string;
  readonly status: Status;
  /** What must hold. */
  readonly title: string;
  /** The object, `Ingress default/gitea`. */
  readonly object?: string;
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  readonly jsonPath?: string;
  readonly observed?: string;
  readonly expected?: string;
  readonly why?: string;
  readonly fix?: { readonly kind: 'text'; readonly text: string };
  /** What is worth knowing of a check that passed or was skipped. */
  readonly note?: string;
  readonly docUrl: string;
}

/** Everything one run has to say. The shape of `--output json`, version 1. */
export interface Report {
  readonly schemaVersion: '1';
  readonly target: {
    /** Hosts of the registries, joined by a comma; null when none has a known host. */
    readonly host: string | null;
    /** What the run took for the registry when nothing was declared. */
    readonly inferred?: string;
  };
  /** The first failing check. */
  readonly cause: { readonly code: string; readonly object: string } | null;
  readonly summary: { readonly [status in Status]: number };
  readonly checks: readonly ReportedCheck[];
}

/** How a report is printed. */
export const FORMATS = ['text', 'json', 'junit', 'markdown', 'sarif'] as const;

/** One of {@link FORMATS}. */
export type Format = (typeof FORMATS)[number];

const STATUS: { readonly [severity in Severity]: Status } = {
  error: 'fail',
  warning: 'warn',
  info: 'pass',
};

/** Status of a finding: an error fails, a warning warns, an info passes with a note. */
export function statusOf(severity: Severity): Status {
  return STATUS[severity];
}

/** Page of a code. */
export function docUrl(code: string): string {
  return `https://github.com/cdk8s-gitea-registry/cdk8s-gitea-registry/blob/main/docs/checks.md#${code.toLowerCase()}`;
}

/** The report of some checks. */
export function reportOf(target: Report['target'], checks: readonly ReportedCheck[]): Report {
  const first = checks.find(({ status }) => status === 'fail');
  const count = (status: Status): number =>
    checks.filter((check) => check.status === status).length;
  return {
    schemaVersion: '1',
    target,
    cause: first ? { code: first.code, object: first.object ?? '' } : null,
    summary: {
      pass: count('pass'),
      warn: count('warn'),
      fail: count('fail'),
      skip: count('skip'),
    },
    checks,
  };
}
