import type { Credential } from '../../client/http/credential';
import { quote } from '../../declaration/problem';
import { CommandError } from '../exit';
import type { Io } from '../io';
import type { NamedRegistry } from '../server/named-registry';
import { isLoopback } from '../server/origin';
import { askHelper } from './credential-helper';
import type { Login } from './docker-config';
import {
  dockerConfigPath,
  helperFor,
  podmanAuthPath,
  readDockerConfigFile,
  storedLogin,
} from './docker-config';
import type { GivenToken, TokenOptions } from './given-token';
import { givenToken } from './given-token';

/** Options that say on whose behalf a command speaks. */
export interface CredentialOptions extends TokenOptions {
  readonly user?: string;
}

/** Gitea ignores the name beside a token (services/auth/basic.go); Basic needs one all the same. */
const ANY_USER = 'token';

/**
 * The credential for a registry: the token given for this run, else the entry of the docker config below that host.
 * A credential belongs to an origin: a token goes only to a host the user named, an entry only to its own key.
 *
 * @returns undefined where there is none: the command speaks as anonymous
 * @throws CommandError (exit 2) when a token is given for a host that only a declaration names, or cannot be read
 */
export async function resolveCredential(
  registry: NamedRegistry,
  options: CredentialOptions,
  io: Io,
  signal?: AbortSignal,
): Promise<Credential | undefined> {
  const { origin } = registry;
  const token = givenToken(options, io);
  const login = token
    ? await givenLogin(token, registry, options, io)
    : await dockerLogin(origin.host, options, io, signal);
  if (!login) {
    return undefined;
  }
  if (origin.protocol === 'http:' && !isLoopback(origin)) {
    io.err(`warning: the token goes to '${origin.host}' over plain http, readable on the way\n`);
  }
  return { origin: origin.origin, ...login };
}

/** Name of the user as given beside a token. */
export function givenUser({ user }: CredentialOptions, { env }: Io): string | undefined {
  return user ?? (env.GITEA_REGISTRY_USER?.trim() || undefined);
}

async function givenLogin(
  token: GivenToken,
  { origin, isNamed }: NamedRegistry,
  options: CredentialOptions,
  io: Io,
): Promise<Login> {
  if (!isNamed) {
    throw new CommandError(
      `the token from ${token.from} is not sent to '${origin.host}': only the declaration names that host, and a token goes to a host you name yourself; if it is the right one, add --registry ${origin.host} or set GITEA_REGISTRY_URL`,
    );
  }
  return { user: givenUser(options, io) ?? ANY_USER, secret: await token.read() };
}

async function dockerLogin(
  host: string,
  options: CredentialOptions,
  io: Io,
  signal: AbortSignal | undefined,
): Promise<Login | undefined> {
  for (const path of [dockerConfigPath(io), podmanAuthPath(io)]) {
    const login = path && (await loginIn(path, host, io, signal));
    if (login) {
      refuseOtherUser(login, path, givenUser(options, io));
      return login;
    }
  }
  return undefined;
}

async function loginIn(
  path: string,
  host: string,
  io: Io,
  signal: AbortSignal | undefined,
): Promise<Login | undefined> {
  const file = await readDockerConfigFile(path);
  const helper = helperFor(file, host);
  const kept = helper && (await askHelper(helper, host, io, signal));
  return kept || storedLogin(file, host);
}

function refuseOtherUser(login: Login, path: string, asked: string | undefined): void {
  if (asked !== undefined && asked !== login.user) {
    throw new CommandError(
      `${quote(path)} holds the login of ${quote(login.user)}, not of ${quote(asked)}: give the token of ${quote(asked)} by --token-file or GITEA_REGISTRY_TOKEN`,
    );
  }
}
