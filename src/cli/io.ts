import type { Readable } from 'node:stream';

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
  /** Standard input. */
  readonly stdin: () => Readable;
  /** Today in UTC, `YYYY-MM-DD`. */
  readonly today: () => string;
}

/** The streams of this process. */
export function processIo(): Io {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env: process.env,
    cwd: process.cwd(),
    errIsTerminal: process.stderr.isTTY === true,
    outIsTerminal: process.stdout.isTTY === true,
    stdin: () => process.stdin,
    today: () => new Date().toISOString().slice(0, 10),
  };
}
