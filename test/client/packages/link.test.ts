import { ClientError } from '../../../src/client/error';
import { LinkRefused } from '../../../src/client/packages/link-refused';
import { PackagesClient } from '../../../src/client/packages/packages-client';
import { rejection } from '../http/local-servers';
import { of, SeededForge } from './seeded-forge';

const isPost = ({ method }: { readonly method: string }): boolean => method === 'POST';

/** Cause and message of a refusal. */
async function refused(promise: Promise<unknown>): Promise<{ cause?: string; message: string }> {
  const error = await rejection<ClientError>(promise);
  expect(error).toBeInstanceOf(ClientError);
  const { message } = error;
  return error instanceof LinkRefused ? { cause: error.linkCause, message } : { message };
}

describe.each(['1.24.7', '1.25.4', 'forgejo-11.0.2'])('a link on %s', (release) => {
  it('is made once, and a second time nothing changes', async () => {
    const forge = await SeededForge.start({ release });
    await forge.push('coulomb/app');
    const client = forge.client('publisher', 'write');
    const repository = 'coulomb/state-hub';
    expect(await client.link(of('app'), 'state-hub')).toEqual({ kind: 'linked', repository });
    const from = forge.gitea.requests.length;
    expect(await client.link(of('app'), 'state-hub')).toEqual({ kind: 'unchanged', repository });
    expect(await client.link(of('app'), 'STATE-HUB')).toEqual({ kind: 'unchanged', repository });
    expect(forge.arrived(from).filter((line) => line.startsWith('POST'))).toEqual([]);
  });

  it('is made for a name whose letters stand in a path as they are', async () => {
    const forge = await SeededForge.start({ release });
    await forge.put('lib+x');
    expect(await forge.client().link(of('lib+x', 'generic'), 'second')).toMatchObject({
      kind: 'linked',
    });
    expect(await forge.client().unlink(of('lib+x', 'generic'))).toBe('unlinked');
  });

  it('costs one request when it is known how the package stands', async () => {
    const forge = await SeededForge.start({ release });
    await forge.push('coulomb/app');
    const client = forge.client();
    const from = forge.gitea.requests.length;
    await client.link(of('app'), 'state-hub', { current: null });
    expect(forge.arrived(from)).toEqual([
      'POST /api/v1/packages/coulomb/container/app/-/link/state-hub',
    ]);
    await client.link(of('app'), 'state-hub', { current: 'coulomb/state-hub' });
    expect(forge.arrived(from)).toHaveLength(1);
    await client.unlink(of('app'));
    expect(forge.arrived(from)).toHaveLength(2);
  });

  it('takes the 400 of one who came before for what it is', async () => {
    const forge = await SeededForge.start({ release });
    await forge.push('coulomb/app');
    const client = forge.client();
    await client.link(of('app'), 'second');
    const stale = { current: null };
    const repository = 'coulomb/second';
    expect(await client.link(of('app'), 'second', stale)).toEqual({
      kind: 'unchanged',
      repository,
    });
    expect(await client.link(of('app'), 'state-hub', stale)).toEqual({
      kind: 'linked-elsewhere',
      repository,
    });
  });

  it('never moves by itself', async () => {
    const forge = await SeededForge.start({ release });
    await forge.push('coulomb/app');
    const client = forge.client();
    await client.link(of('app'), 'second');
    expect(await client.link(of('app'), 'state-hub')).toEqual({
      kind: 'linked-elsewhere',
      repository: 'coulomb/second',
    });
    expect((await client.get({ ...of('app'), version: 'v1' }))?.repository?.fullName).toBe(
      'coulomb/second',
    );
  });

  it('to a repository the account cannot see is said to be elsewhere', async () => {
    const forge = await SeededForge.start({ release });
    await forge.push('coulomb/app');
    await forge.client().link(of('app'), 'hidden');
    expect(await forge.client('sparse').link(of('app'), 'second')).toEqual({
      kind: 'linked-elsewhere',
    });
  });

  it('is taken away once', async () => {
    const forge = await SeededForge.start({ release });
    await forge.push('coulomb/app');
    const client = forge.client('owner', 'write');
    await client.link(of('app'), 'state-hub');
    expect(await client.unlink({ ...of('app'), version: 'v1' })).toBe('unlinked');
    expect(await client.unlink(of('app'))).toBe('unchanged');
  });

  it('of a package without a version left is said to be empty', async () => {
    const forge = await SeededForge.start({ release });
    await forge.push('coulomb/app');
    const client = forge.client();
    await client.delete({ ...of('app'), version: 'v1' });
    expect(await client.link(of('app'), 'second')).toEqual({
      kind: 'linked',
      repository: 'coulomb/second',
      isEmpty: true,
    });
    expect(await client.link(of('app'), 'second')).toEqual({
      kind: 'linked-elsewhere',
      isEmpty: true,
    });
    forge.gitea.runCleanup();
    expect(await refused(client.link(of('app'), 'second'))).toMatchObject({
      cause: 'package-missing',
      message: expect.stringMatching(/its last version was deleted and cleaned up.*\(REG913\)$/),
    });
  });
});

describe('the answer of a link that got lost', () => {
  it.each([
    ['link', (client: PackagesClient) => client.link(of('app'), 'state-hub'), { kind: 'linked' }],
    ['unlink', (client: PackagesClient) => client.unlink(of('app')), 'unlinked'],
  ] as const)('leaves a %s done', async (action, act, expected) => {
    const forge = await SeededForge.start();
    await forge.push('coulomb/app');
    if (action === 'unlink') {
      await forge.client().link(of('app'), 'state-hub');
    }
    forge.proxy.set({ breakOff: { at: 'answer', match: isPost, times: 1 } });
    const outcome = await act(forge.proxied());
    expect(outcome).toEqual(
      typeof expected === 'string' ? expected : expect.objectContaining(expected),
    );
  });
});

/** Lets the search for repositories with `query` find some, in the form Gitea 1.26-dev gives them. */
function finding(forge: SeededForge, query: string, ...fullNames: readonly string[]): void {
  const data = fullNames.map((fullName) => ({ full_name: fullName, private: false }));
  forge.proxy.set({
    answer: {
      status: 200,
      headers: [['Content-Type', 'application/json;charset=utf-8']],
      body: JSON.stringify({ ok: true, data }),
      match: ({ path }) => path.startsWith('/api/v1/repos/search?') && path.includes(query),
    },
  });
}

/** A cause: what is tried, and what comes of it. */
type Case = readonly [
  name: string,
  act: (forge: SeededForge) => Promise<unknown>,
  cause: string | undefined,
  message: RegExp,
  release?: string,
];

const CASES: readonly Case[] = [
  [
    'Gitea before 1.24',
    (forge) => forge.client().link(of('app'), 'state-hub'),
    'too-old',
    /^cannot link 'coulomb\/container\/app' to 'coulomb\/state-hub': Gitea 1\.23\.8 has no links over REST.*\(REG911\)$/,
    '1.23.8',
  ],
  [
    'Forgejo before 11',
    (forge) => forge.client().unlink(of('app')),
    'too-old',
    /^cannot unlink 'coulomb\/container\/app': the registry answered 404: Forgejo 10\.0\.1\S* has no links.*\(REG911\)$/,
    'forgejo-10.0.1',
  ],
  [
    'a slash on Forgejo 11',
    (forge) => forge.client().link(of('team/two'), 'state-hub'),
    'slash-name',
    /: Forgejo 11\.0\.2\S* cannot link a package whose name holds a '\/'.*\(REG912\)$/,
    'forgejo-11.0.2',
  ],
  [
    'a package nobody pushed',
    (forge) => forge.client('owner', 'write').link(of('zebra'), 'state-hub'),
    'package-missing',
    /there is no package 'coulomb\/container\/zebra': not pushed yet.*\(REG913\)$/,
  ],
  [
    'a misspelt package',
    (forge) => forge.client('owner', 'write').link(of('aap'), 'state-hub'),
    'package-missing',
    /did you mean 'app'\?.*\(REG913\)$/,
  ],
  [
    'another type',
    (forge) => forge.client('owner', 'write').link(of('app', 'generic'), 'state-hub'),
    'other-type',
    /'coulomb\/container\/app' has another type.*\(REG913\)$/,
  ],
  [
    'a missing package to unlink',
    (forge) => forge.client().unlink(of('zebra')),
    'package-missing',
    /^cannot unlink .*\(REG913\)$/,
  ],
  [
    'a missing repository',
    (forge) => forge.client('owner').link(of('app'), 'zebra'),
    'repository-missing',
    /'coulomb' has no repository 'zebra': misspelt.*\(REG914\)$/,
  ],
  [
    'a missing repository nobody may look for',
    (forge) => forge.client('owner', 'write').link(of('app'), 'zebra'),
    'repository-missing',
    /give the token read:repository too.*\(REG914\)$/,
  ],
  [
    'a misspelt repository',
    (forge) => {
      finding(forge, 'uid=', 'coulomb/second', 'coulomb/state-hub');
      return forge.proxied('owner').link(of('app'), 'state-hob');
    },
    'repository-missing',
    /did you mean 'state-hub'\?.*\(REG914\)$/,
  ],
  [
    'a repository of another owner',
    (forge) => {
      finding(forge, 'q=stack', 'mosaic/stacks', 'mosaic/stack');
      return forge.proxied('owner').link(of('app'), 'stack');
    },
    'repository-elsewhere',
    /'mosaic\/stack' has another owner than the package.*\(REG914\)$/,
  ],
  [
    'a fork',
    (forge) => forge.client('tegwick').link(of('mine', 'generic', 'tegwick'), 'fork'),
    'unit-off',
    /packages unit of 'tegwick\/fork' is off.*\{"has_packages":true\} \(REG915\)$/,
  ],
  [
    'a fork nobody may look at',
    (forge) => forge.client('tegwick', 'write').link(of('mine', 'generic', 'tegwick'), 'fork'),
    'repository-permission',
    /or the unit is off.*\(REG916\)$/,
  ],
  [
    'a public repository outside the teams',
    (forge) => forge.client('sparse').link(of('app'), 'state-hub'),
    'repository-permission',
    /no write on the packages unit of 'coulomb\/state-hub'; .*\(REG916\)$/,
  ],
  [
    'a private repository outside the teams',
    (forge) => forge.client('sparse').link(of('app'), 'hidden'),
    'repository-unseen',
    /'coulomb\/hidden' is private.*\(REG916\)$/,
  ],
  [
    'a reader',
    (forge) => forge.client('reader', 'write').link(of('app'), 'state-hub'),
    'owner-permission',
    /may read the packages of 'coulomb' but not write them.*\(REG916\)$/,
  ],
  [
    'a stranger at a private owner',
    (forge) =>
      forge
        .client('stranger', 'write')
        .link(of('app', 'container', 'mosaic'), 'stack', { current: null }),
    'owner-unseen',
    /may not even read the packages of 'mosaic'.*\(REG916\)$/,
  ],
  [
    'a team member who unlinks',
    async (forge) => {
      await forge.client().link(of('app'), 'state-hub');
      return forge.client('publisher', 'write').unlink(of('app'));
    },
    'unlink-permission',
    /a team member may link, and not unlink.*\(REG916\)$/,
  ],
  [
    'an unknown owner',
    (forge) => forge.client().link(of('app', 'container', 'nobody'), 'state-hub'),
    undefined,
    /^cannot link 'nobody\/container\/app' to 'nobody\/state-hub': .*no user or organization 'nobody'.*\(REG320\)$/,
  ],
  [
    'a token without the scope',
    (forge) => forge.client('owner', 'read').link(of('app'), 'state-hub'),
    undefined,
    /needs a token with the scope 'write:package', this one has 'read:package'.*\(REG314\)$/,
  ],
  [
    'a token without the scope on Forgejo',
    (forge) => forge.client('owner', 'read').link(of('app'), 'state-hub'),
    undefined,
    /needs a token with the scope 'write:package';.*\(REG314\)$/,
    'forgejo-11.0.2',
  ],
  [
    'a token for public owners',
    (forge) =>
      forge
        .client('publisher', 'public-only')
        .link(of('app', 'container', 'mosaic'), 'stack', { current: null }),
    undefined,
    /limited to public owners.*\(REG314\)$/,
  ],
  [
    'nobody',
    (forge) =>
      new PackagesClient(forge.anonymous()).link(of('app'), 'state-hub', { current: null }),
    undefined,
    /saw no credential.*\(REG311\)$/,
  ],
  [
    'a repository with its owner',
    (forge) => forge.client().link(of('app'), 'Coulomb/state-hub'),
    undefined,
    /^repository 'Coulomb\/state-hub' must be named without its owner: 'state-hub' \(REG914\)$/,
  ],
  [
    'a repository with another owner',
    (forge) => forge.client().link(of('app'), 'mosaic/stack'),
    undefined,
    /does not belong to 'coulomb', and a link never leaves the owner of the package \(REG914\)$/,
  ],
  [
    'a repository no server has',
    (forge) => forge.client().link(of('app'), 'a b'),
    undefined,
    /^repository 'a b' must be the name of a repository.*\(REG914\)$/,
  ],
  [
    'a proxy that decodes the slash',
    (forge) => {
      forge.proxy.set({ encodedSlash: { treatment: 'decode' } });
      return forge.proxied().link(of('team/two'), 'state-hub', { current: null });
    },
    'slash-decoded',
    /turns the '%2F' in the name of the package into '\/'.*\(REG250\)$/,
  ],
  [
    'a proxy that refuses the slash',
    (forge) => {
      forge.proxy.set({ encodedSlash: { treatment: 'refuse' } });
      return forge.proxied().link(of('team/two'), 'state-hub', { current: null });
    },
    undefined,
    /Traefik answered 400: .*\(REG250\)$/,
  ],
  [
    'a proxy that routes only /v2',
    (forge) => {
      forge.proxy.set({
        answer: {
          status: 404,
          headers: [['Content-Type', 'text/plain; charset=utf-8']],
          body: '404 page not found\n',
        },
      });
      return forge.proxied().link(of('app'), 'state-hub', { current: null });
    },
    undefined,
    /Traefik answered 404: .*routes only \/v2.*--registry.*--connect-to \(REG910\)$/,
  ],
  [
    'a proxy that hides the route from POST',
    (forge) => {
      forge.proxy.set({
        answer: {
          status: 404,
          headers: [['X-Frame-Options', 'SAMEORIGIN']],
          body: '404 page not found\n',
          match: isPost,
        },
      });
      return forge.proxied().link(of('app'), 'state-hub');
    },
    'route-hidden',
    /the route is there for GET but not for POST.*\(REG911\)$/,
  ],
];

describe('a refused link', () => {
  it.each(CASES.map((each) => [each[0], each] as const))('says why: %s', async (_, each) => {
    const [, act, cause, message, release] = each;
    const forge = await SeededForge.start({ release: release ?? '1.25.4' });
    for (const image of ['coulomb/app', 'coulomb/team/two', 'mosaic/app']) {
      await forge.push(image);
    }
    await forge.put('mine', '1', 'tegwick');
    const found = await refused(act(forge));
    expect(found.message).toMatch(message);
    expect(found.cause).toBe(cause);
  });

  it.each([
    ['1.23.8', 'app', 'too-old', /: Gitea 1\.23\.8 has no links over REST.*\(REG911\)$/],
    ['forgejo-10.0.1', 'app', 'too-old', /: Forgejo 10\.0\.1\S* has no links.*\(REG911\)$/],
    [
      'forgejo-11.0.2',
      'team/two',
      'slash-name',
      /: Forgejo 11\.0\.2\S* cannot link a package whose name holds a '\/'.*\(REG912\)$/,
    ],
  ])(
    'asks %s for its version once, and refuses the next itself',
    async (release, name, cause, message) => {
      const forge = await SeededForge.start({ release });
      await forge.push(`coulomb/${name}`);
      const client = forge.client();
      const link = () => refused(client.link(of(name), 'state-hub', { current: null }));
      const first = await link();
      expect(first).toEqual({ cause, message: expect.stringMatching(message) });
      expect(first.message).toContain(': the registry answered 404: ');
      const from = forge.gitea.requests.length;
      expect(await link()).toEqual({ cause, message: expect.stringMatching(message) });
      expect((await refused(client.unlink(of(name)))).cause).toBe(cause);
      expect(forge.arrived(from)).toEqual([]);
    },
  );

  it('looks no further when the name is refused here', async () => {
    const forge = await SeededForge.start();
    await refused(forge.client().link(of('app'), 'mosaic/stack'));
    await refused(forge.client().link(of('App'), 'state-hub'));
    expect(forge.arrived()).toEqual([]);
  });
});

describe('a renamed', () => {
  const renamed = async (): Promise<SeededForge> => {
    const forge = await SeededForge.start();
    await forge.push('coulomb/app');
    const { state } = forge.gitea;
    const repository = state.repositories.find(({ name }) => name === 'second')!;
    repository.name = 'renamed';
    state.repositoryRedirects.set(`${repository.ownerId}/second`, repository.id);
    const owner = state.owners.find(({ name }) => name === 'tegwick')!;
    await forge.put('mine', '1', 'tegwick');
    owner.name = 'tegwick2';
    state.ownerRedirects.set('tegwick', owner.id);
    return forge;
  };

  it('repository is named as it is called now', async () => {
    const forge = await renamed();
    expect(await refused(forge.client('owner').link(of('app'), 'second'))).toEqual({
      cause: 'repository-renamed',
      message: expect.stringMatching(
        /'coulomb\/second' was renamed to 'coulomb\/renamed'.*\(REG914\)$/,
      ),
    });
    expect(await forge.client('owner').repository('coulomb', 'second')).toEqual({
      kind: 'renamed',
      to: 'coulomb/renamed',
    });
  });

  it.each([undefined, null])('owner is named as it is called now (known: %p)', async (current) => {
    const forge = await renamed();
    const options = current === undefined ? {} : { current };
    const link = forge.client().link(of('mine', 'generic', 'tegwick'), 'own', options);
    expect((await refused(link)).message).toMatch(/renamed to 'tegwick2'.*\(REG320\)$/);
    expect(await forge.client().owner('tegwick')).toEqual({ kind: 'renamed', to: 'tegwick2' });
  });
});
