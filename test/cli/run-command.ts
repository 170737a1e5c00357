import { Readable } from 'node:stream';
import { main } from '../../src/cli/main';

/** What one run of the command printed, and its exit code. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in process. */
export async function runCommand(
  argv: readonly string[],
  cwd: string,
  env: { readonly [name: string]: string } = {},
  stdin = '',
): Promise<Run> {
  let out = '';
  let err = '';
  const code = await main(argv, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    env,
    cwd,
    errIsTerminal: false,
    outIsTerminal: false,
    stdin: () => Readable.from([Buffer.from(stdin)]),
    today: () => '2026-11-21',
  });
  return { code, out, err };
}
