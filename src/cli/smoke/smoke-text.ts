import type { SmokeStep } from '../../operate/smoke/step';
import { SMOKE_STEPS } from '../../operate/smoke/step';
import { escapeControls } from '../../declaration/problem';
import { sizeText } from '../packages/size-text';
import type { TextStyle } from '../report/text';
import { symbolOf } from '../terminal';

const WIDTH = Math.max(...SMOKE_STEPS.map((name) => name.length));

/**
 * What became of each step, a line each, and the largest request that was taken.
 *
 * @param size bytes of the layer
 */
export function smokeText(
  steps: readonly SmokeStep[],
  size: number,
  { colors, unicode }: TextStyle,
): string {
  const color = {
    pass: colors.green,
    warn: colors.yellow,
    fail: colors.red,
    skip: colors.dim,
  };
  const lines = steps.flatMap(({ name, status, code, observed, note }) => {
    const sign = color[status](symbolOf(status, unicode));
    const said = [observed, note && `(${note})`].filter(Boolean).join(' ');
    const line = `  ${name.padEnd(WIDTH)} ${sign} ${escapeControls(said)}`;
    return status === 'fail'
      ? [line, `  ${' '.repeat(WIDTH)}   see  gitea-registry explain ${code}`]
      : [line];
  });
  const isTaken = steps.some(({ name, status }) => name === 'push blob' && status === 'pass');
  const largest = isTaken
    ? `Largest single request accepted: ${sizeText(size)}.`
    : 'No upload was accepted.';
  return `${[...lines, largest].join('\n')}\n`;
}
