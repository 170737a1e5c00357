import { escapeControls } from '../../declaration/problem';
import type { Fix, Outcome } from '../../doctor';
import { checkOf } from '../../rules';
import type { Report, ReportedCheck } from './report';
import { countsOf, docUrl } from './report';

/** What a run against a server found at one point. */
export interface LiveResult extends Outcome {
  /** The access path, the first of several; absent for what concerns the registry as a whole. */
  readonly path?: string;
  /** All paths it was found on alike, when there are several. */
  readonly paths?: readonly string[];
}

/** What a run against a server found. */
export interface LiveFindings {
  /** `host[:port]`; null when there is none. */
  readonly host: string | null;
  /** In the order of the request path: the first that fails is the cause. */
  readonly results: readonly LiveResult[];
  /** Whether the run was ended before it was done. @default false */
  readonly isPartial?: boolean;
  /** Takes credentials of this run out of a text: a server may send one back. @default - nothing is known */
  readonly hide?: (text: string) => string;
}

/**
 * The report of `doctor` and `smoke`. Title, reason and mend are those of the code where the result has none of its
 * own. No text in it can move a cursor; the formats escape what they must.
 */
export function liveReport(findings: LiveFindings): Report {
  const clean = cleaner(findings.hide);
  const checks = findings.results.map((result) => reported(result, clean));
  const first = checks.find(({ status }) => status === 'fail');
  return {
    schemaVersion: '1',
    target: { host: findings.host === null ? null : clean(findings.host) },
    cause: first
      ? { code: first.code, ...(first.path !== undefined && { path: first.path }) }
      : null,
    ...(findings.isPartial && { isPartial: true }),
    summary: countsOf(checks),
    checks,
  };
}

/** Makes texts of others fit for any report: one line each, without control characters and known credentials. */
export function cleaner(hide: LiveFindings['hide'] = (text) => text): (text: string) => string {
  return (text) => escapeControls(hide(text));
}

function reported(result: LiveResult, clean: (text: string) => string): ReportedCheck {
  const { code, status, path, paths, observed, expected, note } = result;
  const check = checkOf(code);
  const isBroken = status === 'fail' || status === 'warn';
  const why = result.why ?? (isBroken ? check?.why : undefined);
  const fix = result.fix ?? (isBroken && check ? { kind: 'text', text: check.fix } : undefined);
  return {
    code,
    ...(path !== undefined && { path: clean(path) }),
    ...(paths && { paths: paths.map(clean) }),
    status,
    title: check?.title ?? code,
    ...(observed !== undefined && { observed: clean(observed) }),
    ...(expected !== undefined && { expected: clean(expected) }),
    ...(why !== undefined && { why: clean(why) }),
    ...(fix && { fix: cleanFix(fix as Fix, clean) }),
    ...(note !== undefined && { note: clean(note) }),
    docUrl: docUrl(code),
  };
}

/** Snippets and commands may have lines. */
function cleanFix({ kind, text }: Fix, clean: (text: string) => string): Fix {
  return { kind, text: kind === 'text' ? clean(text) : text.split('\n').map(clean).join('\n') };
}
