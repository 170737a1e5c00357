import type { Credential } from '../../../client/http/credential';
import type { RegistryToken } from '../../../client/oci/registry-token';
import { signedIn } from '../../observe/signed-in';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';

/** P8: a token, not the password of somebody. */
export const tokenNotPassword: Probe = {
  code: 'REG313',
  step: 'P8',
  scope: 'path',
  needs: ['REG312'],
  sends: 'nothing more: reads the token of the sign-in',
  decide: async (sight) => [...(await held(sight))].map(passwordOutcome),
};

/** P8: who reads the credential cannot make others. */
export const tokenCannotMint: Probe = {
  code: 'REG325',
  step: 'P8',
  scope: 'path',
  needs: ['REG312'],
  sends: 'nothing more: reads the token of the sign-in',
  decide: async (sight) => (await held(sight)).flatMap(mintingOutcome),
};

/** A credential and the token it got; only accounts have one. */
interface Held {
  readonly credential: Credential;
  readonly token: RegistryToken;
}

async function held(sight: Sight): Promise<Held[]> {
  const { token } = (await sight.see(signedIn)) ?? {};
  const { credential } = sight.path;
  return token && credential && (token.userId ?? 0) > 0 ? [{ credential, token }] : [];
}

/** What both say of the pull credential too: only what is wrong with it. */
export function kindFaults(credential: Credential, token: RegistryToken): Outcome[] {
  const one = { credential, token };
  return (token.userId ?? 0) > 0
    ? [passwordOutcome(one), ...mintingOutcome(one)].filter(({ status }) => status === 'warn')
    : [];
}

function passwordOutcome({ credential, token }: Held): Outcome {
  if (token.scopes === undefined) {
    return skipped('REG313', 'a release that tells what a token may (Gitea 1.22.2, Forgejo 7.0.8)');
  }
  return isPassword(credential, token.scopes)
    ? broken('REG313', {
        severity: 'warning',
        observed: `the credential is a password: ${token.scopes.length === 0 ? 'its token names no scope' : "its token has the scope 'all'"}`,
        expected: 'an access token of a bot',
      })
    : passed('REG313', 'an access token');
}

/** Scopes with which a token makes further tokens (`POST /users/{user}/tokens` over Basic). */
const MINTING = ['all', 'write:user'];

function mintingOutcome({ credential, token: { scopes = [] } }: Held): Outcome[] {
  if (scopes.length === 0 || isPassword(credential, scopes)) {
    return [];
  }
  const found = MINTING.filter((scope) => scopes.includes(scope));
  return [
    found.length === 0
      ? passed('REG325')
      : broken('REG325', {
          severity: 'warning',
          observed: `an access token with ${found.map((scope) => `'${scope}'`).join(' and ')}`,
          expected: "'read:package' to pull, 'write:package' to push, nothing else",
        }),
  ];
}

/** An access token of Gitea and Forgejo; as user name too, with an empty password. */
const ACCESS_TOKEN = /^[0-9a-f]{40}$/;

/** Forgejo names no scope for a password, Gitea `all`, as for a token that has it. */
function isPassword({ user, secret }: Credential, scopes: readonly string[]): boolean {
  const isToken = [user, secret].some((text) => ACCESS_TOKEN.test(text));
  return scopes.length === 0 || (scopes.includes('all') && !isToken);
}
