import {
  digestOf,
  imageOf,
  INDEX_TYPE,
  indexOf,
  pushImage,
  pushManifest,
} from '../../testing/images';
import { send } from '../../testing/raw-request';
import type { Forge } from '../forge';
import { forge } from '../forge';

const setup = forge();

const authorization = ({ token }: Forge) => ({
  Authorization: `Basic ${Buffer.from(`ci:${token}`).toString('base64')}`,
});

async function putFile(at: Forge, path: string, body: string): Promise<void> {
  const answer = await send(at.gitea.url, {
    method: 'PUT',
    path: `/api/packages/coulomb/generic/${path}`,
    headers: authorization(at),
    body,
  });
  expect(answer.status).toBe(201);
}

async function pushIndex(at: Forge): Promise<void> {
  const place = { url: at.gitea.url, repository: 'coulomb/state-hub', headers: authorization(at) };
  const images = [imageOf('amd64'), imageOf('arm64')];
  for (const image of images) {
    await pushImage(place, digestOf(image.manifest), image);
  }
  expect((await pushManifest(place, 'v1', indexOf(...images), INDEX_TYPE)).status).toBe(201);
}

describe('show', () => {
  it('lists the versions of a package, newest first, and its repository', async () => {
    const { run, addPackage } = setup();
    addPackage('coulomb/container/state-hub', ['v1', 'v2'], 'state-hub');
    const { code, out, err } = await run(['show', 'coulomb/container/state-hub']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(
      `coulomb/container/state-hub
  repository  coulomb/state-hub
  versions    2

VERSION  CREATED            BY
v2       2026-01-01 00:01Z  ci
v1       2026-01-01 00:00Z  ci
`,
    );
  });

  it('finds the versions on a server without that route, and none of a package with a like name', async () => {
    const { run, addPackage, gitea } = setup();
    gitea.configure({ release: '1.22.6' });
    addPackage('coulomb/generic/tool', ['1.0']);
    addPackage('coulomb/generic/tools', ['2.0']);
    const { out } = await run(['show', 'coulomb/generic/tool', '--output', 'json']);
    expect(JSON.parse(out)).toMatchObject([{ name: 'tool', version: '1.0' }]);
    expect(JSON.parse(out)).toHaveLength(1);
  });

  it('shows files and size of one version', async () => {
    const at = setup();
    await putFile(at, 'tools/1.0/a.txt', 'a'.repeat(1000));
    await putFile(at, 'tools/1.0/b.txt', 'b'.repeat(1000));
    const { code, out } = await at.run(['show', 'coulomb/generic/tools@1.0']);
    expect(code).toBe(0);
    expect(out).toMatch(/^coulomb\/generic\/tools@1\.0\n {2}repository {2}-\n/);
    expect(out).toMatch(/ files {7}2, 1\.95 KiB\n/);
    const json = await at.run(['show', 'coulomb/generic/tools@1.0', '--output', 'json']);
    expect(JSON.parse(json.out)).toMatchObject({
      version: '1.0',
      files: 2,
      size: 2000,
      creator: 'ci',
    });
  });

  it('shows digest and images of an index', async () => {
    const at = setup();
    await pushIndex(at);
    const { out } = await at.run(['show', 'coulomb/container/state-hub@v1', '--output', 'json']);
    expect(JSON.parse(out)).toMatchObject({
      digest: digestOf(indexOf(imageOf('amd64'), imageOf('arm64'))),
      mediaType: INDEX_TYPE,
      manifests: [imageOf('amd64'), imageOf('arm64')].map(({ manifest }) => ({
        digest: digestOf(manifest),
        size: manifest.length,
      })),
    });
    const text = await at.run(['show', 'coulomb/container/state-hub@v1']);
    expect(text.out).toContain(JSON.parse(out).digest);
  });

  it('shows the rest when the manifest cannot be read, and says so', async () => {
    const { run, addPackage } = setup();
    addPackage('coulomb/container/state-hub', ['v1']);
    const { code, out, err } = await run(['show', 'coulomb/container/state-hub@v1']);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('created') });
    expect(err).toMatch(/^warning: the digest is not known: /);
  });

  it.each(['coulomb/generic/tools', 'coulomb/generic/tools@1.0'])(
    'says what to do where %s is not there',
    async (name) => {
      const { code, out, err } = await setup().run(['show', name]);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toContain(
        `there is no package '${name}' that this account may see; 'gitea-registry ls coulomb'`,
      );
      expect(err).toContain('(REG913)');
    },
  );

  it.each([
    'coulomb',
    'coulomb/docker/x',
    'coulomb/container/State',
    'a/b/c/d/e@',
    'api/generic/x',
  ])('refuses %s before it asks', async (name) => {
    const { run, gitea } = setup();
    const { code, err } = await run(['show', name]);
    expect({ code, requests: gitea.requests.length }).toEqual({ code: 2, requests: 0 });
    expect(err).toMatch(/\(REG\d{3}\)\n$/);
  });
});

describe('files', () => {
  it('lists sizes, checksums and names', async () => {
    const at = setup();
    await putFile(at, 'tools/1.0/a%20b.txt', 'hello');
    const sha256 = digestOf('hello').slice('sha256:'.length);
    const { code, out } = await at.run(['files', 'coulomb/generic/tools@1.0']);
    expect({ code, lines: out.split('\n') }).toEqual({
      code: 0,
      lines: [expect.stringMatching(/^SIZE {2}SHA256 +NAME$/), `5     ${sha256}  a b.txt`, ''],
    });
    const json = await at.run(['files', 'coulomb/generic/tools@1.0', '--output', 'json']);
    expect(JSON.parse(json.out)).toMatchObject([{ name: 'a b.txt', size: 5, sha256 }]);
  });

  it('asks for a version', async () => {
    const { code, err } = await setup().run(['files', 'coulomb/generic/tools']);
    expect(code).toBe(2);
    expect(err).toContain("'files coulomb/generic/tools@VERSION'");
  });

  it('names a version that is not there', async () => {
    const { code, err } = await setup().run(['files', 'coulomb/generic/tools@1.0']);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('(REG913)') });
  });
});
