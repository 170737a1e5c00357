import type { SmokeStep } from '../../operate/smoke/step';
import { SMOKE_STEPS } from '../../operate/smoke/step';
import { sizeText } from '../packages/size-text';
import type { TextStyle } from '../report/text';
import { stepLines } from './step-lines';

/**
 * What became of each step, a line each, and the largest request that was taken.
 *
 * @param size bytes of the layer
 */
export function smokeText(steps: readonly SmokeStep[], size: number, style: TextStyle): string {
  const lines = stepLines(steps, SMOKE_STEPS, style);
  const isTaken = steps.some(({ name, status }) => name === 'push blob' && status === 'pass');
  const largest = isTaken
    ? `Largest single request accepted: ${sizeText(size)}.`
    : 'No upload was accepted.';
  return `${[...lines, largest].join('\n')}\n`;
}
