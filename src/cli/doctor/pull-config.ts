import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Credential } from '../../client/http/credential';
import { quote } from '../../declaration/problem';
import type { Result } from '../../doctor';
import { isObject, readDockerConfigFile, storedLogin } from '../credentials/docker-config';
import { CommandError } from '../exit';
import type { Io } from '../io';
import { inputFinding } from './input-finding';

/** Keys that are named where none fits. */
const NAMED_KEYS = 5;

/** What a pull secret has for a host. */
export interface PullLogin {
  readonly credential?: Credential;
  /** That no key is the host's: kubelet would pull anonymously. */
  readonly finding?: Result;
}

/**
 * The credential of a pull secret for an origin.
 *
 * @param file docker config, path from the working folder
 * @throws CommandError (exit 2) when it cannot be read or is none
 */
export async function pullLogin(file: string, origin: URL, io: Io): Promise<PullLogin> {
  const path = resolve(io.cwd, file);
  if (!existsSync(path)) {
    throw new CommandError(`--pull-config ${quote(file)} cannot be read: ENOENT`);
  }
  const config = await readDockerConfigFile(path);
  const login = storedLogin(config, origin.host);
  if (login) {
    return { credential: { origin: origin.origin, ...login } };
  }
  const { auths } = config.content;
  const keys = isObject(auths) ? Object.keys(auths) : [];
  const shown = keys.slice(0, NAMED_KEYS).map(quote).join(', ');
  const observed = keys.length === 0 ? 'no key below auths' : `no login below auths but ${shown}`;
  return {
    finding: inputFinding(
      'REG543',
      `--pull-config ${quote(file)} has ${observed}`,
      `the key ${quote(origin.host)} with user and token`,
    ),
  };
}
