import { Agent, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { FakeGitea, testCertificate } from '../../../src/testing';
import { imageOf, pushImage } from '../images';
import { basic, headerOf, send } from '../raw-request';
import { jsonOf, testForge } from './forge';

const DAY = 86_400_000;

describe('FakeGitea', () => {
  it('keeps what arrived, as it came, with the status it gave', async () => {
    const { gitea } = await testForge();
    await send(gitea.url, {
      path: '/v2//x%2Fy?n=1&n=2',
      headers: { 'x-OWN': 'Value' },
    });
    const [seen] = gitea.requests;
    expect(seen).toMatchObject({
      method: 'GET',
      path: '/v2//x%2Fy',
      query: 'n=1&n=2',
      status: 401,
    });
    expect(seen!.headers).toContainEqual(['x-OWN', 'Value']);
  });

  it('ends kept connections when it closes', async () => {
    const gitea = await FakeGitea.start();
    const agent = new Agent({ keepAlive: true });
    const kept = await new Promise<boolean>((resolve, reject) => {
      const sent = httpRequest(`${gitea.url}/api/healthz`, { agent }, (response) => {
        response.resume();
        response.on('end', () => resolve(!sent.shouldKeepAlive ? false : true));
      });
      sent.on('error', reject).end();
    });
    expect(kept).toBe(true);
    await gitea.close();
    await expect(send(gitea.url, { path: '/' })).rejects.toThrow('ECONNREFUSED');
    agent.destroy();
  });

  it('speaks https with the certificate it is given', async () => {
    const { ca, cert, key } = testCertificate({ names: ['127.0.0.1'] });
    const gitea = await FakeGitea.start({ tls: { cert, key }, publicUrlDetection: 'auto' });
    const realm = await new Promise<string>((resolve, reject) => {
      httpsRequest(`${gitea.url}/v2/`, { ca }, (response) => {
        response.resume();
        resolve(response.headers['www-authenticate'] ?? '');
      })
        .on('error', reject)
        .end();
    });
    expect(realm).toContain(`realm="${gitea.url}/v2/token"`);
    expect(gitea.url).toMatch(/^https:/);
    await gitea.close();
  });

  it('refuses a second owner of a name, and what needs something that is not there', async () => {
    const { gitea } = await testForge();
    expect(() => gitea.addUser('CI')).toThrow("owner 'CI' must not exist yet");
    expect(() => gitea.addTeam('nobody', 'x')).toThrow("owner 'nobody' must be added first");
    expect(() => gitea.addRepository('ci', 'x', { forkOf: 'ci/y' })).toThrow(
      "repository 'ci/y' must be added first",
    );
    expect(() => gitea.createToken('coulomb', ['all'])).toThrow(
      "'coulomb' must be a user, organizations have no tokens",
    );
    expect(() => gitea.configure({ release: '9' })).toThrow("release '9' must be");
  });

  it('says so when it fails itself', async () => {
    const { gitea, ask } = await testForge();
    (gitea.state.packages as unknown[]).push({
      type: 'container',
      ownerId: 99,
      name: 'x',
      versions: [{}],
    });
    const answer = await ask('/v2/_catalog');
    expect([answer.status, answer.body.toString()]).toEqual([
      500,
      expect.stringContaining('FakeGitea failed: Error: no owner has the id 99'),
    ]);
  });

  it('turns packages off without hiding their REST', async () => {
    const { gitea, ask } = await testForge();
    gitea.configure({ packagesEnabled: false });
    expect((await ask('/v2/')).body.toString()).toBe('Not found.\n');
    expect((await ask('/api/packages/coulomb/generic/a/1/f')).status).toBe(404);
    expect(jsonOf(await ask('/api/v1/packages/coulomb'))).toEqual([]);
  });

  it('serves below its sub-path, and /v2 at the root too', async () => {
    const { gitea, ask } = await testForge({ useSubUrlPath: true });
    gitea.configure({ rootUrl: `${gitea.url}/git` });
    expect((await ask('/git/api/v1/version')).status).toBe(200);
    expect((await ask('/git/v2/token')).status).toBe(200);
    expect((await ask('/v2/token')).status).toBe(200);
    expect((await ask('/api/v1/version')).body.toString()).toContain(
      'sub-path is: <a href="/git">',
    );
  });

  it('lists its routes by release', async () => {
    const pathsOf = async (release: string) => {
      const { ask } = await testForge({ release });
      return Object.keys((jsonOf(await ask('/swagger.v1.json')) as { paths: object }).paths);
    };
    const link = '/packages/{owner}/{type}/{name}/-/link/{repo}';
    expect(await pathsOf('1.23.8')).not.toContain(link);
    expect(await pathsOf('1.24.0')).toContain(link);
  });

  it('is healthy for GET alone', async () => {
    const { ask } = await testForge();
    expect(jsonOf(await ask('/api/healthz'))).toMatchObject({ status: 'pass' });
    expect((await ask('/api/healthz', { method: 'HEAD' })).status).toBe(404);
  });
});

describe('the nightly cleanup', () => {
  it('spares what is younger than OLDER_THAN and takes the rest', async () => {
    const clock = { time: Date.UTC(2026, 0, 1) };
    const forge = await testForge({ now: () => clock.time });
    const { gitea, ask } = forge;
    await pushImage(forge.place('kept'), 'v1', imageOf('kept'));
    await pushImage(forge.place('gone'), 'v1', imageOf('gone'));
    await ask('/v2/coulomb/gone/manifests/v1', { method: 'DELETE' });
    await ask('/v2/coulomb/kept/blobs/uploads/', { method: 'POST' });
    gitea.runCleanup();
    expect(gitea.state.uploads.size).toBe(1);
    expect(gitea.state.packages.map(({ name }) => name)).toEqual(['kept']);
    expect(gitea.state.blobs.size).toBe(6);

    clock.time += DAY + 1;
    gitea.runCleanup();
    expect(gitea.state.uploads.size).toBe(0);
    expect(gitea.state.blobs.size).toBe(3);
    expect((await ask('/v2/coulomb/kept/manifests/v1')).status).toBe(200);
  });

  it('runs for a site admin with the scope', async () => {
    const { gitea, ask } = await testForge();
    gitea.addUser('root', { admin: true });
    const run = async (headers: Readonly<Record<string, string>>, task = 'cleanup_packages') =>
      (await ask(`/api/v1/admin/cron/${task}`, { method: 'POST', headers })).status;
    const root = basic('root', 'root-password');
    const weak = gitea.createToken('root', ['write:package']);
    expect(await run(root)).toBe(204);
    expect(await run(root, 'nope')).toBe(404);
    expect(await run(basic('ci', 'ci-password'))).toBe(403);
    expect(await run({ Authorization: `token ${weak}` })).toBe(403);
  });
});

describe('registry tokens', () => {
  it('are good for a day and for this server', async () => {
    const clock = { time: Date.UTC(2026, 0, 1) };
    const { gitea, ask } = await testForge({ now: () => clock.time });
    const other = await testForge({ now: () => clock.time });
    const { token } = jsonOf(await ask('/v2/token')) as { readonly token: string };
    const headers = { Authorization: `Bearer ${token}` };
    expect((await ask('/v2/', { headers })).status).toBe(200);
    expect((await send(other.gitea.url, { path: '/v2/', headers })).status).toBe(401);
    clock.time += DAY;
    const late = await send(gitea.url, { path: '/v2/', headers });
    expect(late.status).toBe(401);
    expect(headerOf(late, 'Www-Authenticate')).toBe('');
  });

  it('outlive the access token they were made with, not the account', async () => {
    const { gitea, ask } = await testForge();
    const secret = gitea.createToken('ci', ['write:package']);
    const given = await ask('/v2/token', { headers: basic('x', secret) });
    const { token } = jsonOf(given) as { readonly token: string };
    const headers = { Authorization: `Bearer ${token}` };
    const { account } = gitea.state.owners[0]!;
    account!.tokens.splice(0);
    expect((await ask('/v2/coulomb/app/tags/list', { headers })).status).toBe(404);
    account!.prohibitLogin = true;
    expect((await ask('/v2/coulomb/app/tags/list', { headers })).body.toString()).toBe(
      'reqPackageAccess\n',
    );
  });
});
