import type { Report, ReportedCheck, Status } from './report';
import { isShown, position } from './text';

/** What a status is called. */
export const WORDS: { readonly [status in Status]: string } = {
  pass: 'note',
  warn: 'warning',
  fail: '**failed**',
  skip: 'skipped',
};

/** A report as Markdown for a pull request: one table row for each finding. */
export function markdownReport({ target, summary, checks }: Report): string {
  const shown = checks.filter(isShown);
  const title = `### Registry check${target.host === null ? '' : ` of ${cell(target.host)}`}: ${summary.fail} failed, ${summary.warn} warnings`;
  const table =
    shown.length === 0
      ? ['Nothing to mend.']
      : [
          '| | Code | Object | Observed | Expected | Fix |',
          '| --- | --- | --- | --- | --- | --- |',
          ...shown.map(row),
        ];
  const inferred =
    target.inferred === undefined
      ? []
      : [`No declaration found: judged as ${cell(target.inferred)}.`, ''];
  return `${[title, '', ...inferred, ...table, '', `${summary.pass} passed, ${summary.skip} skipped.`].join('\n')}\n`;
}

function row(check: ReportedCheck): string {
  const place = [check.object, [position(check), check.jsonPath].filter(Boolean).join(' ')]
    .filter(Boolean)
    .map((text) => cell(text!))
    .join('<br>');
  const cells = [
    WORDS[check.status],
    `[${check.code}](${check.docUrl})`,
    place,
    cell(check.observed ?? check.note ?? ''),
    cell(check.expected ?? ''),
    cell(check.fix?.text ?? ''),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Text that stays one cell: no markup, no pipe, no line break. */
export function cell(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|&]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/\s+/g, ' ')
    .trim();
}
