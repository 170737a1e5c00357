import { account } from '../../observe/account';
import type { PublisherTeams } from '../../observe/publish-teams';
import { publisherTeams } from '../../observe/publish-teams';
import type { Outcome } from '../../outcome';
import { broken, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { accountFault } from '../access/account-usable';

/** Login proves nothing: nobody, tokens without rights and locked accounts get it (rule 4 of the catalogue). */
export const LOGIN_PROVES_NOTHING =
  "'docker login' says Login Succeeded for an account without rights too: only an upload session proves the right to push";

/** The account may not push: why, as far as the API lets it tell. */
export async function mayNotWrite(
  sight: Sight,
  repository: string,
  observed: string,
): Promise<Outcome> {
  if (await accountFault(sight)) {
    return skipped('REG321', 'waits for REG322');
  }
  const { publish } = sight.request;
  const [owner] = repository.split('/');
  const user = sight.path.credential?.user ?? '?';
  if (publish === undefined) {
    // Limits need any owner; nobody said that this account may push to this one.
    return skipped('REG321', `'${user}' may not push to '${owner}': give a credential that may`);
  }
  const [teams, seen] = await Promise.all([sight.see(publisherTeams), sight.see(account)]);
  return broken('REG321', {
    observed: `'${user}' may not push to '${owner}': ${observed}${teamsText(owner, teams)}`,
    expected: `HTTP 202: the account '${owner}' itself, or a member of a team of it with Packages: Write`,
    note: seen?.isAdmin === true ? ADMIN_IS_LIMITED : LOGIN_PROVES_NOTHING,
    ...(teams.kind === 'user' && {
      fix: {
        kind: 'text',
        text: `'${owner}' is a user, whose packages only that user may push: sign in as '${owner}', or push to an organization`,
      },
    }),
  });
}

const ADMIN_IS_LIMITED =
  'the account is a site administrator, so its token lacks a scope: write:package';

function teamsText(owner: string, teams: PublisherTeams): string {
  switch (teams.kind) {
    case 'user':
      return `; '${owner}' is a user`;
    case 'teams':
      return teams.writers.length === 0
        ? `; no team of '${owner}' may write packages`
        : `; teams that may: ${teams.writers.map((name) => `'${name}'`).join(', ')}`;
    case 'unknown':
      return '';
  }
}
