import { explanation, RULES, ruleOf } from '../rules';
import { CommandError } from './exit';
import type { Io } from './io';

/** `gitea-registry explain`: what a code means, why it matters, how it shows and how to mend it. */
export function explain(code: string, io: Io): void {
  const rule = ruleOf(code.toUpperCase());
  if (!rule) {
    throw new CommandError(
      `no rule has the code '${code}'; ${nearest(code)}'gitea-registry check --list' shows all`,
    );
  }
  io.out(explanation(rule));
}

/** The codes that share the most digits with a mistyped one. */
function nearest(code: string): string {
  const block = /\d/.exec(code)?.[0];
  const near = RULES.filter((rule) => rule.code.startsWith(`REG${block}`)).map((rule) => rule.code);
  return near.length === 0 ? '' : `codes that begin like it: ${near.join(', ')}; `;
}
