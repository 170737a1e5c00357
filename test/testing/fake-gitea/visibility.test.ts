import type { OwnerVisibility } from '../../../src/testing';
import { basic } from '../raw-request';
import { jsonOf, testForge } from './forge';
import type { TestForge } from './forge';

type Caller = 'anonymous' | 'stranger' | 'reader' | 'writer' | 'owner' | 'admin';

/** What a caller may with an owner's packages: `-` is nothing. */
type Rights = Readonly<Record<Caller, '-' | 'r' | 'rw'>>;

const ALL: Pick<Rights, 'owner' | 'admin'> = { owner: 'rw', admin: 'rw' };

/** Section 7 of the reference; `reader` and `writer` are in teams, which users do not have. */
const USERS: Readonly<Record<OwnerVisibility, Rights>> = {
  public: { anonymous: 'r', stranger: 'r', reader: 'r', writer: 'r', ...ALL },
  limited: { anonymous: '-', stranger: 'r', reader: 'r', writer: 'r', ...ALL },
  private: { anonymous: '-', stranger: '-', reader: '-', writer: '-', ...ALL },
};

const ORGANIZATIONS: Readonly<Record<OwnerVisibility, Rights>> = {
  public: { anonymous: 'r', stranger: 'r', reader: 'r', writer: 'rw', ...ALL },
  limited: { anonymous: '-', stranger: 'r', reader: 'r', writer: 'rw', ...ALL },
  private: { anonymous: '-', stranger: '-', reader: 'r', writer: 'rw', ...ALL },
};

const CASES = (['public', 'limited', 'private'] as const).flatMap((visibility) =>
  (Object.keys(USERS.public) as Caller[]).flatMap((caller) => [
    { kind: 'user', visibility, caller, rights: USERS[visibility][caller] },
    { kind: 'organization', visibility, caller, rights: ORGANIZATIONS[visibility][caller] },
  ]),
);

async function credentials({ ask }: TestForge, caller: Caller) {
  if (caller !== 'anonymous') return basic(caller, `${caller}-password`);
  const { token } = jsonOf(await ask('/v2/token', { headers: {} })) as { readonly token: string };
  return { Authorization: `Bearer ${token}` };
}

describe('rights on packages', () => {
  it.each(CASES)(
    '$caller has $rights on a $visibility $kind',
    async ({ kind, visibility, caller, rights }) => {
      const forge = await testForge();
      const { gitea, ask } = forge;
      for (const name of ['stranger', 'reader', 'writer', 'admin']) {
        gitea.addUser(name, { admin: name === 'admin' });
      }
      gitea.addUser('owner', { visibility });
      if (kind === 'organization') {
        gitea.addOrganization('org', { visibility, owners: ['owner'] });
        gitea.addTeam('org', 'readers', { authorize: 'read', members: ['reader'] });
        gitea.addTeam('org', 'writers', {
          authorize: 'read',
          packages: 'write',
          members: ['writer'],
        });
      }
      const name = kind === 'organization' ? 'org' : 'owner';
      const headers = await credentials(forge, caller);

      const read = await ask(`/v2/${name}/app/tags/list`, { headers });
      const write = await ask(`/v2/${name}/app/blobs/uploads/`, { method: 'POST', headers });
      const may = `${read.status === 404 ? 'r' : ''}${write.status === 202 ? 'w' : ''}`;
      expect(may === '' ? '-' : may).toBe(rights);
    },
  );

  it('shuts everybody without an account out under REQUIRE_SIGNIN_VIEW', async () => {
    const forge = await testForge();
    const headers = await credentials(forge, 'anonymous');
    forge.gitea.configure({ requireSignIn: true });
    expect((await forge.ask('/v2/token', { headers: {} })).status).toBe(401);
    expect((await forge.ask('/v2/coulomb/app/tags/list', { headers })).status).toBe(401);
  });

  it('shows a private repository behind a link to its readers alone', async () => {
    const { gitea, ask } = await testForge();
    gitea.addUser('stranger');
    gitea.addRepository('coulomb', 'hidden', { private: true });
    await ask('/api/packages/coulomb/generic/tool/1/f', { method: 'PUT', body: 'abcd' });
    await ask('/api/v1/packages/coulomb/generic/tool/-/link/hidden', { method: 'POST' });
    const path = '/api/v1/packages/coulomb/generic/tool/1';
    const seen = await ask(path, { headers: basic('stranger', 'stranger-password') });
    expect(jsonOf(seen)).toMatchObject({ repository: null });
    expect(jsonOf(await ask(path))).toMatchObject({ repository: { full_name: 'coulomb/hidden' } });
  });
});
