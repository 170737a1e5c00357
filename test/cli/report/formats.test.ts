import fc from 'fast-check';
import { createColors } from 'picocolors';
import { junitReport } from '../../../src/cli/report/junit';
import { markdownReport } from '../../../src/cli/report/markdown';
import type { Report, ReportedCheck } from '../../../src/cli/report/report';
import { docUrl, reportOf } from '../../../src/cli/report/report';
import { sarifReport } from '../../../src/cli/report/sarif';
import { textReport } from '../../../src/cli/report/text';
import { anyText } from '../../support/any-text';
import { expectGoldenText } from '../../support/golden-text';
import { reportErrors } from './report-schema';

const found = (parts: Partial<ReportedCheck>): ReportedCheck => ({
  code: 'REG211',
  status: 'fail',
  title: 'a Prefix rule for `/v2` exists',
  object: 'Ingress git/gitea',
  file: 'dist/gitea.k8s.yaml',
  line: 12,
  column: 9,
  jsonPath: 'spec.rules[0].http.paths[0].path',
  observed: "'/v2' matches exactly",
  expected: "'/v2' as Prefix",
  why: 'docker asks /v2/',
  fix: { kind: 'text', text: 'set `pathType: Prefix`' },
  docUrl: docUrl('REG211'),
  ...parts,
});

const held = (code: string): ReportedCheck => ({
  code,
  status: 'pass',
  title: 'all is well',
  docUrl: docUrl(code),
});

/** One of everything a report can hold. */
const REPORT = reportOf({ host: 'git.example.org' }, [
  held('REG110'),
  found({}),
  found({
    object: 'Ingress git/other | <b>',
    line: 30,
    column: 1,
    fix: { kind: 'text', text: 'delete it' },
  }),
  found({ code: 'REG440', status: 'warn', observed: 'no readTimeout & "60 s"' }),
  found({ code: 'REG611', status: 'pass', observed: 'no trailing slash' }),
  found({ code: 'REG631', status: 'skip', note: 'accepted until 2027-01-01: moves away' }),
  { ...held('REG650'), note: "the suppression for 'x' covers nothing: remove it" },
]);

const EMPTY = reportOf({ host: null, inferred: 'git.example.org (gitea, from Ingress gitea)' }, [
  held('REG110'),
]);

const text = (report: Report, unicode = true): string =>
  textReport(report, { colors: createColors(false), unicode });

describe('each format', () => {
  test.each([
    ['report.txt', text(REPORT)],
    ['report-ascii.txt', text(REPORT, false)],
    ['report-empty.txt', text(EMPTY)],
    ['report.junit.xml', junitReport(REPORT)],
    ['report.md', markdownReport(REPORT)],
    ['report-empty.md', markdownReport(EMPTY)],
    ['report.sarif.json', sarifReport(REPORT, '1.2.3')],
  ])('prints %s', (file, printed) => {
    expectGoldenText(printed, `report/${file}`);
  });
});

describe('a report', () => {
  test.each([
    ['everything', REPORT],
    ['nothing to mend', EMPTY],
    ['no check at all', reportOf({ host: null }, [])],
  ])('with %s fits its schema', (_, report) => {
    expect(reportErrors(report)).toBeNull();
  });

  test('names the first failing check as cause', () => {
    expect(REPORT.cause).toEqual({ code: 'REG211', object: 'Ingress git/gitea' });
    expect(EMPTY.cause).toBeNull();
  });

  test('counts by status', () => {
    expect(REPORT.summary).toEqual({ pass: 3, warn: 1, fail: 2, skip: 1 });
  });
});

const ANY_TEXT = anyText({ maxLength: 40 });

test('JUnit stays well-formed whatever an object is called', () => {
  fc.assert(
    fc.property(ANY_TEXT, (name) => {
      const xml = junitReport(reportOf({ host: null }, [found({ object: name, observed: name })]));
      const markup = xml.replace(
        /<\?xml[^?]*\?>|<\/?(?:testsuites?|testcase|failure)\b[^<>]*>/g,
        '',
      );
      expect(markup).not.toMatch(/[<>]/);
      expect(xml).not.toMatch(/&(?!(?:amp|lt|gt|quot|#10);)/);
      // eslint-disable-next-line no-control-regex
      expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    }),
  );
});

test('Markdown keeps one row a finding whatever an object is called', () => {
  fc.assert(
    fc.property(ANY_TEXT, (name) => {
      const report = reportOf({ host: name }, [found({ object: name, observed: name })]);
      const rows = markdownReport(report)
        .split('\n')
        .filter((line) => line.startsWith('|'));
      expect(rows).toHaveLength(3);
      expect(rows[2].split('|')).toHaveLength(8);
    }),
  );
});
