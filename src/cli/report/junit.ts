import type { Report, ReportedCheck } from './report';
import { pathsOf } from './report';
import { position } from './text';

/**
 * A report as JUnit XML, one test case a check (the schema Jenkins and GitLab read).
 *
 * @param command the command that made it
 */
export function junitReport({ checks, summary }: Report, command = 'check'): string {
  const name = `gitea-registry ${command}`;
  const counts = `tests="${checks.length}" failures="${summary.fail}" errors="0" skipped="${summary.skip}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${name}" ${counts}>`,
    `  <testsuite name="${name}" ${counts}>`,
    ...checks.flatMap(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(check: ReportedCheck): string[] {
  const place = check.object ?? pathsOf(check).join(', ');
  const name = [check.code, check.title, place].filter(Boolean).join(' ');
  const open = `    <testcase classname="${escape(check.code)}" name="${escape(name)}"`;
  const body = bodyOf(check);
  return body.length === 0 ? [`${open}/>`] : [`${open}>`, ...body, '    </testcase>'];
}

function bodyOf(check: ReportedCheck): string[] {
  const details = [
    [position(check), check.jsonPath].filter(Boolean).join(' '),
    check.expected && `expected: ${check.expected}`,
    check.why && `why: ${check.why}`,
    check.fix && `fix: ${check.fix.text}`,
    check.docUrl,
  ].filter(Boolean);
  const text = escape(details.join('\n'));
  switch (check.status) {
    case 'fail':
      return [`      <failure message="${escape(check.observed ?? '')}">${text}</failure>`];
    case 'skip':
      return [`      <skipped message="${escape(check.note ?? '')}"/>`];
    default:
      // JUnit knows no warning: the case passes and says so in its output.
      return check.observed === undefined
        ? []
        : [
            `      <system-out>${escape(`${check.status}: ${check.observed}\n${details.join('\n')}`)}</system-out>`,
          ];
  }
}

/** XML 1.0 §2.2 and §2.4: markup escaped, what no document may hold replaced. */
function escape(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex
      .replace(/[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '�')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
      .replace(/\n/g, '&#10;')
  );
}
