import { serverText } from '../../../client/server-text';
import { isAnswered } from '../../ask';
import { account } from '../../observe/account';
import { publishRegistry } from '../../observe/publish-registry';
import { signedIn } from '../../observe/signed-in';
import type { Outcome } from '../../outcome';
import { passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { LOGIN_PROVES_NOTHING } from '../upload/may-not-write';

/** Who the credential really is: the account and the scopes of its token, as far as the server tells. */
export async function publisher(sight: Sight): Promise<Outcome[]> {
  const { credential } = sight.path;
  if (credential === undefined) {
    return [
      skipped(
        'REG312',
        'no credential for this path, and nobody can push: give a user and an access token',
      ),
    ];
  }
  if ((await sight.see(publishRegistry)) !== 'gitea') {
    return [skipped('REG312', 'only Gitea and Forgejo tell who a token is')];
  }
  const [token, seen] = await Promise.all([sight.see(signedIn), sight.see(account)]);
  const { userId, scopes } = token?.token ?? {};
  if (token?.token === undefined) {
    return [skipped('REG312', 'the registry gave no token for the credential')];
  }
  const name =
    seen && isAnswered(seen.seen) && seen.seen.status === 200 ? loginIn(seen.seen.body) : undefined;
  return [
    passed(
      'REG312',
      [
        `the credential given for '${credential.user}' is ${whoText(name, userId)}`,
        ...(scopes ? [`its scopes: ${scopesText(scopes)}`] : []),
        ...(seen?.isAdmin === true ? ['a site administrator'] : []),
      ].join('; '),
      LOGIN_PROVES_NOTHING,
    ),
  ];
}

function whoText(name: string | undefined, userId: number | undefined): string {
  if (name !== undefined) {
    return `the account '${name}'`;
  }
  return userId === undefined
    ? 'an account the server does not name'
    : userId === -2
      ? 'the job of an Actions run'
      : userId < 0
        ? 'nobody'
        : `account number ${userId} (its name takes the scope read:user)`;
}

/** A password has `all` on Gitea and none on Forgejo. */
function scopesText(scopes: readonly string[]): string {
  return scopes.length === 0 ? 'none named, as for a password' : serverText(scopes.join(', '), 120);
}

function loginIn(body: string): string | undefined {
  try {
    const { login } = JSON.parse(body) as { login?: unknown };
    return typeof login === 'string' ? serverText(login, 60) : undefined;
  } catch {
    return undefined;
  }
}
