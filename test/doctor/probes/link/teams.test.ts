import { LINK_PROBES } from '../../../../src/doctor/probes/link';
import { proxiedForge } from '../../../client/oci/forge-clients';
import { resultOf, runProbes } from '../upload/run';

/** A team as Gitea tells it to its members. */
function team(packages: string, more: object = {}): object {
  return {
    id: 7,
    permission: 'none',
    includes_all_repositories: true,
    units_map: { 'repo.packages': packages },
    organization: { name: 'coulomb', username: 'coulomb' },
    ...more,
  };
}

test.each([
  ['a team that writes packages of all repositories', [team('write')], 'pass'],
  ['a team that reads them', [team('read')], 'fail'],
  ['a team of admins', [team('none', { permission: 'admin' })], 'pass'],
  ['a team of another organization', [team('write', { organization: { name: 'x' } })], 'fail'],
  ['no team', [], 'fail'],
  // The fake has no page that tells the repositories of a team.
  ['a team of some repositories', [team('write', { includes_all_repositories: false })], 'warn'],
  ['teams that are no list', 'x', 'warn'],
])('%s: whether the packages unit may be written is a %s', async (_, teams, status) => {
  const forge = await proxiedForge();
  await forge.push('coulomb/app');
  forge.proxy.set({
    answer: {
      status: 200,
      headers: [['Content-Type', 'application/json']],
      body: JSON.stringify(teams),
      match: ({ path }) => path.startsWith('/api/v1/user/teams'),
    },
  });
  const link = {
    reference: { owner: 'coulomb', type: 'container', name: 'app' },
    repository: 'second',
  };
  const found = await runProbes(
    forge,
    { link },
    { user: 'sparse', scopes: 'all', probes: LINK_PROBES },
  );
  expect(resultOf(found, 'REG916').status).toBe(status);
});
