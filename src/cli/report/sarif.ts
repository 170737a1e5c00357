import type { Report, ReportedCheck, Status } from './report';
import { docUrl } from './report';

const LEVELS: { readonly [status in Status]: string } = {
  fail: 'error',
  warn: 'warning',
  pass: 'note',
  skip: 'note',
};

/** A report as SARIF 2.1.0, which code hosts show beside the lines (docs.oasis-open.org/sarif/sarif/v2.1.0). */
export function sarifReport({ checks }: Report, version: string): string {
  const codes = [...new Map(checks.map(({ code, title }) => [code, title]))];
  const found = checks.filter(({ observed }) => observed !== undefined);
  const run = {
    tool: {
      driver: {
        name: 'gitea-registry',
        version,
        informationUri: docUrl('').replace(/\/blob.*$/, ''),
        rules: codes.map(([id, title]) => ({
          id,
          shortDescription: { text: title },
          helpUri: docUrl(id),
        })),
      },
    },
    results: found.map(result),
  };
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function result(check: ReportedCheck): object {
  const text = [
    `${check.object ?? ''}${check.jsonPath ? ` at ${check.jsonPath}` : ''}: ${check.observed}`,
    check.expected && `expected ${check.expected}`,
    check.fix && `fix: ${check.fix.text}`,
  ]
    .filter(Boolean)
    .join('; ');
  return {
    ruleId: check.code,
    level: LEVELS[check.status],
    message: { text },
    ...(check.file !== undefined && {
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(check.file.replace(/\\/g, '/')) },
            region: { startLine: check.line ?? 1, startColumn: check.column ?? 1 },
          },
        },
      ],
    }),
    ...(check.status === 'skip' && {
      suppressions: [{ kind: 'external', justification: check.note }],
    }),
  };
}
