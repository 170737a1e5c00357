import { escapeControls } from '../../declaration/problem';
import type { Status } from '../report/report';
import type { TextStyle } from '../report/text';
import { symbolOf } from '../terminal';

/** One step of a test, as people read it. */
export interface ShownStep {
  readonly name: string;
  readonly status: Status;
  readonly code: string;
  readonly observed?: string;
  readonly note?: string;
}

/**
 * What became of each step, a line each; below a failure, where to read on.
 *
 * @param names of all steps the test has, for the width of their column
 */
export function stepLines(
  steps: readonly ShownStep[],
  names: readonly string[],
  { colors, unicode }: TextStyle,
): string[] {
  const width = Math.max(...names.map((name) => name.length));
  const color = {
    pass: colors.green,
    warn: colors.yellow,
    fail: colors.red,
    skip: colors.dim,
  };
  return steps.flatMap(({ name, status, code, observed, note }) => {
    const sign = color[status](symbolOf(status, unicode));
    const said = [observed, note && `(${note})`].filter(Boolean).join(' ');
    const line = `  ${name.padEnd(width)} ${sign} ${escapeControls(said)}`;
    return status === 'fail'
      ? [line, `  ${' '.repeat(width)}   see  gitea-registry explain ${code}`]
      : [line];
  });
}
