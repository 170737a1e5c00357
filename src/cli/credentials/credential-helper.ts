import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { quote } from '../../declaration/problem';
import { CommandError, EXIT } from '../exit';
import type { Io } from '../io';
import { isObject } from './docker-config';
import type { Login } from './docker-config';

/** What docker calls the programs: letters that cannot leave the search path. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** What every helper prints, with exit 1, for a host it does not know (docker-credential-helpers `credentials`). */
const NOT_FOUND = 'credentials not found in native keychain';

/** User name that says that the secret is a refresh token of OAuth2; Gitea's registry takes none. */
const IDENTITY_TOKEN = '<token>';

/**
 * Asks a docker credential helper for the login of a host.
 *
 * @returns undefined when it knows none
 * @throws CommandError (exit 1) when it fails; what it printed is never shown
 */
export async function askHelper(
  name: string,
  host: string,
  io: Io,
  signal?: AbortSignal,
): Promise<Login | undefined> {
  const { code, out } = await runHelper(name, 'get', host, io, signal);
  if (code !== 0) {
    if (out.trim() === NOT_FOUND) {
      return undefined;
    }
    throw failed(name, 'get', `ended with exit ${code}`);
  }
  const answer = parsed(out);
  if (
    !isObject(answer) ||
    typeof answer.Username !== 'string' ||
    typeof answer.Secret !== 'string'
  ) {
    throw failed(name, 'get', 'gave no user name and secret');
  }
  const { Username: user, Secret: secret } = answer;
  return user === IDENTITY_TOKEN || secret === '' ? undefined : { user, secret };
}

/**
 * Gives a docker credential helper the login of a host to keep.
 *
 * @throws CommandError (exit 1) when it fails
 */
export async function storeInHelper(
  name: string,
  host: string,
  { user, secret }: Login,
  io: Io,
  signal?: AbortSignal,
): Promise<void> {
  const entry = JSON.stringify({ ServerURL: host, Username: user, Secret: secret });
  const { code } = await runHelper(name, 'store', entry, io, signal);
  if (code !== 0) {
    throw failed(name, 'store', `ended with exit ${code}`);
  }
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
}

async function runHelper(
  name: string,
  verb: 'get' | 'store',
  input: string,
  io: Io,
  signal: AbortSignal | undefined,
): Promise<Ended> {
  if (!NAME.test(name)) {
    throw new CommandError(
      `the docker config names a credential helper ${quote(name)}, which is no name of one`,
    );
  }
  const child = spawn(`docker-credential-${name}`, [verb], {
    cwd: io.cwd,
    env: io.env,
    signal,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // A helper that ends before it has read everything is judged by its exit code.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  try {
    const [code, out] = await Promise.all([ended, text(child.stdout)]);
    return { code, out };
  } catch (cause) {
    signal?.throwIfAborted();
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw failed(name, verb, missing ? 'is not installed' : 'could not be run', cause);
  }
}

function failed(name: string, verb: string, words: string, cause?: unknown): CommandError {
  return new CommandError(
    `docker's credential helper 'docker-credential-${name}' ${words}: run 'docker-credential-${name} ${verb === 'get' ? 'list' : 'version'}' to see why`,
    EXIT.FAILED,
    { cause },
  );
}

function parsed(out: string): unknown {
  try {
    return JSON.parse(out);
  } catch {
    return undefined;
  }
}
