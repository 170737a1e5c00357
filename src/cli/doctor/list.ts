import type { Probe } from '../../doctor';
import { checkOf, selects } from '../../rules';
import type { Selection } from '../../rules/selection';
import { table } from '../table';

/** The selected probes: code, step of the request path, what must hold, what is sent, and codes it may name instead. */
export function listText(probes: readonly Probe[], selection: Selection): string {
  const rows = probes
    .filter(({ code, names = [] }) => [code, ...names].some((one) => selects(selection, one)))
    .map(({ code, step, sends, writes, names = [] }) => [
      code,
      step,
      checkOf(code)?.title ?? '',
      writes ? `${sends} (writes)` : sends,
      names.join(' '),
    ]);
  return table(['code', 'step', 'must hold', 'sends', 'may name instead'], rows);
}
