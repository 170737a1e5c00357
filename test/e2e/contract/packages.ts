import { bodyOf } from '../../../src/client/http/message';
import { PackagesClient } from '../../../src/client/packages/packages-client';
import { digestOf } from '../../testing/images';
import { all, newImage, pushImage } from '../image';
import type { Site } from '../site';
import { codeOf } from './failure';

/** Packages over REST: lists, look-ups, deleting. */
export function packagesContract(site: () => Site): void {
  /** Puts a generic file of its own; gives the reference of its version. */
  async function put(name: string, version: string, owner = site().open) {
    const reference = { owner, type: 'generic', name, version };
    await site()
      .generic()
      .put(reference, 'file', bodyOf(`${name} ${version}`));
    return reference;
  }

  test('the server says what it is, to everybody', async () => {
    const server = await new PackagesClient(site().anonymous()).server();
    expect(['gitea', 'forgejo']).toContain(server.product);
    expect(server.version?.number).toMatch(/^\d+\.\d+\.\d+$/);
    expect(await site().packages().server()).toEqual(server);
  });

  describe('the list of an owner', () => {
    test('holds every version, and can be asked for a type or a part of the name', async () => {
      const { open } = site();
      const [tool, image] = [site().fresh('Tool'), site().fresh('image')];
      await put(tool, '1.0');
      await put(tool, '2.0');
      await pushImage(site().oci(), `${open}/${image}/deep`, newImage(), 'v1');
      const client = site().packages('reader');
      const listed = async (filter: { type?: string; name?: string }): Promise<string[]> =>
        (await all(client.list(open, filter)))
          .map(({ type, name, version }) => `${type} ${name} ${version}`)
          .filter((text) => text.includes(tool) || text.includes(image));
      const [one, two, three] = [
        `generic ${tool} 1.0`,
        `generic ${tool} 2.0`,
        `container ${image}/deep v1`,
      ];
      expect((await listed({})).sort()).toEqual([one, two, three].sort());
      expect((await listed({ type: 'generic' })).sort()).toEqual([one, two]);
      expect(await listed({ name: image.toUpperCase() })).toEqual([three]);
      expect(await listed({ type: 'npm' })).toEqual([]);
      expect(await listed({ type: 'generic', name: image })).toEqual([]);
    });

    test('goes over as many pages as there are', async () => {
      const name = site().fresh();
      const versions = Array.from({ length: 57 }, (_, index) => `${index + 1}`);
      for (const version of versions) {
        await put(name, version, site().closed);
      }
      const listed = await all(site().packages('reader').list(site().closed, { name }));
      expect(listed.map(({ version }) => version).sort()).toEqual([...versions].sort());
      expect(new Set(listed.map(({ id }) => id)).size).toBe(versions.length);
      const own = await all(
        site().packages('reader').versions({ owner: site().closed, type: 'generic', name }),
      );
      expect(own.map(({ version }) => version).sort()).toEqual([...versions].sort());
    });

    test('of an owner nobody knows is refused', async () => {
      expect(await codeOf(all(site().packages().list(`${site().open}-none`)))).toBe('REG320');
    });

    test('of a private owner is for its members', async () => {
      const { closed } = site();
      await put(site().fresh(), '1', closed);
      expect((await all(site().packages('reader').list(closed))).length).toBeGreaterThan(0);
      expect(await codeOf(all(site().packages('stranger').list(closed)))).toBe('REG323');
    });
  });

  describe('a version', () => {
    test('is found, with its files and their digests', async () => {
      const name = site().fresh();
      const reference = await put(name, '1.0');
      const client = site().packages('reader');
      expect(await client.get(reference)).toMatchObject({
        ...reference,
        creator: site().user('keeper'),
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      });
      const content = `${name} 1.0`;
      expect(await client.files(reference)).toMatchObject([
        { name: 'file', size: content.length, sha256: digestOf(content).slice('sha256:'.length) },
      ]);
    });

    test('that is not there is told apart', async () => {
      const reference = await put(site().fresh(), '1.0');
      const client = site().packages('reader');
      const missing = { ...reference, version: '2.0' };
      expect(await client.get(missing)).toBeUndefined();
      expect(await client.get({ ...reference, name: `${reference.name}-none` })).toBeUndefined();
      expect(await codeOf(client.files(missing))).toBe('REG913');
      expect(await all(client.versions({ ...reference, name: 'none' }))).toEqual([]);
    });

    test('of an image with slashes in its name is found and deleted', async () => {
      const { open } = site();
      const name = `${site().fresh()}/team/app`;
      await pushImage(site().oci(), `${open}/${name}`, newImage(), 'v1');
      const reference = { owner: open, type: 'container', name, version: 'v1' };
      const client = site().packages();
      expect(await client.get(reference)).toMatchObject({ name, version: 'v1' });
      expect((await all(client.versions(reference))).map(({ version }) => version)).toEqual(['v1']);
      expect(await client.delete(reference)).toBe('deleted');
      expect(await client.get(reference)).toBeUndefined();
    });

    test('is deleted once', async () => {
      const name = site().fresh();
      const first = await put(name, '1.0');
      const second = await put(name, '2.0');
      const client = site().packages('publisher', ['write:package']);
      expect(await client.delete(first)).toBe('deleted');
      expect(await client.delete(first)).toBe('absent');
      expect((await all(client.versions(first))).map(({ version }) => version)).toEqual(['2.0']);
      expect(await client.delete(second)).toBe('deleted');
      expect(await all(client.versions(first))).toEqual([]);
    });

    test('is the latest by SemVer, whatever was put last', async () => {
      const name = site().fresh();
      for (const version of ['1.10.0', '1.9.0', '2.0.0-rc.1']) {
        await put(name, version);
      }
      const latest = await site().packages().latest({ owner: site().open, type: 'generic', name });
      expect(latest?.version).toBe('1.10.0');
      expect(
        await site().packages().latest({ owner: site().open, type: 'generic', name: 'none' }),
      ).toBeUndefined();
    });
  });

  describe('a look-up', () => {
    test('finds accounts, owners and repositories', async () => {
      const client = site().packages();
      const { open, closed } = site();
      expect(await client.user()).toEqual({ name: site().user('keeper'), isAdmin: false });
      expect(await site().packages('admin').user()).toMatchObject({ isAdmin: true });
      expect(await client.owner(open)).toMatchObject({ kind: 'found', value: { name: open } });
      expect(await client.owner(`${open}-none`)).toEqual({ kind: 'absent' });
      expect(await client.repository(open, 'hub')).toEqual({
        kind: 'found',
        value: { fullName: `${open}/hub`, isPrivate: false, hasPackages: true },
      });
      expect(await client.repository(closed, 'stack')).toMatchObject({
        value: { isPrivate: true },
      });
      expect(await client.repository(open, 'none')).toEqual({ kind: 'absent' });
      expect(await client.repository(open, 'former')).toEqual({
        kind: 'renamed',
        to: `${open}/renamed`,
      });
      expect(await site().packages('stranger').repository(closed, 'stack')).toEqual({
        kind: 'absent',
      });
    });
  });
}
