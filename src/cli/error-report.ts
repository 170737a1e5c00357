import { ClientError } from '../client/error';
import { DeclarationError } from '../declaration/problem';
import { CommandError, EXIT } from './exit';
import type { Io } from './io';
import { colorsFor } from './terminal';

/** Prints what went wrong, without a stack unless `--debug` asks for it, and gives the exit code. */
export function reportError(error: unknown, argv: readonly string[], io: Io): number {
  const colors = colorsFor(argv, io, io.errIsTerminal);
  const message = error instanceof Error ? error.message : `${error}`;
  const code = knownExit(error);
  io.err(`${colors.red('error:')} ${message}\n`);
  if (argv.includes('--debug') && error instanceof Error) {
    const cause = error.cause as Error | undefined;
    io.err(`${error.stack}\n${cause ? `caused by: ${cause.stack ?? cause}\n` : ''}`);
  } else if (code === undefined) {
    io.err('this is a fault of gitea-registry; --debug shows where\n');
  }
  return code ?? EXIT.FAILED;
}

/** The exit code of an error people can act on; undefined for a fault of ours. */
function knownExit(error: unknown): number | undefined {
  if (error instanceof CommandError) {
    return error.exitCode;
  }
  if (error instanceof ClientError) {
    return clientExit(error);
  }
  return error instanceof DeclarationError ? EXIT.USAGE : undefined;
}

/** Codes of names and forms, which are judged before anything is sent. */
const INPUT = /^REG(312|320|470|913|914|920)$/;

/** A server that answered refused; one that did not answer could not be asked; what was never sent is wrong usage. */
function clientExit({ code, facts: { status, url } }: ClientError): number {
  if (url === undefined) {
    return INPUT.test(code) ? EXIT.USAGE : EXIT.FAILED;
  }
  return status === undefined ? EXIT.NO_TARGET : EXIT.FAILED;
}
