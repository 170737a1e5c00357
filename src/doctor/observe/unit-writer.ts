import { joined } from '../../client/packages/address';
import type { Seen } from '../ask';
import { isAnswered } from '../ask';
import type { Observation, Sight } from '../sight';
import type { SeenRepository } from './linked-repository';
import { repositories } from './linked-repository';
import type { Right } from './package-writer';
import { signedAnswer } from './signed-answer';

/** Teams of one account with all their units. */
const READ = { readBytes: 256 * 1024 };

/**
 * Whether the account may write the packages unit of the repository to link to. Nothing tells so directly: its admins
 * may; of the others, members of a team that has the unit at write and the repository (`GET /api/v1/user/teams`, which
 * takes `read:user`, then `…/teams/ID/repos/OWNER/REPO`, which takes `read:organization`).
 */
export const writesUnit: Observation<Right> = async (sight) => {
  const { link } = sight.request;
  if (link === undefined) {
    return 'unknown';
  }
  const look = await sight.see(repositories);
  const repository = await look(link.reference.owner, link.repository);
  if (repository.kind !== 'found') {
    return 'unknown';
  }
  if (repository.isAdmin) {
    return 'yes';
  }
  const byTeams = await rightOfTeams(sight, repository);
  // A collaborator who may push may write every unit.
  return byTeams === 'no' && repository.mayPush ? 'unknown' : byTeams;
};

async function rightOfTeams(sight: Sight, { fullName }: SeenRepository): Promise<Right> {
  const [owner, name] = fullName.split('/');
  const teams = teamsIn(await signedAnswer(sight, '/user/teams?limit=50', READ), owner);
  if (teams === undefined) {
    return 'unknown';
  }
  const rights = await Promise.all(
    teams.filter(mayWrite).map((team) => reaches(sight, team, joined(owner, name))),
  );
  return rights.find((right) => right === 'yes') ?? rights.find((right) => right !== 'no') ?? 'no';
}

/** Whether a team has the repository; a page that is not there tells nothing. */
async function reaches(sight: Sight, team: Team, repository: string): Promise<Right> {
  if (team.includes_all_repositories === true) {
    return 'yes';
  }
  const seen = await signedAnswer(sight, `/teams/${Number(team.id)}/repos/${repository}`, READ);
  if (seen === undefined || !isAnswered(seen)) {
    return 'unknown';
  }
  const isMissing = /^(thing|repository)-missing$/.test(seen.reading.id);
  return seen.status === 200 ? 'yes' : isMissing ? 'no' : 'unknown';
}

interface Team {
  readonly id?: unknown;
  readonly permission?: unknown;
  readonly includes_all_repositories?: unknown;
  readonly units_map?: { readonly [unit: string]: unknown };
  readonly organization?: { readonly name?: unknown; readonly username?: unknown };
}

/** The teams of an owner; undefined where they are not told. */
function teamsIn(seen: Seen | undefined, owner: string): Team[] | undefined {
  if (seen === undefined || !isAnswered(seen) || seen.status !== 200) {
    return undefined;
  }
  try {
    const teams = JSON.parse(seen.body) as readonly Team[];
    return teams.filter(({ organization }) =>
      [organization?.name, organization?.username].some(
        (name) => String(name).toLowerCase() === owner.toLowerCase(),
      ),
    );
  } catch {
    return undefined;
  }
}

/** Admins may write every unit; for others the unit counts, where units are told. */
function mayWrite({ permission, units_map: units }: Team): boolean {
  return (
    /^(admin|owner)$/.test(String(permission)) ||
    /^(write|admin|owner)$/.test(String(units ? units['repo.packages'] : permission))
  );
}
