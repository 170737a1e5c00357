import { CommandError, EXIT } from './exit';
import type { Io } from './io';

/** Options of commands that delete, move or replace. */
export interface ConfirmOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Goes on only with a yes: by `--yes`, or typed at the terminal. The plan was printed before.
 *
 * @param question without its end: `Delete 3 versions`
 * @throws CommandError exit 2 where nobody can answer, exit 1 for a no; nothing was written either way
 */
export async function confirm(
  question: string,
  { yes = false }: ConfirmOptions,
  io: Io,
  signal?: AbortSignal,
): Promise<void> {
  if (yes) {
    return;
  }
  if (!io.inIsTerminal || !io.errIsTerminal) {
    throw new CommandError(
      'nothing was written: nobody can answer here; --yes confirms, --dry-run only shows',
    );
  }
  const answer = await io.ask(`${question}? [y/N] `, { signal });
  if (!/^\s*y(es)?\s*$/i.test(answer ?? '')) {
    throw new CommandError('nothing was written', EXIT.FAILED);
  }
}
