import { checkOf, CHECKS, explanation } from '../rules';
import { CommandError } from './exit';
import type { Io } from './io';

/** `gitea-registry explain`: what a code means, why it matters, how it shows and how to mend it. */
export function explain(code: string, io: Io): void {
  const check = checkOf(code.toUpperCase());
  if (!check) {
    throw new CommandError(
      `no check has the code '${code}'; ${nearest(code)}docs/checks.md lists all`,
    );
  }
  io.out(explanation(check));
}

/** The codes that share the most digits with a mistyped one. */
function nearest(code: string): string {
  const block = /\d/.exec(code)?.[0];
  const near = CHECKS.filter((check) => check.code.startsWith(`REG${block}`)).map(
    ({ code: near }) => near,
  );
  return near.length === 0 ? '' : `codes that begin like it: ${near.join(', ')}; `;
}
