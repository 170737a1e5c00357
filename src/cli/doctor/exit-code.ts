import type { FailOn } from '../../rules/config';
import { EXIT } from '../exit';
import type { Observed } from './observe';

/** `--wait` ran out while something still failed. */
export const WAIT_RAN_OUT = 124;

/**
 * The exit code of a look. What found no fault and was not done, or could evaluate nothing, says nothing of the target.
 */
export function exitOf({ view, isEvaluated }: Observed, failOn: FailOn): number {
  const { summary, isPartial } = view.report;
  if (summary.fail > 0 || (failOn === 'warn' && summary.warn > 0)) {
    return EXIT.FAILED;
  }
  return isPartial || !isEvaluated ? EXIT.NO_TARGET : EXIT.FINE;
}
