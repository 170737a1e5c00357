import { jsonText } from '../json';
import { junitReport } from './junit';
import { liveMarkdown } from './live-markdown';
import { liveShort } from './live-short';
import { liveText } from './live-text';
import type { LiveView } from './live-view';
import type { LiveFormat } from './report';
import type { TextStyle } from './text';

/**
 * A report of a run against a server in the form the user asked for.
 *
 * @param command the command that made it, for JUnit
 */
export function printLive(
  view: LiveView,
  format: LiveFormat,
  command: string,
  style: TextStyle,
): string {
  switch (format) {
    case 'json':
      return jsonText(view.report);
    case 'junit':
      return junitReport(view.report, command);
    case 'markdown':
      return liveMarkdown(view);
    case 'short':
      return liveShort(view.report);
    default:
      return liveText(view, style);
  }
}
