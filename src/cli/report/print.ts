import type { Io } from '../io';
import { packageVersion } from '../package-version';
import { colorsFor, showsUnicode } from '../terminal';
import { junitReport } from './junit';
import { markdownReport } from './markdown';
import type { Format, Report } from './report';
import { sarifReport } from './sarif';
import { textReport } from './text';

/** A report in the form the user asked for. */
export function printReport(
  report: Report,
  format: Format,
  io: Io,
  argv: readonly string[],
): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'junit':
      return junitReport(report);
    case 'markdown':
      return markdownReport(report);
    case 'sarif':
      return sarifReport(report, packageVersion());
    default:
      return textReport(report, {
        colors: colorsFor(argv, io, io.outIsTerminal),
        unicode: showsUnicode(io),
      });
  }
}
