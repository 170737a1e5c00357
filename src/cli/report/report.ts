import type { Severity } from '../../rules/check';

/** Outcome of one check. */
export type Status = 'pass' | 'warn' | 'fail' | 'skip';

/** One check of a report: a code that holds, or one place where it does not. Machine output prints it as it is. */
export interface ReportedCheck {
  readonly code: string;
  readonly status: Status;
  /** What must hold. */
  readonly title: string;
  /** The object, `Ingress default/gitea`; of `check`. */
  readonly object?: string;
  /** The access path, the first of several; of a run against a server, where it does not concern the whole registry. */
  readonly path?: string;
  /** All access paths it was found on alike, when there are several. */
  readonly paths?: readonly string[];
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  readonly jsonPath?: string;
  readonly observed?: string;
  readonly expected?: string;
  readonly why?: string;
  /** Only `values` (Helm values) and `command` (something to run) may have several lines. */
  readonly fix?: { readonly kind: 'text' | 'values' | 'command'; readonly text: string };
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
  /** The first failing check, with its object or its access path. */
  readonly cause: {
    readonly code: string;
    readonly object?: string;
    readonly path?: string;
  } | null;
  /** Whether the run was ended before it was done; absent otherwise. */
  readonly isPartial?: true;
  readonly summary: { readonly [status in Status]: number };
  readonly checks: readonly ReportedCheck[];
}

/** How a report is printed. */
export const FORMATS = ['text', 'json', 'junit', 'markdown', 'sarif'] as const;

/** One of {@link FORMATS}. */
export type Format = (typeof FORMATS)[number];

/** How a report of a run against a server is printed. */
export const LIVE_FORMATS = ['text', 'short', 'json', 'junit', 'markdown'] as const;

/** One of {@link LIVE_FORMATS}. */
export type LiveFormat = (typeof LIVE_FORMATS)[number];

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

/** The report of some checks of manifests. */
export function reportOf(target: Report['target'], checks: readonly ReportedCheck[]): Report {
  const first = checks.find(({ status }) => status === 'fail');
  return {
    schemaVersion: '1',
    target,
    cause: first ? { code: first.code, object: first.object ?? '' } : null,
    summary: countsOf(checks),
    checks,
  };
}

/** How many checks have each status. */
export function countsOf(checks: readonly ReportedCheck[]): Report['summary'] {
  const count = (status: Status): number =>
    checks.filter((check) => check.status === status).length;
  return { pass: count('pass'), warn: count('warn'), fail: count('fail'), skip: count('skip') };
}

/** The access paths of a check; none when it concerns the whole registry. */
export function pathsOf({ path, paths }: ReportedCheck): readonly string[] {
  return paths ?? (path === undefined ? [] : [path]);
}
