import type { Credential } from '../../client/http/credential';
import { quote } from '../../declaration/problem';
import type { ProbedPath, Result } from '../../doctor';
import { givenToken } from '../credentials/given-token';
import { resolveCredential } from '../credentials/resolve';
import type { Io } from '../io';
import type { DoctorCommandOptions } from './options';

/** The ways with the credential that belongs to each. */
export interface CredentialedPaths {
  readonly paths: readonly ProbedPath[];
  /** That a token was kept from a host nobody but a declaration or an image names. */
  readonly withheld: readonly Result[];
}

/**
 * A token of this run goes to origins the user named; a login of the docker config to the host it is kept for. One
 * docker config may serve several ways.
 *
 * @param named origins the user named
 * @throws CommandError (exit 2) for a token or docker config that cannot be read
 */
export async function withCredentials(
  paths: readonly ProbedPath[],
  named: readonly URL[],
  options: DoctorCommandOptions,
  io: Io,
  signal: AbortSignal,
): Promise<CredentialedPaths> {
  const token = givenToken(options, io);
  const isNamed = ({ origin }: ProbedPath): boolean =>
    named.some((one) => one.origin === origin.origin);
  // Standard input can be read once only, and is for the first who asks.
  const secret = token && paths.some(isNamed) ? await token.read() : undefined;
  const withEnv = (env: Io['env']): Io => ({ ...io, env: { ...io.env, ...env } });
  const withToken = withEnv({ GITEA_REGISTRY_TOKEN: secret });
  const withoutToken = token
    ? withEnv({ GITEA_REGISTRY_TOKEN: undefined, GITEA_REGISTRY_USER: undefined })
    : io;
  const credentialOf = (path: ProbedPath): Promise<Credential | undefined> => {
    const registry = { origin: path.origin, isNamed: isNamed(path) };
    return token && registry.isNamed
      ? resolveCredential(registry, { user: options.user }, withToken, signal)
      : resolveCredential(registry, token ? {} : { user: options.user }, withoutToken, signal);
  };
  const all = [];
  for (const path of paths) {
    // In turn: a helper may ask the user.
    const credential = await credentialOf(path);
    all.push({ ...path, ...(credential && { credential }) });
  }
  return {
    paths: all,
    withheld: token
      ? all
          .filter((path) => !isNamed(path) && path.credential === undefined)
          .map((path) => withheld(path, token.from))
      : [],
  };
}

function withheld({ name, origin }: ProbedPath, from: string): Result {
  return {
    code: 'REG312',
    step: 'P8',
    status: 'skip',
    path: name,
    note: `the token from ${from} is not sent to ${quote(origin.host)}: a token goes to a host you name yourself; if it is the right one, give it as HOST`,
  };
}
