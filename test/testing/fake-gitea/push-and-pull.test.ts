import { FakeGitea } from '../../../src/testing';
import { digestOf, imageOf, pushImage } from '../images';
import { basic, headerOf, send } from '../raw-request';

describe('FakeGitea as a registry', () => {
  let gitea: FakeGitea;
  const ci = basic('ci', 'ci-password');

  beforeEach(async () => {
    gitea = await FakeGitea.start();
    gitea.addUser('ci');
    gitea.addOrganization('coulomb', { owners: ['ci'] });
  });

  afterEach(() => gitea.close());

  it('gives back the image that was pushed', async () => {
    const place = { url: gitea.url, repository: 'coulomb/app', headers: ci };
    const image = imageOf('one');
    expect((await pushImage(place, 'v1', image)).status).toBe(201);

    const pulled = await send(gitea.url, { path: '/v2/coulomb/app/manifests/v1', headers: ci });
    expect(pulled.body).toEqual(image.manifest);
    expect(headerOf(pulled, 'Docker-Content-Digest')).toBe(digestOf(image.manifest));
    const layer = await send(gitea.url, {
      path: `/v2/coulomb/app/blobs/${digestOf(image.layer)}`,
      headers: ci,
    });
    expect(layer.body).toEqual(image.layer);
    const tags = await send(gitea.url, { path: '/v2/coulomb/app/tags/list', headers: ci });
    expect(JSON.parse(tags.body.toString())).toEqual({ name: 'coulomb/app', tags: ['v1'] });
  });

  it('lets an anonymous token pull from a public owner', async () => {
    await pushImage(
      { url: gitea.url, repository: 'coulomb/app', headers: ci },
      'v1',
      imageOf('one'),
    );
    const path = '/v2/coulomb/app/manifests/v1';
    expect((await send(gitea.url, { path })).status).toBe(401);
    const given = await send(gitea.url, { path: '/v2/token' });
    const { token } = JSON.parse(given.body.toString()) as { token: string };
    const headers = { Authorization: `Bearer ${token}` };
    expect((await send(gitea.url, { path, headers })).status).toBe(200);
  });

  it('keeps generic files and lists them over REST', async () => {
    const path = '/api/packages/coulomb/generic/tool/1.0/a.txt';
    expect((await send(gitea.url, { method: 'PUT', path, headers: ci, body: 'abcd' })).status).toBe(
      201,
    );
    expect((await send(gitea.url, { method: 'PUT', path, headers: ci, body: 'abcd' })).status).toBe(
      409,
    );
    const part = await send(gitea.url, { path, headers: { ...ci, Range: 'bytes=1-2' } });
    expect([part.status, part.body.toString()]).toEqual([206, 'bc']);
    const listed = await send(gitea.url, {
      path: '/api/v1/packages/coulomb?type=generic',
      headers: ci,
    });
    expect(JSON.parse(listed.body.toString())).toMatchObject([{ name: 'tool', version: '1.0' }]);
    expect((await send(gitea.url, { method: 'DELETE', path, headers: ci })).status).toBe(204);
    expect((await send(gitea.url, { path, headers: ci })).status).toBe(404);
  });

  it('links a package once', async () => {
    gitea.addRepository('coulomb', 'hub');
    await pushImage(
      { url: gitea.url, repository: 'coulomb/app', headers: ci },
      'v1',
      imageOf('one'),
    );
    const link = {
      method: 'POST',
      path: '/api/v1/packages/coulomb/container/app/-/link/hub',
      headers: ci,
    };
    expect((await send(gitea.url, link)).status).toBe(201);
    expect((await send(gitea.url, link)).status).toBe(400);
    const unlink = { ...link, path: '/api/v1/packages/coulomb/container/app/-/unlink' };
    expect((await send(gitea.url, unlink)).status).toBe(204);
  });
});
