import type { createColors } from 'picocolors';
import { symbolOf } from '../terminal';
import type { Report, ReportedCheck, Status } from './report';

/** How a text report looks. */
export interface TextStyle {
  readonly colors: ReturnType<typeof createColors>;
  /** Whether the terminal shows ✔ and ✖; else `[ok]` and `[fail]`. */
  readonly unicode: boolean;
}

/**
 * A report for people: one block for each code with the places it was found at, then one line of numbers. Checks that
 * simply hold are counted only.
 */
export function textReport(report: Report, style: TextStyle): string {
  const { target, summary, checks } = report;
  const head =
    target.inferred === undefined ? [] : [`no declaration found: judged as ${target.inferred}`, ''];
  const blocks = grouped(checks.filter(isShown)).flatMap((group) => [...block(group, style), '']);
  return `${[...head, ...blocks, countsText(summary)].join('\n')}\n`;
}

/** `17 passed, 1 warning, 0 failed, 4 skipped`. */
export function countsText({ pass, warn, fail, skip }: Report['summary']): string {
  return [
    `${pass} passed`,
    `${warn} warning${warn === 1 ? '' : 's'}`,
    `${fail} failed`,
    `${skip} skipped`,
  ].join(', ');
}

/** Whether a check says more than that its code holds. */
export function isShown({ status, observed, note }: ReportedCheck): boolean {
  return status !== 'pass' || observed !== undefined || note !== undefined;
}

function grouped(checks: readonly ReportedCheck[]): ReportedCheck[][] {
  const groups = new Map<string, ReportedCheck[]>();
  for (const check of checks) {
    const key = `${check.code} ${check.status}`;
    groups.set(key, [...(groups.get(key) ?? []), check]);
  }
  return [...groups.values()];
}

function block(checks: readonly ReportedCheck[], { colors, unicode }: TextStyle): string[] {
  const [{ code, status, title }] = checks;
  const [why, fix, note] = (['why', 'fix', 'note'] as const).map((field) => common(checks, field));
  return [
    `${signed(status, code, { colors, unicode })} ${title}`,
    ...checks.flatMap((check) => [
      ...placeLines(check, colors),
      ...labelled({
        observed: check.observed,
        expected: check.expected,
        why: why === undefined ? check.why : undefined,
        fix: fix === undefined ? check.fix?.text : undefined,
        note: note === undefined ? check.note : undefined,
      }),
    ]),
    ...labelled({
      note,
      why,
      fix,
      see: status === 'skip' ? undefined : `gitea-registry explain ${code}`,
    }),
  ];
}

/** Sign and code in the colour of the status. */
export function signed(status: Status, code: string, { colors, unicode }: TextStyle): string {
  const paint = { pass: colors.green, warn: colors.yellow, fail: colors.red, skip: colors.dim };
  return paint[status](`${symbolOf(status, unicode)} ${code}`);
}

/** The text all checks of a code share; undefined when they differ. */
function common(
  checks: readonly ReportedCheck[],
  field: 'why' | 'fix' | 'note',
): string | undefined {
  const texts = new Set(checks.map((check) => (field === 'fix' ? check.fix?.text : check[field])));
  return texts.size === 1 ? [...texts][0] : undefined;
}

function placeLines(check: ReportedCheck, colors: TextStyle['colors']): string[] {
  const place = [position(check), check.jsonPath].filter(Boolean).join('  ');
  return [
    ...(check.object === undefined ? [] : [`    ${colors.bold(check.object)}`]),
    ...(place === '' ? [] : [`    ${place}`]),
  ];
}

/** `file:line:column`, as editors and terminals link it. */
export function position({ file, line, column }: ReportedCheck): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

/** A line for each field that has a text. */
export function labelled(fields: { readonly [label: string]: string | undefined }): string[] {
  return Object.entries(fields).flatMap(([label, text]) =>
    text === undefined ? [] : [`      ${label.padEnd(8)}  ${text}`],
  );
}
