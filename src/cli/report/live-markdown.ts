import { code } from './inert-code';
import type { LiveView } from './live-view';
import { causeCheck, placeText, skippedByNote } from './live-view';
import { cell, WORDS } from './markdown';
import type { ReportedCheck } from './report';
import { pathsOf } from './report';

/** A report of a run against a server as Markdown for a ticket or a job summary. */
export function liveMarkdown(view: LiveView): string {
  const { report, server, rows = [] } = view;
  const { target, summary, checks } = report;
  const shown = checks.filter(
    ({ status, note }) => status === 'fail' || status === 'warn' || (status === 'pass' && note),
  );
  const cause = causeCheck(report);
  const heading = [
    '### Registry',
    ...(target.host === null ? [] : [code(target.host)]),
    ...(server === undefined ? [] : [`(${code(server)})`]),
  ].join(' ');
  const blocks = [
    `${heading}: ${summary.fail} failed, ${summary.warn} warnings`,
    ...(report.isPartial ? ['The run was ended before it was done.'] : []),
    ...(cause
      ? [`**Cause:** ${cell(placeText(cause))}: ${code(cause.observed ?? cause.title)}`]
      : []),
    shown.length === 0
      ? 'Nothing to mend.'
      : lines('| | Code | Path | Observed | Expected | Fix |', shown.map(row)),
    ...(rows.length < 2
      ? []
      : [
          lines(
            '| Path | Status | Answered by | Realm | Certificate |',
            rows.map(({ name, status, responder, realm, certificate }) =>
              joined([cell(name), `${status ?? ''}`, ...[responder, realm, certificate].map(code)]),
            ),
          ),
        ]),
    ...skippedLists(checks),
    `${summary.pass} passed, ${summary.skip} skipped.`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function row(check: ReportedCheck): string {
  return joined([
    WORDS[check.status],
    `[${check.code}](${check.docUrl})`,
    cell(pathsOf(check).join(', ')),
    code(check.observed ?? check.note),
    code(check.expected),
    code(check.fix?.text),
  ]);
}

function lines(head: string, rows: readonly string[]): string {
  const rule = head.replace(/[^|]+/g, ' --- ');
  return [head, rule, ...rows].join('\n');
}

function joined(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function skippedLists(checks: readonly ReportedCheck[]): string[] {
  const items = skippedByNote(checks).map(
    ([note, group]) =>
      `- skipped ${[...new Set(group.map(({ code }) => code))].join(', ')}: ${code(note)}`,
  );
  return items.length === 0 ? [] : [items.join('\n')];
}
