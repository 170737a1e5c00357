import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

/** How a program is run. */
export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

const START_MS = 120_000;

/** Runs a program to its end; gives what it printed. */
export async function run(
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, {
    ...options,
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}

/** Where a program is on PATH. */
export function found(program: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find(isProgram);
}

/** A port nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A server program while it runs. */
export class Running {
  private output = '';
  private readonly exit: Promise<unknown>;
  private hasEnded = false;

  private constructor(private readonly child: ChildProcess) {
    const note = (chunk: Buffer): void => {
      this.output = `${this.output}${chunk}`.slice(-4000);
    };
    child.stdout?.on('data', note);
    child.stderr?.on('data', note);
    this.exit = once(child, 'close').then(() => (this.hasEnded = true));
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param url answers below 500 once the server is ready
   */
  public static async start(
    program: string,
    args: readonly string[],
    url: string,
    options: ProgramOptions = {},
  ): Promise<Running> {
    const running = new Running(spawn(program, args, { ...options, stdio: 'pipe' }));
    for (const begin = Date.now(); !(await answers(url)); await pause(100)) {
      if (running.hasEnded || Date.now() - begin > START_MS) {
        await running.stop();
        throw new Error(`'${program}' did not answer at ${url}; it printed:\n${running.output}`);
      }
    }
    return running;
  }

  public async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await this.exit;
    clearTimeout(late);
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status < 500;
    },
    () => false,
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
