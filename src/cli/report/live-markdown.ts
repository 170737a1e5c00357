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

/**
 * Text of others as code: code hosts make no link, mention or formula of it. Entities alone would not do, they look for
 * `@name` in what is rendered.
 */
function code(text: string | undefined): string {
  const shown = (text ?? '').trimEnd().split('\n').map(line).join('<br>');
  return shown === '' ? '' : `<code>${shown}</code>`;
}

/** Lines of a snippet keep how far they are moved in. */
function line(text: string): string {
  const [blanks] = /^ */.exec(text)!;
  return `${'&nbsp;'.repeat(blanks.length)}${inert(text)}`;
}

/** Beside what {@link cell} escapes: what makes links (GFM §6.9), mentions, references to issues, formulas. */
function inert(text: string): string {
  return cell(text).replace(/[@:~$]|#(?!\d+;)|(?<=[wW])\./g, (sign) => `&#${sign.charCodeAt(0)};`);
}
