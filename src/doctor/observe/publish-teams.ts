import { basic } from '../../client/http/credential';
import { serverText } from '../../client/server-text';
import { isAnswered } from '../ask';
import type { Observation } from '../sight';
import { belongs } from './signed-in';
import { askSafely } from './token-answer';
import { uploadRepository } from './upload-repository';

/** Who may push to an owner beside itself. */
export type PublisherTeams =
  /** No organization. */
  | { readonly kind: 'user' }
  /** Teams whose packages unit is at write, the owners' team included. */
  | { readonly kind: 'teams'; readonly writers: readonly string[] }
  /** The account may not look (`read:organization`, and membership), or no API answers. */
  | { readonly kind: 'unknown' };

/** A page of teams with all their units. */
const READ_BYTES = 256 * 1024;

/** Most names that are shown. */
const MOST_SHOWN = 10;

/** `GET /api/v1/orgs/OWNER` and `…/teams` with the credential. */
export const publisherTeams: Observation<PublisherTeams> = async (sight) => {
  const { credential } = sight.path;
  const [owner] = uploadRepository(sight)!.split('/');
  if (credential === undefined || !belongs(credential, sight)) {
    return { kind: 'unknown' };
  }
  const ask = (path: string) =>
    askSafely(sight, () => ({
      url: `/api/v1/orgs/${encodeURIComponent(owner)}${path}`,
      surface: 'api',
      readBytes: READ_BYTES,
      authorize: basic(credential),
    }));
  const [organization, teams] = await Promise.all([ask(''), ask('/teams')]);
  if (isAnswered(teams) && teams.status === 200) {
    return writersIn(teams.body);
  }
  const isUser = isAnswered(organization) && organization.reading.id === 'owner-unknown';
  return { kind: isUser ? 'user' : 'unknown' };
};

function writersIn(body: string): PublisherTeams {
  try {
    const teams = JSON.parse(body) as readonly Team[];
    const writers = teams.filter(mayWrite).map(({ name }) => serverText(String(name), 40));
    return { kind: 'teams', writers: writers.slice(0, MOST_SHOWN) };
  } catch {
    return { kind: 'unknown' };
  }
}

interface Team {
  readonly name?: unknown;
  readonly permission?: unknown;
  readonly units_map?: { readonly [unit: string]: unknown };
}

function mayWrite({ permission, units_map: units }: Team): boolean {
  return (
    permission === 'owner' ||
    permission === 'admin' ||
    /^(write|admin|owner)$/.test(String(units?.['repo.packages']))
  );
}
