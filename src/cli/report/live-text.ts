import { checkOf } from '../../rules';
import { table } from '../table';
import type { LiveView } from './live-view';
import { causeCheck, pathNames, placeText, skippedByNote } from './live-view';
import type { ReportedCheck } from './report';
import { pathsOf } from './report';
import type { TextStyle } from './text';
import { countsText, labelled, signed } from './text';

/** Codes that are named where many are skipped for one reason. */
const NAMED_CODES = 3;

/** Columns where the lines of a finding go on. */
const LABEL_WIDTH = 16;

/**
 * A report of a run against a server, for people: the checks of each access path along the request path, then those of
 * the registry as a whole, the paths side by side, the cause and one line of numbers.
 */
export function liveText(view: LiveView, style: TextStyle): string {
  const { report, server, elapsedMs } = view;
  const names = pathNames(view);
  const whole = report.checks.filter((check) => pathsOf(check).length === 0);
  const groups = [
    ...names.map((name, index) => pathGroup(view, name, index, style)),
    ...(whole.length === 0 ? [] : [[style.colors.bold('Registry'), ...linesOf(whole, style)]]),
  ];
  const time = elapsedMs === undefined ? '' : ` in ${(elapsedMs / 1000).toFixed(1)} s`;
  const lines = [
    `Registry ${report.target.host ?? '(no host)'}${server === undefined ? '' : `  (${server})`}`,
    '',
    ...groups.flatMap((group) => [...group, '']),
    ...pathTable(view),
    ...causeLine(view, style),
    ...(report.isPartial ? ['The run was ended before it was done.'] : []),
    `${countsText(report.summary)}${time}`,
  ];
  return `${lines.join('\n')}\n`;
}

function pathGroup(view: LiveView, name: string, index: number, style: TextStyle): string[] {
  const { report, rows = [] } = view;
  const url = rows.find((row) => row.name === name)?.url ?? (rows.length > 0 ? '(not probed)' : '');
  const widest = Math.max(...pathNames(view).map(({ length }) => length));
  const checks = report.checks.filter((check) => pathsOf(check).includes(name));
  return [
    style.colors.bold(`Path ${index + 1}  ${name.padEnd(widest)}  ${url}`.trimEnd()),
    ...linesOf(checks, style, name),
  ];
}

/** @param name the path whose checks they are */
function linesOf(checks: readonly ReportedCheck[], style: TextStyle, name?: string): string[] {
  const width = Math.max(0, ...checks.map((check) => shortTitle(check).length));
  const line = (check: ReportedCheck, text: string): string =>
    `  ${signed(check.status, check.code, style)} ${shortTitle(check).padEnd(width)}  ${text}`.trimEnd();
  const told = checks.flatMap((check) => {
    const [first] = pathsOf(check);
    if (check.status === 'skip') {
      return [];
    }
    if (check.status === 'pass') {
      return [line(check, passedText(check))];
    }
    return first === name ? finding(check, style) : [line(check, `as on ${first}`)];
  });
  const skipped = skippedByNote(checks).map(([note, group]) =>
    group.length === 1
      ? line(group[0], note)
      : `  ${signed('skip', codesText(group), style)}  ${note}`,
  );
  return [...told, ...skipped];
}

/** What a check is about in a few words. */
function shortTitle({ code, title }: ReportedCheck): string {
  return checkOf(code)?.slug.replaceAll('-', ' ') ?? title;
}

function passedText({ observed, note }: ReportedCheck): string {
  return [observed, note === observed ? undefined : note].filter(Boolean).join('; ');
}

function codesText(checks: readonly ReportedCheck[]): string {
  const codes = checks.map(({ code }) => code);
  const more = codes.length - NAMED_CODES;
  return more > 1 ? `${codes.slice(0, NAMED_CODES).join(', ')} and ${more} more` : codes.join(', ');
}

function finding(check: ReportedCheck, style: TextStyle): string[] {
  const { code, status, title, paths, observed, expected, why, fix, note } = check;
  return [
    `  ${signed(status, code, style)} ${title}`,
    ...labelled({
      paths: paths?.join(', '),
      observed,
      expected,
      why,
      fix: fix && fix.text.trimEnd().replaceAll('\n', `\n${' '.repeat(LABEL_WIDTH)}`),
      note,
      see: `gitea-registry explain ${code}`,
    }),
  ];
}

function pathTable({ rows = [] }: LiveView): string[] {
  if (rows.length < 2) {
    return [];
  }
  const head = ['path', 'status', 'answered by', 'realm', 'certificate'];
  const cells = rows.map(({ name, status, responder, realm = '', certificate = '' }) => [
    name,
    `${status ?? ''}`,
    responder,
    realm,
    certificate,
  ]);
  return table(head, cells).split('\n');
}

function causeLine({ report }: LiveView, { colors }: TextStyle): string[] {
  const check = causeCheck(report);
  return check === undefined
    ? []
    : [`${colors.red(`Cause: ${placeText(check)}`)}: ${check.observed ?? check.title}`];
}
