import { Readable, Writable } from 'node:stream';
import type { Io } from '../../src/cli/io';
import { main } from '../../src/cli/main';

/** What one run of the command printed, and its exit code. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Surroundings of a run, where they matter. */
export interface Surroundings {
  readonly env?: { readonly [name: string]: string };
  readonly stdin?: string;
  /** What a person types at each question; with it the input and `err` are terminals. */
  readonly answers?: readonly (string | undefined)[];
  readonly outIsTerminal?: boolean;
  /** Told of each part of the result. */
  readonly onOut?: (text: string) => void;
  /** Ctrl-C. */
  readonly interrupt?: AbortSignal;
}

/** An {@link Io} that keeps what is printed. */
export function recordingIo(
  cwd: string,
  { env = {}, stdin = '', answers, outIsTerminal = false, interrupt, onOut }: Surroundings = {},
): { readonly io: Io; readonly printed: { out: string; err: string } } {
  const printed = { out: '', err: '' };
  const left = [...(answers ?? [])];
  const out = (text: string): void => {
    printed.out += text;
    onOut?.(text);
  };
  const err = (text: string): void => void (printed.err += text);
  const io: Io = {
    out,
    err,
    env,
    cwd,
    errIsTerminal: answers !== undefined,
    outIsTerminal,
    inIsTerminal: answers !== undefined,
    stdin: () => Readable.from([Buffer.from(stdin)]),
    stdout: () =>
      new Writable({
        write: (chunk, _encoding, done) => {
          out(`${chunk}`);
          done();
        },
      }),
    drained: async () => undefined,
    ask: async (question) => {
      err(question);
      return left.shift();
    },
    interrupted: () => interrupt ?? new AbortController().signal,
    today: () => '2026-11-21',
  };
  return { io, printed };
}

/** Runs the command in process. */
export async function runCommand(
  argv: readonly string[],
  cwd: string,
  env: { readonly [name: string]: string } = {},
  stdin = '',
  surroundings: Omit<Surroundings, 'env' | 'stdin'> = {},
): Promise<Run> {
  const { io, printed } = recordingIo(cwd, { env, stdin, ...surroundings });
  const code = await main(argv, io);
  return { code, ...printed };
}
