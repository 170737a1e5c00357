import type { Report, ReportedCheck } from './report';
import { pathsOf } from './report';

/**
 * One line for each check that fails or warns: status, code, paths, what was seen. Empty when all is well; where nothing
 * could be evaluated, what was skipped and why.
 */
export function liveShort({ checks, summary }: Report): string {
  const isEvaluated = checks.length > summary.skip;
  return checks
    .filter(({ status }) => (isEvaluated ? status === 'fail' || status === 'warn' : true))
    .map((check) => `${shortLine(check)}\n`)
    .join('');
}

function shortLine(check: ReportedCheck): string {
  const { code, status, title, observed, note } = check;
  const paths = pathsOf(check).join(',');
  return `${status} ${code} ${paths === '' ? '' : `${paths}: `}${observed ?? note ?? title}`;
}
