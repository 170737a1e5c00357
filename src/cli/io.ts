import type { Readable, Writable } from 'node:stream';
import { once } from 'node:events';
import { isatty } from 'node:tty';
import { askTerminal } from './ask-terminal';
import { interruption } from './interruption';

/** How a question is asked. */
export interface AskOptions {
  /** Show nothing of what is typed. @default false */
  readonly hidden?: boolean;
  readonly signal?: AbortSignal;
}

/** The streams and surroundings of one run; tests pass their own. */
export interface Io {
  /** Results. */
  readonly out: (text: string) => void;
  /** Everything that is not a result: hints, warnings, errors. */
  readonly err: (text: string) => void;
  readonly env: { readonly [name: string]: string | undefined };
  /** Folder that relative paths start from. */
  readonly cwd: string;
  /** Whether `err` is a terminal. */
  readonly errIsTerminal: boolean;
  /** Whether `out` is a terminal. */
  readonly outIsTerminal: boolean;
  /** Whether somebody can type an answer. */
  readonly inIsTerminal: boolean;
  /** Standard input. */
  readonly stdin: () => Readable;
  /** Standard output as a stream, for results that are bytes. */
  readonly stdout: () => Writable;
  /** Ends once standard output takes more: a long result waits here, so that it does not pile up in memory. */
  readonly drained: () => Promise<void>;
  /** Asks on the terminal and reads one line, without its end; undefined when the input ends. */
  readonly ask: (question: string, options?: AskOptions) => Promise<string | undefined>;
  /** Aborted by Ctrl-C. Who takes it ends by itself; a command that does not is ended at once. */
  readonly interrupted: () => AbortSignal;
  /** Today in UTC, `YYYY-MM-DD`. */
  readonly today: () => string;
}

/** The streams of this process. */
export function processIo(): Io {
  const { stdout, stderr } = process;
  const interrupt = (): void => void process.emit('SIGINT');
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    env: process.env,
    cwd: process.cwd(),
    errIsTerminal: stderr.isTTY === true,
    outIsTerminal: stdout.isTTY === true,
    // Asking the stream would open it.
    inIsTerminal: isatty(0),
    stdin: () => process.stdin,
    stdout: () => stdout,
    drained: async () => {
      if (stdout.writableNeedDrain) {
        await once(stdout, 'drain');
      }
    },
    ask: (question, options) =>
      askTerminal({ stdin: process.stdin, stderr, interrupt }, question, options),
    interrupted: interruption,
    today: () => new Date().toISOString().slice(0, 10),
  };
}
