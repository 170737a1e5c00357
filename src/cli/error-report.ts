import { createColors } from 'picocolors';
import { DeclarationError } from '../declaration/problem';
import { CommandError, EXIT } from './exit';
import type { Io } from './io';

/** Whether messages are coloured: `--color`, then NO_COLOR and FORCE_COLOR, then whether stderr is a terminal. */
function colored(argv: readonly string[], io: Io): boolean {
  const flag = argv.findLast(
    (word, index) => word.startsWith('--color=') || argv[index - 1] === '--color',
  );
  const when = flag?.replace('--color=', '') ?? 'auto';
  if (when !== 'auto') {
    return when === 'always';
  }
  if (io.env.NO_COLOR) {
    return false;
  }
  return Boolean(io.env.FORCE_COLOR) || (io.errIsTerminal && io.env.TERM !== 'dumb');
}

/** Prints what went wrong, without a stack unless `--debug` asks for it, and gives the exit code. */
export function reportError(error: unknown, argv: readonly string[], io: Io): number {
  const colors = createColors(colored(argv, io));
  const known = error instanceof CommandError || error instanceof DeclarationError;
  const message = error instanceof Error ? error.message : `${error}`;
  io.err(`${colors.red('error:')} ${message}\n`);
  if (argv.includes('--debug') && error instanceof Error) {
    const cause = error.cause as Error | undefined;
    io.err(`${error.stack}\n${cause ? `caused by: ${cause.stack ?? cause}\n` : ''}`);
  } else if (!known) {
    io.err('this is a fault of gitea-registry; --debug shows where\n');
  }
  return error instanceof CommandError ? error.exitCode : known ? EXIT.USAGE : EXIT.FAILED;
}
