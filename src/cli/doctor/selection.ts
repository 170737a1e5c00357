import type { Probe } from '../../doctor';
import { CODE_PATTERN, selects } from '../../rules';
import type { Selection } from '../../rules/selection';
import { CommandError } from '../exit';
import { INPUT_CODES } from './input-finding';

/**
 * The probes a run needs for the selected codes, in their order: those that may report one, and those they wait for.
 *
 * @throws CommandError (exit 2) for a pattern no code fits
 */
export function selectedProbes(selection: Selection, probes: readonly Probe[]): readonly Probe[] {
  const known = [...INPUT_CODES, ...probes.flatMap(codesOf)];
  for (const pattern of [...(selection.only ?? []), ...(selection.skip ?? [])]) {
    if (!CODE_PATTERN.test(pattern) || !known.some((code) => selects({ only: [pattern] }, code))) {
      throw new CommandError(
        `no probe has a code '${pattern}': name codes such as REG211 or REG2*; --list shows them`,
      );
    }
  }
  const wanted = probes.filter((probe) => codesOf(probe).some((code) => selects(selection, code)));
  const needed = withNeeds(wanted, probes);
  return probes.filter((probe) => needed.has(probe));
}

function codesOf({ code, names = [] }: Probe): string[] {
  return [code, ...names];
}

function withNeeds(wanted: readonly Probe[], probes: readonly Probe[]): ReadonlySet<Probe> {
  const needed = new Set(wanted);
  // What is added while it is walked is walked too.
  for (const { needs } of needed) {
    probes.filter(({ code }) => needs.includes(code)).forEach((probe) => needed.add(probe));
  }
  return needed;
}
