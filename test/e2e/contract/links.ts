import { bodyOf } from '../../../src/client/http/message';
import { LinkRefused } from '../../../src/client/packages/link-refused';
import type { LinkCause } from '../../../src/client/packages/link-outcome';
import { PackagesClient } from '../../../src/client/packages/packages-client';
import { hasFeature } from '../../../src/client/packages/server';
import type { PackageReference } from '../../../src/declaration/package-reference';
import { newImage, pushImage } from '../image';
import type { Site } from '../site';
import { failure } from './failure';

/** Linking packages to repositories, row by row of the outcome table. */
export function linksContract(site: () => Site): void {
  async function image(owner = site().open, name = site().fresh()): Promise<PackageReference> {
    await pushImage(site().oci(), `${owner}/${name}`, newImage(), 'v1');
    return { owner, type: 'container', name };
  }

  async function refused(
    link: Promise<unknown>,
  ): Promise<{ readonly code: string; readonly cause?: LinkCause }> {
    const error = await failure(link);
    return { code: error.code, ...(error instanceof LinkRefused && { cause: error.linkCause }) };
  }

  /** Releases without links refuse them all, and say so. */
  const hasLinks = (): boolean => hasFeature(site().forge, 'linkApi') !== false;
  const linking = (what: string, run: () => Promise<void>): void =>
    test(what, async () => {
      if (hasLinks()) {
        await run();
      } else {
        const error = await refused(
          site()
            .packages()
            .link(await image(), 'hub'),
        );
        expect(error).toEqual({ code: 'REG911', cause: 'too-old' });
      }
    });

  linking('is done once, seen on the version, and undone once', async () => {
    const reference = await image();
    const client = site().packages();
    const repository = `${reference.owner}/hub`;
    const linked = async () => (await client.get({ ...reference, version: 'v1' }))?.repository;
    expect(await client.link(reference, 'hub')).toEqual({ kind: 'linked', repository });
    expect(await linked()).toEqual({ fullName: repository, isPrivate: false });
    expect(await client.link(reference, 'hub')).toEqual({ kind: 'unchanged', repository });
    expect(await client.link(reference, 'HUB')).toEqual({ kind: 'unchanged', repository });
    expect(await client.unlink(reference)).toBe('unlinked');
    expect(await client.unlink(reference)).toBe('unchanged');
    expect(await linked()).toBeUndefined();
  });

  linking('is not moved by linking to another repository', async () => {
    const reference = await image();
    const client = site().packages();
    await client.link(reference, 'hub');
    const elsewhere = { kind: 'linked-elsewhere', repository: `${reference.owner}/hub` };
    expect(await client.link(reference, 'second')).toEqual(elsewhere);
    // Nothing known before: the server's own refusal tells.
    expect(await client.link(reference, 'second', { current: null })).toEqual(elsewhere);
    expect(await client.link(reference, 'hub', { current: null })).toMatchObject({
      kind: 'unchanged',
    });
  });

  linking('outlives a new version and a new tag', async () => {
    const reference = await image();
    const client = site().packages();
    await client.link(reference, 'hub');
    await pushImage(site().oci(), `${reference.owner}/${reference.name}`, newImage(), 'v2');
    expect((await client.get({ ...reference, version: 'v2' }))?.repository?.fullName).toBe(
      `${reference.owner}/hub`,
    );
  });

  linking('is for packages of every type', async () => {
    const reference = { owner: site().open, type: 'generic', name: site().fresh(), version: '1' };
    await site().generic().put(reference, 'file', bodyOf('bytes'));
    expect(await site().packages().link(reference, 'hub')).toMatchObject({ kind: 'linked' });
  });

  linking('of a name with a slash works, but not with Forgejo', async () => {
    const reference = await image(site().open, `${site().fresh()}/app`);
    const link = site().packages().link(reference, 'hub');
    if (site().forge.product === 'forgejo') {
      expect(await refused(link)).toEqual({ code: 'REG912', cause: 'slash-name' });
    } else {
      expect(await link).toMatchObject({ kind: 'linked' });
      expect(await site().packages().unlink(reference)).toBe('unlinked');
    }
  });

  linking('may be done with write:package alone, by a team that writes packages', async () => {
    const reference = await image();
    const client = site().packages('publisher', ['write:package']);
    expect(await client.link(reference, 'hub')).toMatchObject({ kind: 'linked' });
    expect(await refused(client.unlink(reference))).toEqual({
      code: 'REG916',
      cause: 'unlink-permission',
    });
  });

  linking('to a private repository is not seen by who may not see that', async () => {
    const reference = await image();
    await site().packages().link(reference, 'shut');
    const version = { ...reference, version: 'v1' };
    expect((await site().packages().get(version))?.repository).toEqual({
      fullName: `${reference.owner}/shut`,
      isPrivate: true,
    });
    expect((await site().packages('stranger').get(version))?.repository).toBeUndefined();
  });

  describe('is refused', () => {
    linking('for a package that is missing, or has another type', async () => {
      const { owner, name } = await image();
      const client = site().packages();
      expect(
        await refused(client.link({ owner, type: 'container', name: `${name}-none` }, 'hub')),
      ).toEqual({ code: 'REG913', cause: 'package-missing' });
      expect(await refused(client.link({ owner, type: 'generic', name }, 'hub'))).toEqual({
        code: 'REG913',
        cause: 'other-type',
      });
      expect(await refused(client.unlink({ owner, type: 'generic', name }))).toEqual({
        code: 'REG913',
        cause: 'other-type',
      });
    });

    linking('for a repository that is missing, renamed, or somebody else’s', async () => {
      const reference = await image();
      const client = site().packages();
      expect(await refused(client.link(reference, 'nothing-like-it'))).toEqual({
        code: 'REG914',
        cause: 'repository-missing',
      });
      expect(await refused(client.link(reference, 'former'))).toEqual({
        code: 'REG914',
        cause: 'repository-renamed',
      });
      expect(await refused(client.link(reference, 'stack'))).toEqual({
        code: 'REG914',
        cause: 'repository-elsewhere',
      });
      expect(await refused(client.link(reference, `${site().closed}/stack`))).toEqual({
        code: 'REG914',
      });
    });

    linking('for an owner nobody knows', async () => {
      const reference = { owner: `${site().open}-none`, type: 'container', name: 'app' };
      expect(await refused(site().packages().link(reference, 'hub'))).toEqual({ code: 'REG320' });
    });

    linking('while the packages unit of the repository is off', async () => {
      const reference = await image();
      const { owner } = reference;
      await site().rest('PATCH', `/repos/${owner}/second`, { has_packages: false });
      expect(await refused(site().packages().link(reference, 'second'))).toEqual({
        code: 'REG915',
        cause: 'unit-off',
      });
      await site().rest('PATCH', `/repos/${owner}/second`, { has_packages: true });
      expect(await site().packages().link(reference, 'second')).toMatchObject({ kind: 'linked' });
    });

    linking('to who has no right to the packages', async () => {
      const reference = await image();
      for (const role of ['reader', 'stranger'] as const) {
        expect(await refused(site().packages(role).link(reference, 'hub'))).toEqual({
          code: 'REG916',
          cause: 'owner-permission',
        });
      }
      const hidden = await image(site().closed);
      const stranger = site().packages('stranger');
      expect(await refused(stranger.link(hidden, 'stack'))).toEqual({ code: 'REG323' });
      expect(await refused(stranger.link(hidden, 'stack', { current: null }))).toEqual({
        code: 'REG916',
        cause: 'owner-unseen',
      });
    });

    linking('to a token without the scope, a wrong one, and none', async () => {
      const reference = await image();
      expect(
        await refused(site().packages('publisher', ['read:package']).link(reference, 'hub')),
      ).toEqual({ code: 'REG314' });
      const wrong = new PackagesClient(site().targetAs(site().user('keeper'), 'a'.repeat(40)));
      expect(await refused(wrong.link(reference, 'hub'))).toEqual({ code: 'REG312' });
      const anonymous = new PackagesClient(site().anonymous());
      expect(await refused(anonymous.link(reference, 'hub'))).toEqual({ code: 'REG311' });
    });
  });
}
