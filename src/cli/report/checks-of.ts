import { quote } from '../../declaration/problem';
import type { Finding } from '../../rules/finding';
import { UNKNOWN } from '../../rules';
import type { Manifest } from '../../rules/manifest';
import type { Rule } from '../../rules/rule';
import type { Suppressed, Suppression } from '../../rules/suppression';
import { locate } from '../input/locate';
import type { Input } from '../input/manifest-source';
import type { ReportedCheck } from './report';
import { docUrl, statusOf } from './report';

/** Code of what is read and is neither an object nor values. */
const OBJECT_FORM = 'REG564';

/**
 * The checks of a report: findings by code with their lines and columns, suppressed ones, expired suppressions, codes
 * that hold, and documents nobody could make sense of.
 */
export function checksOf(
  verdict: Suppressed,
  rules: readonly Rule[],
  input: Input,
): ReportedCheck[] {
  const titles = new Map(rules.map(({ code, title }) => [code, title]));
  const checks = [
    ...verdict.findings.map((finding) => reported(finding, input)),
    ...verdict.accepted.map(({ finding, by }) => accepted(finding, by, input)),
    ...verdict.expired.map((one) => expired(one, titles.get(one.code)!)),
    ...verdict.unused.map((one) => unused(one, titles.get(one.code)!)),
    ...(titles.has(OBJECT_FORM)
      ? input.manifests
          .filter(({ kind }) => kind === UNKNOWN)
          .map((manifest) => leftAlone(manifest, titles.get(OBJECT_FORM)!, input))
      : []),
  ];
  const touched = new Set(checks.map(({ code }) => code));
  const held = rules
    .filter(({ code }) => !touched.has(code))
    .map(({ code, title }) => ({ code, status: 'pass' as const, title, docUrl: docUrl(code) }));
  return [...checks, ...held].sort((a, b) => (a.code < b.code ? -1 : Number(a.code > b.code)));
}

function reported(finding: Finding, input: Input): ReportedCheck {
  const { code, title, object, jsonPath, observed, expected, why, fix } = finding;
  return {
    code,
    status: statusOf(finding.severity),
    title,
    object,
    ...placeOf(finding, input),
    jsonPath,
    observed,
    expected,
    why,
    fix: { kind: 'text', text: fix },
    docUrl: docUrl(code),
  };
}

type Place = Pick<ReportedCheck, 'file' | 'line' | 'column'>;

function placeOf({ origin, at }: Pick<Finding, 'origin' | 'at'>, { files }: Input): Place {
  const file = files.get(origin.file ?? '');
  const document = file?.documents[origin.document ?? 0];
  if (file === undefined || document === undefined) {
    return {};
  }
  const [own, ...embedded] = at.steps;
  const path = origin.item === undefined ? own : ['items', origin.item, ...own];
  return {
    file: file.name,
    ...locate(file.text.slice(document.start, document.end), document.from, [path, ...embedded]),
  };
}

function accepted(finding: Finding, by: Suppression, input: Input): ReportedCheck {
  return {
    ...reported(finding, input),
    status: 'skip',
    note: `accepted until ${by.until}: ${by.reason}`,
  };
}

function expired({ code, object, until }: Suppression, title: string): ReportedCheck {
  return {
    code,
    status: 'fail',
    title,
    object,
    observed: `the suppression until ${until} is past`,
    expected: 'the finding mended, or a new day with a reason',
    fix: { kind: 'text', text: 'mend the finding and remove the suppression, or renew its day' },
    docUrl: docUrl(code),
  };
}

function unused({ code, object }: Suppression, title: string): ReportedCheck {
  return {
    code,
    status: 'pass',
    title,
    note: `the suppression for ${quote(object)} covers nothing: remove it`,
    docUrl: docUrl(code),
  };
}

function leftAlone(manifest: Manifest, title: string, input: Input): ReportedCheck {
  return {
    code: OBJECT_FORM,
    status: 'skip',
    title,
    ...placeOf({ origin: manifest.origin, at: manifest.root }, input),
    note: 'neither a Kubernetes object nor values of a chart the rules know: left alone',
    docUrl: docUrl(OBJECT_FORM),
  };
}
