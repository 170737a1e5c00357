import type { PathRow } from '../../doctor';
import type { Report, ReportedCheck } from './report';
import { pathsOf } from './report';

/** A report with what only people read: the server, the access paths side by side, the time. */
export interface LiveView {
  readonly report: Report;
  /** Product and version, when the server told. */
  readonly server?: string;
  /** Rows of the probed paths, cleaned as the report is. @default - none */
  readonly rows?: readonly PathRow[];
  /** Milliseconds the run took. @default - not told */
  readonly elapsedMs?: number;
}

/** Names of all access paths of a report: probed ones first, then those that only results name. */
export function pathNames({ report, rows = [] }: LiveView): string[] {
  return [
    ...new Set([...rows.map(({ name }) => name), ...report.checks.flatMap((one) => pathsOf(one))]),
  ];
}

/** Rows whose texts of others went through `clean`. */
export function cleanRows(rows: readonly PathRow[], clean: (text: string) => string): PathRow[] {
  return rows.map(({ name, url, status, responder, realm, certificate }) => ({
    name: clean(name),
    url: clean(url),
    ...(status !== undefined && { status }),
    responder: clean(responder),
    ...(realm !== undefined && { realm: clean(realm) }),
    ...(certificate !== undefined && { certificate: clean(certificate) }),
  }));
}

/** The check a report names as the cause. */
export function causeCheck({ cause, checks }: Report): ReportedCheck | undefined {
  return cause === null
    ? undefined
    : checks.find(({ code, status, path }) => {
        return status === 'fail' && code === cause.code && path === cause.path;
      });
}

/** Skipped checks by their note, in order: many wait for the same one. */
export function skippedByNote(
  checks: readonly ReportedCheck[],
): readonly (readonly [note: string, checks: readonly ReportedCheck[]])[] {
  const groups = new Map<string, ReportedCheck[]>();
  for (const check of checks.filter(({ status }) => status === 'skip')) {
    const note = check.note ?? 'skipped';
    groups.set(note, [...(groups.get(note) ?? []), check]);
  }
  return [...groups];
}

/** `REG211 on ingress, service`. */
export function placeText(check: ReportedCheck): string {
  const paths = pathsOf(check);
  return paths.length === 0 ? check.code : `${check.code} on ${paths.join(', ')}`;
}
