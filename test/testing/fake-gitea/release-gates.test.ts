import { FakeGitea } from '../../../src/testing';
import {
  INDEX_TYPE,
  digestOf,
  imageOf,
  indexOf,
  manifestOf,
  pushBlob,
  pushImage,
  pushManifest,
} from '../images';
import { basic, headerOf, send } from '../raw-request';
import { jsonOf, testForge } from './forge';
import type { TestForge } from './forge';

/** What one release answers. */
type Seen = string | number | undefined;

/** A gate: what is asked, and what each release answers, the last before a change and the first after it. */
type Gate = readonly [
  what: string,
  ask: (forge: TestForge) => Promise<Seen>,
  answers: Readonly<Record<string, Seen>>,
];

const NOBODY = { headers: {} };

async function uploadRange({ ask }: TestForge): Promise<Seen> {
  const answer = await ask('/v2/coulomb/app/blobs/uploads/', { method: 'POST' });
  return headerOf(answer, 'Range');
}

async function bearerOf(forge: TestForge, scope: string): Promise<number | string> {
  const token = forge.gitea.createToken('ci', [scope]);
  const given = await forge.ask('/v2/token', { headers: basic('ci', token) });
  return given.status === 200 ? (jsonOf(given) as { readonly token: string }).token : given.status;
}

async function pullStatus(forge: TestForge, bearer: string): Promise<number> {
  await pushImage(forge.place('app'), 'v1', imageOf('one'));
  const headers = { Authorization: `Bearer ${bearer}` };
  return (await forge.ask('/v2/coulomb/app/manifests/v1', { headers })).status;
}

/** Sections 10 and 10.1 of the reference, row by row. */
const GATES: readonly Gate[] = [
  [
    'text of a refused Authorization',
    async ({ ask }) => (await ask('/v2/token', { headers: basic('ci', 'no') })).body.toString(),
    {
      '1.22.0': 'authGroup.Verify\n',
      '1.24.7': 'authGroup.Verify\n',
      '1.25.0': 'Failed to authenticate user\n',
      'forgejo-12.0.0': 'authGroup.Verify\n',
    },
  ],
  [
    'body without a route inside an owner',
    async ({ ask }) => (await ask('/v2/coulomb/app/referrers/x')).body.toString(),
    {
      '1.22.0': '',
      '1.23.8': '',
      '1.24.0': '404 page not found\n',
      'forgejo-11.0.2': '',
    },
  ],
  [
    'Range of an empty upload session',
    uploadRange,
    { '1.23.0': '0-0', '1.24.0': '0-0', '1.24.1': '', '1.25.4': '', 'forgejo-12.0.0': '0-0' },
  ],
  [
    'HEAD of a generic file',
    async ({ ask }) => {
      await ask('/api/packages/coulomb/generic/tool/1/f', { method: 'PUT', body: 'abcd' });
      return (await ask('/api/packages/coulomb/generic/tool/1/f', { method: 'HEAD' })).status;
    },
    { '1.24.7': 405, '1.25.0': 200, 'forgejo-12.0.0': 405 },
  ],
  [
    'key of a file size',
    async (forge) => {
      await pushImage(forge.place('app'), 'v1', imageOf('one'));
      const files = await forge.ask('/api/v1/packages/coulomb/container/app/v1/files');
      return Object.keys((jsonOf(files) as readonly object[])[0]!)[1];
    },
    { '1.23.8': 'Size', '1.24.0': 'size', 'forgejo-11.0.2': 'Size' },
  ],
  [
    'GET of a link URL',
    async ({ ask }) => (await ask('/api/v1/packages/coulomb/container/app/-/link/hub')).status,
    { '1.23.8': 404, '1.24.0': 405, 'forgejo-10.0.3': 404, 'forgejo-11.0.0': 405 },
  ],
  [
    'versions of a missing package',
    async ({ ask }) => (await ask('/api/v1/packages/coulomb/container/none')).body.toString(),
    {
      '1.23.8': '404 page not found\n',
      '1.24.0': '[]\n',
      'forgejo-12.0.0': '404 page not found\n',
    },
  ],
  [
    'a token without scopes',
    async ({ ask }) => {
      const body = JSON.stringify({ name: 'none', scopes: [] });
      return (await ask('/api/v1/users/ci/tokens', { method: 'POST', body })).status;
    },
    { '1.22.6': 201, '1.23.0': 400, 'forgejo-7.0.0': 400 },
  ],
  [
    'a public-only token on a private owner',
    async ({ gitea, ask }) => {
      gitea.addOrganization('mosaic', { visibility: 'private', owners: ['ci'] });
      const token = gitea.createToken('ci', ['public-only', 'read:package']);
      return (await ask('/v2/mosaic/app/tags/list', { headers: basic('ci', token) })).status;
    },
    { '1.22.2': 404, '1.22.3': 403, 'forgejo-9.0.3': 404, 'forgejo-10.0.0': 403 },
  ],
  [
    'what a refused container upload leaves of the stored blob',
    async (forge) => {
      const { gitea, ask } = forge;
      gitea.addUser('pusher');
      gitea.addTeam('coulomb', 'push', { authorize: 'write', members: ['pusher'] });
      const image = imageOf('shared');
      await pushImage(forge.place('app'), 'v1', image);
      gitea.configure({ totalOwnerSize: 1 });
      await pushBlob(
        { ...forge.place('other'), headers: basic('pusher', 'pusher-password') },
        image.layer,
      );
      return (await ask(`/v2/coulomb/app/blobs/${digestOf(image.layer)}`)).status;
    },
    { '1.22.0': 404, '1.23.0': 404, '1.24.0': 404, '1.25.4': 404, 'forgejo-11.0.2': 404 },
  ],
  [
    'GET /v2/ with valid Basic credentials',
    async ({ ask }) => (await ask('/v2/')).status,
    {
      '1.22.6': 200,
      '1.23.0': 401,
      '1.25.5': 401,
      '1.26.0-dev': 401,
      '1.26.0': 200,
      'forgejo-10.0.1': 200,
      'forgejo-10.0.2': 401,
    },
  ],
  [
    'a doubled slash before /v2/token, with Basic',
    async ({ ask }) => (await ask('//v2/token')).status,
    { '1.22.6': 401, '1.23.0': 200, 'forgejo-10.0.1': 401, 'forgejo-10.0.2': 200 },
  ],
  [
    'a registry token for a PAT without a package scope',
    async (forge) => {
      const bearer = await bearerOf(forge, 'read:user');
      return typeof bearer === 'number' ? `refused ${bearer}` : 'given';
    },
    {
      '1.22.1': 'given',
      '1.22.2': 'refused 401',
      'forgejo-7.0.0': 'given',
      'forgejo-11.0.2': 'given',
    },
  ],
  [
    'a pull with that token, where it is given',
    async (forge) => pullStatus(forge, String(await bearerOf(forge, 'read:user'))),
    {
      '1.22.1': 200,
      'forgejo-7.0.7': 200,
      'forgejo-7.0.8': 401,
      'forgejo-8.0.1': 200,
      'forgejo-8.0.2': 401,
    },
  ],
  [
    'a layer nobody pushed',
    async (forge) => {
      const image = imageOf('one');
      await pushBlob(forge.place('app'), image.config);
      return (await pushManifest(forge.place('app'), 'v1', image.manifest)).status;
    },
    {
      '1.24.7': 404,
      '1.25.0': 500,
      '1.25.2': 500,
      '1.25.3': 404,
      '1.26.0-dev': 500,
      'forgejo-11.0.2': 404,
    },
  ],
  [
    'an index child nobody pushed',
    async (forge) =>
      (await pushManifest(forge.place('app'), 'v1', indexOf(imageOf('one')), INDEX_TYPE)).body
        .toString()
        .slice(0, 44),
    {
      '1.25.2': '\n<!DOCTYPE html>\n<html lang="en-US" data-the',
      '1.25.3': '{"errors":[{"code":"MANIFEST_BLOB_UNKNOWN","',
    },
  ],
  [
    'files of a tag that was pushed twice',
    async (forge) => {
      await pushImage(forge.place('app'), 'v1', imageOf('one'));
      await pushImage(forge.place('app'), 'v1', imageOf('two'));
      const files = await forge.ask('/api/v1/packages/coulomb/container/app/v1/files');
      return (jsonOf(files) as readonly object[]).length;
    },
    { '1.24.7': 3, '1.25.0': 6, '1.25.1': 6, '1.25.2': 3, '1.26.0-dev': 6, 'forgejo-11.0.2': 3 },
  ],
  [
    'an artifact whose config is not JSON',
    async (forge) => {
      const config = Buffer.from('not json');
      await pushBlob(forge.place('art'), config);
      const manifest = manifestOf(config, [], 'application/vnd.example');
      return (await pushManifest(forge.place('art'), 'a1', manifest)).status;
    },
    { '1.23.8': 500, '1.24.0': 201, 'forgejo-11.0.2': 500, 'forgejo-12.0.0': 201 },
  ],
  [
    'packages of a public owner over REST, without a login',
    async ({ ask }) => (await ask('/api/v1/packages/coulomb', NOBODY)).status,
    { '1.25.4': 401, 'forgejo-11.0.2': 401, 'forgejo-12.0.0': 200 },
  ],
  [
    'a link of a package whose name has a slash',
    async (forge) => {
      forge.gitea.addRepository('coulomb', 'hub');
      await pushImage(forge.place('team/app'), 'v1', imageOf('one'));
      const path = '/api/v1/packages/coulomb/container/team%2Fapp/-/link/hub';
      return (await forge.ask(path, { method: 'POST' })).status;
    },
    { '1.24.0': 201, 'forgejo-11.0.2': 404 },
  ],
  [
    'text of a missing scope',
    async ({ gitea, ask }) => {
      const headers = basic('ci', gitea.createToken('ci', ['read:user']));
      const answer = await ask('/api/v1/packages/coulomb', { headers });
      return (jsonOf(answer) as { readonly message: string }).message;
    },
    {
      '1.22.6': 'token does not have at least one of required scope(s): [read:package]',
      '1.23.0':
        'token does not have at least one of required scope(s), required=[read:package], token scope=read:user',
      'forgejo-11.0.2': 'token does not have at least one of required scope(s): [read:package]',
    },
  ],
  [
    'the version Forgejo tells on its own path',
    async ({ ask }) => (await ask('/api/forgejo/v1/version', NOBODY)).body.toString(),
    { '1.25.4': 'Not found.\n', 'forgejo-12.0.0': '{"version":"12.0.0+gitea-1.22.0"}\n' },
  ],
];

const CASES = GATES.flatMap(([what, ask, answers]) =>
  Object.entries(answers).map(([release, answer]) => ({ what, release, ask, answer })),
);

describe('FakeGitea as a release', () => {
  it.each(CASES)(
    '$release answers as recorded or documented: $what',
    async ({ release, ask, answer }) => {
      const forge = await testForge({ release });
      expect(await ask(forge)).toBe(answer);
    },
  );

  it.each(['1.21.0', '2.0.0', 'forgejo-6.0.0', 'forgejo-1.21', 'latest', ''])(
    'refuses to behave as %p',
    async (release) => {
      await expect(FakeGitea.start({ release })).rejects.toThrow(
        `release '${release}' must be a Gitea from '1.22.0' on or a Forgejo from 'forgejo-7.0.0' on`,
      );
    },
  );

  it('behaves as 1.25.4 when no release is named', async () => {
    const { gitea } = await testForge();
    expect(jsonOf(await send(gitea.url, { path: '/api/v1/version' }))).toEqual({
      version: '1.25.4',
    });
  });
});
