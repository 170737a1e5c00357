import { imageOf, pushImage } from '../images';
import { basic, headerOf } from '../raw-request';
import type { RawAnswer } from '../raw-request';
import { jsonOf, testForge } from './forge';
import type { TestForge } from './forge';

const LINK = '/api/v1/packages/coulomb/container/app/-/link/hub';

/** A forge with an image, a repository and people around them. */
async function stage(): Promise<TestForge> {
  const forge = await testForge();
  const { gitea } = forge;
  for (const name of ['stranger', 'reader', 'member']) gitea.addUser(name);
  gitea.addOrganization('mosaic', { visibility: 'private', owners: ['ci'] });
  gitea.addRepository('coulomb', 'hub');
  gitea.addRepository('coulomb', 'fork', { forkOf: 'coulomb/hub' });
  gitea.addTeam('coulomb', 'readers', { authorize: 'read', members: ['reader'] });
  gitea.addTeam('coulomb', 'members', { packages: 'write', members: ['member'] });
  await pushImage(forge.place('app'), 'v1', imageOf('one'));
  return forge;
}

function link(
  { ask, ci }: TestForge,
  path: string = LINK,
  headers: Readonly<Record<string, string>> = ci,
): Promise<RawAnswer> {
  return ask(path, { method: 'POST', headers });
}

const messageOf = (answer: RawAnswer): string =>
  (jsonOf(answer) as { readonly message: string }).message;

/** Section 4.3 of the reference, row by row. */
const REFUSALS: readonly (readonly [
  row: string,
  ask: (forge: TestForge) => Promise<RawAnswer>,
  status: number,
  message: string,
])[] = [
  [
    '3: strict sign-in',
    (forge) => {
      forge.gitea.configure({ requireSignIn: true });
      return link(forge, LINK, {});
    },
    403,
    'Only signed in user is allowed to call APIs.',
  ],
  ['4: no credentials', (forge) => link(forge, LINK, {}), 401, 'token is required'],
  [
    '4: a wrong token',
    (forge) => link(forge, LINK, { Authorization: `token ${'0'.repeat(40)}` }),
    401,
    'user does not exist [uid: 0, name: ]',
  ],
  [
    '5: a token without the scope',
    (forge) => {
      const token = forge.gitea.createToken('ci', ['read:package']);
      return link(forge, LINK, { Authorization: `token ${token}` });
    },
    403,
    'token does not have at least one of required scope(s), required=[write:package], token scope=read:package',
  ],
  [
    '6: owner unknown',
    (forge) => link(forge, LINK.replace('coulomb', 'nobody')),
    404,
    'user redirect does not exist [name: nobody]',
  ],
  [
    '8: a stranger',
    (forge) => link(forge, LINK, basic('stranger', 'stranger-password')),
    403,
    'user should have specific permission or be a site admin',
  ],
  [
    '8: a reader',
    (forge) => link(forge, LINK, basic('reader', 'reader-password')),
    403,
    'user should have specific permission or be a site admin',
  ],
  [
    '9: a public-only token',
    (forge) => {
      const token = forge.gitea.createToken('ci', ['public-only', 'write:package']);
      return link(forge, LINK.replace('coulomb', 'mosaic'), { Authorization: `token ${token}` });
    },
    403,
    'token scope is limited to public packages',
  ],
  [
    '10: package missing',
    (forge) => link(forge, LINK.replace('/app/', '/nope/')),
    404,
    'package does not exist',
  ],
  [
    '11: repository missing',
    (forge) => link(forge, LINK.replace(/hub$/, 'nope')),
    404,
    'repository does not exist [id: 0, uid: 2, owner_name: , name: nope]',
  ],
  [
    '12: already linked',
    async (forge) => {
      await link(forge);
      return link(forge, LINK.replace(/hub$/, 'HUB'));
    },
    400,
    'invalid argument',
  ],
  [
    '13: no packages unit',
    (forge) => link(forge, LINK.replace(/hub$/, 'fork')),
    403,
    'permission denied',
  ],
  [
    '13: unit off for all',
    (forge) => {
      forge.gitea.configure({ packagesUnitDisabled: true });
      return link(forge);
    },
    403,
    'permission denied',
  ],
];

describe('linking a package', () => {
  it.each(REFUSALS)('is refused by row %s', async (_, ask, status, message) => {
    const answer = await ask(await stage());
    expect([answer.status, messageOf(answer)]).toEqual([status, message]);
  });

  it('follows the owner to a new name', async () => {
    const forge = await stage();
    forge.gitea.addUser('root', { admin: true });
    await forge.ask('/api/v1/admin/users/member/rename', {
      method: 'POST',
      headers: basic('root', 'root-password'),
      body: '{"new_username":"renamed"}',
    });
    const answer = await link(forge, LINK.replace('coulomb', 'member'));
    expect([answer.status, headerOf(answer, 'Location')]).toEqual([
      307,
      LINK.replace('coulomb', 'renamed'),
    ]);
  });

  it('is for a packages-write team, taking it back for owners', async () => {
    const forge = await stage();
    const member = basic('member', 'member-password');
    const unlink = LINK.replace('link/hub', 'unlink');
    expect((await link(forge, LINK, member)).status).toBe(201);
    expect((await link(forge, unlink, member)).status).toBe(500);
    expect((await link(forge, unlink)).status).toBe(204);
    expect((await link(forge, unlink)).status).toBe(400);
  });

  it('holds for new versions and ends with the repository', async () => {
    const forge = await stage();
    await link(forge);
    await pushImage(forge.place('app'), 'v2', imageOf('two'));
    const version = () => forge.ask('/api/v1/packages/coulomb/container/app/v2').then(jsonOf);
    expect(await version()).toMatchObject({ repository: { name: 'hub' } });
    await forge.ask('/api/v1/repos/coulomb/hub', { method: 'DELETE' });
    expect(await version()).toMatchObject({ repository: null });
  });

  it('finds a package without versions until the cleanup', async () => {
    const forge = await stage();
    await forge.ask('/api/v1/packages/coulomb/container/app/v1', { method: 'DELETE' });
    expect(jsonOf(await forge.ask('/api/v1/packages/coulomb/container/app'))).toEqual([]);
    expect((await link(forge)).status).toBe(201);
    forge.gitea.runCleanup();
    expect((await link(forge)).status).toBe(404);
  });
});
