import { atLeast, canSeeOwner, isSiteAdmin, ownsOwner } from '../access-rights';
import { addOrganization, addTeam, findRepository } from '../accounts';
import { apiEmpty, apiJson } from '../answers';
import type { FakeAnswer } from '../exchange';
import { findOwner } from '../forge';
import type { Forge } from '../forge';
import type { Access, FakeOwner, FakeTeam, OwnerVisibility } from '../state';
import { apiError, apiNotFound, flagOf, jsonBody, textOf } from './call';
import type { ApiCall, SignedCall } from './call';
import { organizationDocument } from './documents';
import type { Document } from './documents';
import type { ApiRoute } from './routes';

/** Organizations and their teams. No refusal of theirs was recorded: the texts follow the API as it is documented. */
export const ORGANIZATION_ROUTES: readonly ApiRoute[] = [
  { method: 'GET', path: '/orgs/{org}', scope: 'organization', answer: getOrganization },
  signed('POST', '/orgs', (call) => createOrganization(call, [call.identity.user])),
  signed('POST', '/orgs/{org}/teams', createTeam),
  signed('DELETE', '/teams/{team}', (call) => onTeam(call, removeTeam)),
  signed('PUT', '/teams/{team}/members/{user}', (call) => onTeam(call, addMember)),
  signed('DELETE', '/teams/{team}/members/{user}', (call) => onTeam(call, removeMember)),
  signed('PUT', '/teams/{team}/repos/{org}/{repo}', (call) => onTeam(call, addTeamRepository)),
  signed('DELETE', '/teams/{team}/repos/{org}/{repo}', (call) =>
    onTeam(call, removeTeamRepository),
  ),
];

const VISIBILITIES: readonly OwnerVisibility[] = ['public', 'limited', 'private'];

const RIGHTS: readonly Access[] = ['none', 'read', 'write', 'admin'];

function signed(
  method: ApiRoute['method'],
  path: string,
  answer: (call: SignedCall) => FakeAnswer | Promise<FakeAnswer>,
): ApiRoute {
  return { method, path, scope: 'organization', needs: 'sign-in', answer };
}

/** A visibility of a JSON body; the fallback for anything else. */
export function visibilityOf(value: unknown, fallback: OwnerVisibility): OwnerVisibility {
  return VISIBILITIES.find((each) => each === value) ?? fallback;
}

/** `POST /orgs`, whoever makes it for whom. */
export async function createOrganization(
  { forge, request }: SignedCall,
  owners: readonly FakeOwner[],
): Promise<FakeAnswer> {
  const body = await jsonBody(request);
  const name = textOf(body.username, '');
  if (findOwner(forge, name) !== undefined) {
    return apiError(forge, 422, `user already exists [name: ${name}]`);
  }
  const visibility = visibilityOf(body.visibility, 'public');
  const ownerIds = owners.map(({ id }) => id);
  return apiJson(
    201,
    organizationDocument(forge, addOrganization(forge, name, visibility, ownerIds)),
  );
}

function getOrganization({ forge, identity, params }: ApiCall): FakeAnswer {
  const organization = findOwner(forge, params.org!);
  if (organization?.kind !== 'organization') {
    return apiNotFound(forge, 'GetOrgByName', [
      `user redirect does not exist [name: ${params.org!}]`,
    ]);
  }
  return canSeeOwner(identity, organization)
    ? apiJson(200, organizationDocument(forge, organization))
    : apiNotFound(forge, 'HasOrgOrUserVisible');
}

async function createTeam({ forge, request, identity, params }: SignedCall): Promise<FakeAnswer> {
  const organization = findOwner(forge, params.org!);
  if (organization?.kind !== 'organization') return apiNotFound(forge);
  if (!isSiteAdmin(identity) && !ownsOwner(identity, organization)) {
    return apiError(forge, 403, 'Must be an organization owner');
  }
  const body = await jsonBody(request);
  const units = unitsOf(body.units_map);
  const team = addTeam(forge, organization, {
    name: textOf(body.name, ''),
    authorize: generalRight(forge, textOf(body.permission, ''), units),
    packages: units.get('repo.packages') ?? rightOf(body.permission),
    includesAllRepositories: flagOf(body.includes_all_repositories, false),
    repositories: new Set(),
    members: new Set(),
  });
  return apiJson(201, teamDocument(forge, organization, team, units));
}

function unitsOf(value: unknown): ReadonlyMap<string, Access> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new Map(entries.map(([unit, right]) => [unit, rightOf(right)]));
}

function rightOf(value: unknown): Access {
  return RIGHTS.find((right) => right === value) ?? 'none';
}

function generalRight(
  forge: Forge,
  permission: string,
  units: ReadonlyMap<string, Access>,
): Access {
  if (units.size === 0 || permission === 'admin') return rightOf(permission);
  if (forge.behavior.unitTeamsLackRight) return 'none';
  return [...units.values()].reduce((least, right) => (atLeast(right, least) ? least : right));
}

function teamDocument(
  forge: Forge,
  organization: FakeOwner,
  team: FakeTeam,
  units: ReadonlyMap<string, Access>,
): Document {
  return {
    id: team.id,
    name: team.name,
    description: '',
    organization: organizationDocument(forge, organization),
    includes_all_repositories: team.includesAllRepositories,
    permission: team.authorize,
    units: [...units.keys()],
    units_map: Object.fromEntries(units),
    can_create_org_repo: false,
  };
}

type TeamAnswer = (call: SignedCall, team: FakeTeam, organization: FakeOwner) => FakeAnswer;

function onTeam(call: SignedCall, answer: TeamAnswer): FakeAnswer {
  const { forge, identity, params } = call;
  for (const organization of forge.state.owners) {
    const team = organization.teams.find(({ id }) => String(id) === params.team);
    if (team === undefined) continue;
    return isSiteAdmin(identity) || ownsOwner(identity, organization)
      ? answer(call, team, organization)
      : apiError(forge, 403, 'Must be an organization owner');
  }
  return apiNotFound(forge);
}

function removeTeam(_: SignedCall, team: FakeTeam, organization: FakeOwner): FakeAnswer {
  organization.teams.splice(organization.teams.indexOf(team), 1);
  return apiEmpty(204);
}

function addMember(call: SignedCall, team: FakeTeam): FakeAnswer {
  return withUser(call, (id) => team.members.add(id));
}

function removeMember(call: SignedCall, team: FakeTeam): FakeAnswer {
  return withUser(call, (id) => team.members.delete(id));
}

function withUser({ forge, params }: SignedCall, change: (id: number) => void): FakeAnswer {
  const user = findOwner(forge, params.user!);
  if (user === undefined) return apiNotFound(forge);
  change(user.id);
  return apiEmpty(204);
}

function addTeamRepository(call: SignedCall, team: FakeTeam, organization: FakeOwner): FakeAnswer {
  return withRepository(call, organization, (id) => team.repositories.add(id));
}

function removeTeamRepository(
  call: SignedCall,
  team: FakeTeam,
  organization: FakeOwner,
): FakeAnswer {
  return withRepository(call, organization, (id) => team.repositories.delete(id));
}

function withRepository(
  { forge, params }: SignedCall,
  organization: FakeOwner,
  change: (id: number) => void,
): FakeAnswer {
  const repository = findRepository(forge, organization, params.repo!);
  if (repository === undefined) return apiNotFound(forge);
  change(repository.id);
  return apiEmpty(204);
}
