import { PackagesClient } from '../../../src/client/packages/packages-client';
import { rejection } from '../http/local-servers';
import { all, of, SeededForge } from './seeded-forge';

const RELEASES = ['1.22.6', '1.23.8', '1.24.7', '1.25.4', 'forgejo-11.0.2'];

/** Releases that list the versions of one package. */
const LISTING = ['1.24.7', '1.25.4'];

const names = async (list: AsyncIterable<{ name: string; version: string }>): Promise<string[]> =>
  (await all(list)).map(({ name, version }) => `${name}@${version}`).sort();

describe.each(RELEASES)('packages of %s', (release) => {
  it('are listed page by page, whatever the server thinks its name is', async () => {
    const forge = await SeededForge.start({ release, rootUrl: 'https://elsewhere.example.org/' });
    for (let index = 0; index < 101; index++) {
      await forge.put(`p${index % 3}`, `1.0.${index}`);
    }
    const from = forge.gitea.requests.length;
    const listed = await all(forge.client('reader', 'read').list('coulomb'));
    expect(new Set(listed.map(({ id }) => id)).size).toBe(101);
    expect(forge.arrived(from)).toEqual(
      [1, 2, 3].map((page) => `GET /api/v1/packages/coulomb?limit=50&page=${page}`),
    );
  });

  it('are filtered by type and by a part of the name', async () => {
    const forge = await SeededForge.start({ release });
    await forge.push('coulomb/tool_a');
    await forge.put('tool_a');
    await forge.put('toolxa');
    const client = forge.client();
    expect(await names(client.list('coulomb', { type: 'container' }))).toEqual(['tool_a@v1']);
    expect(await names(client.list('coulomb', { name: 'L_A', type: 'generic' }))).toEqual([
      'tool_a@1',
    ]);
    expect(await names(client.list('coulomb', { type: 'nonsense' }))).toEqual([]);
  });

  it('give the versions of one of them, and not of those with a name like it', async () => {
    const forge = await SeededForge.start({ release });
    await forge.push('coulomb/team/app', 'v1');
    await forge.push('coulomb/team/app', 'v2');
    await forge.push('coulomb/team/app2', 'v3');
    await forge.push('coulomb/app', 'v4');
    const from = forge.gitea.requests.length;
    expect(await names(forge.client().versions(of('team/app')))).toEqual([
      'team/app@v1',
      'team/app@v2',
    ]);
    expect(forge.arrived(from).at(-1)).toBe(
      LISTING.includes(release)
        ? 'GET /api/v1/packages/coulomb/container/team%2Fapp?limit=50&page=1'
        : 'GET /api/v1/packages/coulomb?limit=50&page=1&type=container&q=team%2Fapp',
    );
    expect(await names(forge.client().versions(of('none')))).toEqual([]);
  });

  it('are read and deleted once', async () => {
    const forge = await SeededForge.start({ release });
    await forge.push('coulomb/team/app', 'v1');
    const client = forge.client('publisher', 'write');
    const reference = { ...of('team/app'), version: 'v1' };
    expect(await client.get(reference)).toMatchObject({ name: 'team/app', version: 'v1' });
    expect((await client.files(reference)).map(({ name }) => name)).toContain('manifest.json');
    expect((await client.files(reference)).every(({ size }) => size > 0)).toBe(true);
    expect(await client.delete(reference)).toBe('deleted');
    expect(await client.delete(reference)).toBe('absent');
    expect(await client.get(reference)).toBeUndefined();
    await expect(client.files(reference)).rejects.toThrow(/\(REG913\)$/);
  });
});

describe('the latest version', () => {
  it('is the highest, whichever was pushed last', async () => {
    const forge = await SeededForge.start();
    for (const version of ['1.9.0', '1.10.0', '1.2.0', 'nightly']) {
      await forge.put('tool', version);
    }
    const client = forge.client();
    expect((await client.latest(of('tool', 'generic')))?.version).toBe('1.10.0');
    expect(await client.latest(of('none', 'generic'))).toBeUndefined();
  });
});

describe('a refusal', () => {
  it.each<[string, (forge: SeededForge) => Promise<unknown>, RegExp]>([
    [
      'names an unknown owner',
      (forge) => forge.client().list('nobody').next(),
      /^cannot list the packages of 'nobody': the registry answered 404: there is no user or organization 'nobody'.*\(REG320\)$/,
    ],
    [
      'names the scope that is missing and the one there is',
      (forge) => forge.client('publisher', 'read').delete({ ...of('app'), version: 'v1' }),
      /needs a token with the scope 'write:package', this one has 'read:package'.*\(REG314\)$/,
    ],
    [
      'says that the owner may not be read',
      (forge) => forge.client('stranger').list('mosaic').next(),
      /may not read the packages of the owner.*\(REG323\)$/,
    ],
    [
      'says that the owner may not be written',
      (forge) => forge.client('reader').delete({ ...of('app'), version: 'v1' }),
      /may not write packages of the owner.*\(REG321\)$/,
    ],
    [
      'says that nobody signed in',
      (forge) => new PackagesClient(forge.anonymous()).list('coulomb').next(),
      /saw no credential.*\(REG311\)$/,
    ],
    [
      'says that the token is wrong',
      (forge) =>
        new PackagesClient({
          ...forge.anonymous(),
          credential: { origin: forge.gitea.url, user: 'root', secret: 'f'.repeat(40) },
        })
          .list('coulomb')
          .next(),
      /does not know the token.*\(REG312\)$/,
    ],
  ])('%s', async (_, refused, message) => {
    const forge = await SeededForge.start();
    await forge.push('coulomb/app');
    const error = await rejection(refused(forge));
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('f'.repeat(40));
  });

  it('is no empty list when a page for browsers comes', async () => {
    const forge = await SeededForge.start();
    forge.proxy.set({
      answer: {
        status: 200,
        headers: [['Content-Type', 'text/html']],
        body: '<html><title>Sign in</title></html>',
      },
    });
    await expect(all(forge.proxied().list('coulomb'))).rejects.toThrow(
      /answered 200, an HTML page titled 'Sign in': .*\(REG217\)$/,
    );
  });

  it('says that a proxy decoded the slash of a name', async () => {
    const forge = await SeededForge.start();
    await forge.push('coulomb/team/app');
    forge.proxy.set({ encodedSlash: { treatment: 'decode' } });
    await expect(all(forge.proxied().versions(of('team/app')))).rejects.toThrow(
      /turns the '%2F' of a name into '\/'.*\(REG250\)$/,
    );
  });

  it('says that a proxy refused the slash of a name', async () => {
    const forge = await SeededForge.start();
    await forge.push('coulomb/team/app');
    forge.proxy.set({ encodedSlash: { treatment: 'refuse' } });
    await expect(all(forge.proxied().versions(of('team/app')))).rejects.toThrow(
      /Traefik answered 400: .*allowEncodedSlash.*\(REG250\)$/,
    );
  });

  it.each(['a/b', 'ghost', '..', ''])('of the owner %p comes before a request', async (owner) => {
    const forge = await SeededForge.start();
    await expect(forge.client().list(owner).next()).rejects.toThrow(/\(REG320\)$/);
    expect(forge.arrived()).toEqual([]);
  });
});

describe('a deletion whose answer is lost', () => {
  const isDelete = ({ method }: { readonly method: string }): boolean => method === 'DELETE';

  it('counts as done when the version is gone, without a second request', async () => {
    const forge = await SeededForge.start();
    await forge.push('coulomb/app');
    forge.proxy.set({ breakOff: { at: 'answer', match: isDelete } });
    const from = forge.gitea.requests.length;
    expect(await forge.proxied().delete({ ...of('app'), version: 'v1' })).toBe('deleted');
    expect(forge.arrived(from)).toEqual([
      'DELETE /api/v1/packages/coulomb/container/app/v1',
      'GET /api/v1/packages/coulomb/container/app/v1',
    ]);
  });

  it('is made again when the version is still there', async () => {
    const forge = await SeededForge.start();
    await forge.push('coulomb/app');
    forge.proxy.set({ breakOff: { at: 'request', match: isDelete, times: 1 } });
    expect(await forge.proxied().delete({ ...of('app'), version: 'v1' })).toBe('deleted');
    expect(await forge.client().get({ ...of('app'), version: 'v1' })).toBeUndefined();
  });

  it('counts as done after a proxy gave up on it', async () => {
    const forge = await SeededForge.start();
    await forge.push('coulomb/app');
    forge.proxy.set({
      answer: { status: 504, body: 'Gateway Timeout', match: isDelete, times: 1 },
    });
    expect(await forge.proxied().delete({ ...of('app'), version: 'v1' })).toBe('deleted');
  });
});

describe('look-ups', () => {
  it('find what there is', async () => {
    const forge = await SeededForge.start();
    const client = forge.client('owner');
    expect(await client.repository('coulomb', 'state-hub')).toEqual({
      kind: 'found',
      value: { fullName: 'coulomb/state-hub', isPrivate: false, hasPackages: true },
    });
    expect(await client.repository('coulomb', 'none')).toEqual({ kind: 'absent' });
    expect(await client.repository('nobody', 'none')).toEqual({ kind: 'absent' });
    expect(await client.owner('coulomb')).toEqual({
      kind: 'found',
      value: { name: 'coulomb', visibility: 'public' },
    });
    expect(await client.owner('nobody')).toEqual({ kind: 'absent' });
    expect(await client.user()).toEqual({ name: 'owner', isAdmin: false });
    expect(await forge.client('root').user()).toEqual({ name: 'root', isAdmin: true });
  });

  it('say which scope they need', async () => {
    const forge = await SeededForge.start();
    const client = forge.client('owner', 'write');
    await expect(client.repository('coulomb', 'state-hub')).rejects.toThrow(
      /read:repository.*\(REG314\)$/,
    );
    await expect(client.user()).rejects.toThrow(/read:user.*\(REG314\)$/);
  });
});

it('ends with the signal of the target', async () => {
  const forge = await SeededForge.start();
  const stop = new AbortController();
  const client = new PackagesClient({ ...forge.target('root'), signal: stop.signal });
  await forge.put('tool');
  expect(await all(client.list('coulomb'))).toHaveLength(1);
  stop.abort(new Error('enough'));
  await expect(all(client.list('coulomb'))).rejects.toThrow('enough');
});
