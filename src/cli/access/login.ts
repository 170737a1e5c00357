import type { RegistryTarget } from '../../client/target';
import { issueToken } from '../../operate/token/issued-token';
import { mintingWarning, requireScope } from '../../operate/token/package-scope';
import type { Login } from '../credentials/docker-config';
import { givenToken } from '../credentials/given-token';
import { givenUser } from '../credentials/resolve';
import { checkedSecret } from '../credentials/secret-text';
import { storeLogin } from '../credentials/store-login';
import { CommandError } from '../exit';
import type { Io } from '../io';
import type { ServerOptions } from '../options/server';
import { withRegistry } from '../server/connect';
import { hinted } from '../server/hints';
import { namedRegistry } from '../server/named-registry';

/**
 * `gitea-registry login`: tries the token, then keeps it for docker and for this command.
 *
 * @throws CommandError (exit 2) for a host nobody named, or without a token; ClientError when the registry refuses it
 */
export async function login(
  host: string | undefined,
  options: ServerOptions,
  io: Io,
): Promise<void> {
  const registry = await namedRegistry(options, io, host);
  const { origin, isNamed } = registry;
  if (!isNamed) {
    throw new CommandError(
      `only the declaration names '${origin.host}', and a token goes to a host you name yourself: gitea-registry login ${origin.host}`,
    );
  }
  await withRegistry(registry, options, io, async ({ target }) => {
    const given = await readLogin(origin.host, options, io, target.signal);
    const credential = { origin: origin.origin, ...given };
    await hinted({ origin, hasCredential: true }, io, () =>
      tryLogin({ ...target, credential }, io),
    );
    await storeLogin(origin.host, given, io, target.signal);
    io.err(`logged in to ${origin.host} as ${given.user}\n`);
  });
}

async function readLogin(
  host: string,
  options: ServerOptions,
  io: Io,
  signal: AbortSignal,
): Promise<Login> {
  const token = givenToken(options, io);
  const user = givenUser(options, io) ?? (await asked(`User for ${host}: `, false, io, signal));
  if (!user) {
    throw new CommandError('name the user with --user or GITEA_REGISTRY_USER: docker wants one');
  }
  if (user.includes(':')) {
    throw new CommandError('a user name with a colon cannot log in (REG312)');
  }
  if (token) {
    return { user, secret: await token.read() };
  }
  const typed = await asked(`Token for ${user} at ${host}: `, true, io, signal);
  if (typed === undefined) {
    throw new CommandError(
      'there is no token: give GITEA_REGISTRY_TOKEN, --token-file or --token-stdin',
    );
  }
  return { user, secret: checkedSecret(typed, 'the answer') };
}

/** What a person types; undefined where nobody can. */
async function asked(
  question: string,
  hidden: boolean,
  io: Io,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!io.inIsTerminal) {
    return undefined;
  }
  return (await io.ask(question, { hidden, signal }))?.trim();
}

/** docker says "Login Succeeded" to tokens that can do nothing; this says no. */
async function tryLogin(target: RegistryTarget, io: Io): Promise<void> {
  const token = await issueToken(target);
  requireScope(token, 'read', `log in to '${target.origin.host}'`);
  const minting = mintingWarning(token);
  if (minting !== undefined) {
    io.err(`warning: the token is no token for machines: ${minting}\n`);
  }
}
