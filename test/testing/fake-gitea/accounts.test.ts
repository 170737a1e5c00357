import { basic, headerOf } from '../raw-request';
import type { RawAnswer } from '../raw-request';
import { jsonOf, testForge } from './forge';
import type { TestForge } from './forge';

interface Admin extends TestForge {
  /** Sends JSON as the site admin. */
  readonly act: (method: string, path: string, body?: object) => Promise<RawAnswer>;
}

async function withAdmin(): Promise<Admin> {
  const forge = await testForge();
  forge.gitea.addUser('root', { admin: true });
  const headers = basic('root', 'root-password');
  return {
    ...forge,
    act: (method, path, body) =>
      forge.ask(`/api/v1${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

describe('accounts over REST', () => {
  it('set a whole organization up', async () => {
    const { act, ask, gitea } = await withAdmin();
    const user = {
      username: 'pusher',
      email: 'p@example.test',
      password: 'p',
      must_change_password: false,
    };
    expect((await act('POST', '/admin/users', user)).status).toBe(201);
    expect((await act('POST', '/admin/users/pusher/orgs', { username: 'own' })).status).toBe(201);
    expect((await act('POST', '/orgs', { username: 'org', visibility: 'private' })).status).toBe(
      201,
    );
    expect((await act('POST', '/orgs/org/repos', { name: 'hub', auto_init: true })).status).toBe(
      201,
    );
    const team = await act('POST', '/orgs/org/teams', {
      name: 't',
      units_map: { 'repo.packages': 'write' },
    });
    const { id } = jsonOf(team) as { readonly id: number };
    expect((await act('PUT', `/teams/${id}/members/pusher`)).status).toBe(204);
    expect((await act('PUT', `/teams/${id}/repos/org/hub`)).status).toBe(204);

    const headers = basic('pusher', 'p');
    const token = await ask('/api/v1/users/pusher/tokens', {
      method: 'POST',
      headers,
      body: JSON.stringify({ name: 'ci', scopes: ['write:package'] }),
    });
    const { sha1 } = jsonOf(token) as { readonly sha1: string };
    const pat = { Authorization: `token ${sha1}` };
    await ask('/api/packages/org/generic/tool/1/f', { method: 'PUT', body: 'x', headers: pat });
    const link = '/api/v1/packages/org/generic/tool/-/link/hub';
    expect((await ask(link, { method: 'POST', headers: pat })).status).toBe(201);
    await act('DELETE', `/teams/${id}/members/pusher`);
    expect((await ask('/api/v1/packages/org', { headers: pat })).status).toBe(403);
    expect(gitea.state.owners.map(({ name }) => name)).toEqual([
      'ci',
      'coulomb',
      'root',
      'pusher',
      'own',
      'org',
    ]);
  });

  it('are of one name', async () => {
    const { act } = await withAdmin();
    expect((await act('POST', '/admin/users', { username: 'CI' })).status).toBe(422);
    expect((await act('POST', '/orgs', { username: 'ci' })).status).toBe(422);
    await act('POST', '/admin/users/ci/repos', { name: 'r' });
    expect((await act('POST', '/admin/users/ci/repos', { name: 'R' })).status).toBe(409);
  });

  it('block REST, not the registry, until a password is changed', async () => {
    const { act, ask, ci } = await withAdmin();
    await act('PATCH', '/admin/users/ci', { must_change_password: true });
    expect((await ask('/api/v1/user')).status).toBe(403);
    expect((await ask('/v2/token', { headers: ci })).status).toBe(200);
    await act('PATCH', '/admin/users/ci', { must_change_password: false, active: false });
    expect((await ask('/api/v1/user')).body.toString()).toContain('prohibited from signing in');
  });

  it('go when they own nothing, or with what they own', async () => {
    const { act, ask } = await withAdmin();
    await ask('/api/packages/ci/generic/tool/1/f', { method: 'PUT', body: 'x' });
    expect((await act('DELETE', '/admin/users/ci')).status).toBe(422);
    expect((await act('DELETE', '/admin/users/ci?purge=true')).status).toBe(204);
    expect((await act('GET', '/users/ci')).status).toBe(404);
  });

  it('are seen by those who may', async () => {
    const { act, ask } = await withAdmin();
    await act('POST', '/orgs', { username: 'secret', visibility: 'private' });
    expect((await act('GET', '/orgs/secret')).status).toBe(200);
    expect((await ask('/api/v1/orgs/secret')).status).toBe(404);
    expect((await ask('/api/v1/users/secret')).status).toBe(404);
    expect((await ask('/api/v1/orgs/ci')).status).toBe(404);
    expect(jsonOf(await ask('/api/v1/user'))).toMatchObject({ login: 'ci', is_admin: false });
    expect(jsonOf(await act('GET', '/user'))).toMatchObject({ login: 'root', is_admin: true });
  });

  it('are impersonated by a site admin alone', async () => {
    const { act, ask } = await withAdmin();
    expect(jsonOf(await act('GET', '/user?sudo=ci'))).toMatchObject({ login: 'ci' });
    expect(jsonOf(await ask('/api/v1/user?sudo=root'))).toMatchObject({ login: 'ci' });
    expect((await act('GET', '/user?sudo=nobody')).status).toBe(404);
  });
});

describe('repositories over REST', () => {
  it('have no packages unit as a fork, until it is given', async () => {
    const { act, ask, gitea } = await withAdmin();
    gitea.addRepository('coulomb', 'hub');
    const fork = await ask('/api/v1/repos/coulomb/hub/forks', { method: 'POST', body: '{}' });
    expect(fork.status).toBe(202);
    expect(jsonOf(fork)).toMatchObject({
      fork: true,
      has_packages: false,
      parent: { name: 'hub' },
    });
    const edited = await act('PATCH', '/repos/ci/hub', { has_packages: true });
    expect(jsonOf(edited)).toMatchObject({ has_packages: true });
  });

  it('lead from a former name to the new one', async () => {
    const { act, ask, gitea } = await withAdmin();
    gitea.addRepository('coulomb', 'hub');
    await act('PATCH', '/repos/coulomb/hub', { name: 'center' });
    const answer = await ask('/api/v1/repos/coulomb/hub');
    expect([answer.status, headerOf(answer, 'Location')]).toEqual([
      301,
      '/api/v1/repos/coulomb/center',
    ]);
    expect((await ask('/api/v1/repos/coulomb/nope')).status).toBe(404);
    expect((await ask('/api/v1/repos/nobody/nope')).status).toBe(404);
  });

  it('are edited by their admins', async () => {
    const { ask, gitea } = await withAdmin();
    gitea.addUser('stranger');
    gitea.addRepository('coulomb', 'hub');
    gitea.addRepository('coulomb', 'hidden', { private: true });
    const headers = basic('stranger', 'stranger-password');
    const remove = (name: string) =>
      ask(`/api/v1/repos/coulomb/${name}`, { method: 'DELETE', headers });
    expect((await remove('hub')).status).toBe(403);
    expect((await remove('hidden')).status).toBe(404);
  });
});

describe('access tokens over REST', () => {
  it('are made by who comes with Basic, even with a token as the password', async () => {
    const { gitea, ask } = await testForge();
    const secret = gitea.createToken('ci', ['write:user']);
    const make = (headers: Readonly<Record<string, string>>, name: string) =>
      ask('/api/v1/users/ci/tokens', {
        method: 'POST',
        headers,
        body: JSON.stringify({ name, scopes: ['all'] }),
      });
    expect((await make({ Authorization: `token ${secret}` }, 'a')).status).toBe(401);
    expect((await make(basic('ci', secret), 'a')).status).toBe(201);
    expect((await make(basic('ci', secret), 'a')).status).toBe(400);
    expect((await ask('/api/v1/users/ci/tokens/a', { method: 'DELETE' })).status).toBe(204);
    expect((await ask('/api/v1/users/ci/tokens/a', { method: 'DELETE' })).status).toBe(404);
  });
});
