import { DeclarationError } from '../declaration/problem';
import { CommandError, EXIT } from './exit';
import type { Io } from './io';
import { colorsFor } from './terminal';

/** Prints what went wrong, without a stack unless `--debug` asks for it, and gives the exit code. */
export function reportError(error: unknown, argv: readonly string[], io: Io): number {
  const colors = colorsFor(argv, io, io.errIsTerminal);
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
