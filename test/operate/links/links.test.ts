import fc from 'fast-check';
import { ClientError } from '../../../src/client/error';
import { PackagesClient } from '../../../src/client/packages/packages-client';
import { Transport } from '../../../src/client/http/transport';
import type { LinkDeclaration } from '../../../src/declaration/model';
import { applyLinks } from '../../../src/operate/links/apply';
import { isChange, planLinks } from '../../../src/operate/links/plan';
import { parseForgeVersion } from '../../../src/declaration/version';
import { FakeGitea } from '../../../src/testing';

let gitea: FakeGitea;
let client: PackagesClient;
const transport = new Transport({ retry: { attempts: 1 } });

const REPOSITORIES = ['one', 'two', 'three'];
const PACKAGES = ['a', 'b', 'c', 'd', 'team/e'];

beforeAll(async () => {
  gitea = await FakeGitea.start();
  gitea.addUser('ci');
  gitea.addOrganization('coulomb', { owners: ['ci'] });
  REPOSITORIES.forEach((name) => gitea.addRepository('coulomb', name));
  const secret = gitea.createToken('ci', ['write:package']);
  const origin = new URL(gitea.url);
  const credential = { origin: origin.origin, user: 'ci', secret };
  client = new PackagesClient({ origin, transport, credential });
});

afterAll(async () => {
  transport.close();
  await gitea.close();
});

/** Puts packages on the server, each linked to a repository or to none. */
function serve(
  packages: readonly (readonly [name: string, repository: string | undefined])[],
): void {
  const { state } = gitea;
  const owner = state.owners.find(({ name }) => name === 'coulomb')!;
  state.packages.splice(0);
  for (const [name, repository] of packages) {
    state.packages.push({
      id: state.nextId('package'),
      ownerId: owner.id,
      type: 'container',
      name,
      repositoryId: state.repositories.find((each) => each.name === repository)?.id,
      versions: ['v1', 'v2'].map((version) => ({
        id: state.nextId('package_version'),
        version,
        isInternal: false,
        creatorId: owner.id,
        createdAt: 0,
        files: [],
      })),
    });
  }
}

function served(): { [name: string]: string | undefined } {
  const { packages, repositories } = gitea.state;
  return Object.fromEntries(
    packages.map(({ name, repositoryId }) => [
      name,
      repositories.find(({ id }) => id === repositoryId)?.name,
    ]),
  );
}

const owners = [{ kind: 'organization', name: 'coulomb', visibility: 'public' }] as const;
const declared = (links: readonly LinkDeclaration[]) => ({ links, owners: [...owners] });

const link = fc.record({
  owner: fc.constantFrom('coulomb', 'Coulomb'),
  type: fc.constant('container'),
  name: fc.constantFrom(...PACKAGES, 'absent'),
  repository: fc.constantFrom(...REPOSITORIES, 'One', 'missing'),
});
const links = fc.uniqueArray(link, { selector: ({ name }) => name, maxLength: 6 });
const packages = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom(...PACKAGES),
    fc.option(fc.constantFrom(...REPOSITORIES), { nil: undefined }),
  ),
  { selector: ([name]) => name, maxLength: 5 },
);

it('brings every server to what is declared, touches nothing else, and then has nothing left to do', async () => {
  await fc.assert(
    fc.asyncProperty(packages, links, async (before, wanted) => {
      serve(before);
      const plan = await planLinks(declared(wanted), client);
      await applyLinks(plan, client);
      const expected = Object.fromEntries(
        before.map(([name, repository]) => {
          const target = wanted.find((each) => each.name === name)?.repository;
          const known = REPOSITORIES.find((each) => each === target?.toLowerCase());
          return [name, known ?? repository];
        }),
      );
      expect(served()).toEqual(expected);
      const again = await planLinks(declared(wanted), client);
      const left = again.steps.filter(isChange).map((step) => step.link.repository);
      expect(left.filter((repository) => repository !== 'missing')).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

it('tells every package that is linked without a declaration, and counts the others', async () => {
  await fc.assert(
    fc.asyncProperty(packages, links, async (before, wanted) => {
      serve(before);
      const plan = await planLinks(declared(wanted), client);
      const others =
        wanted.length === 0
          ? []
          : before.filter(([name]) => !wanted.some((each) => each.name === name));
      expect(plan.undeclared.map(({ name }) => name).sort()).toEqual(
        others
          .filter(([, repository]) => repository !== undefined)
          .map(([name]) => name)
          .sort(),
      );
      expect(plan.unlinked).toBe(
        others.filter(([, repository]) => repository === undefined).length,
      );
    }),
    { numRuns: 20 },
  );
});

it('asks each owner once, and its version only where something is to be done', async () => {
  serve([
    ['a', 'one'],
    ['b', 'two'],
  ]);
  const done = [
    { owner: 'coulomb', type: 'container', name: 'a', repository: 'one' },
    { owner: 'Coulomb', type: 'container', name: 'b', repository: 'two' },
  ];
  const before = gitea.requests.length;
  await planLinks(declared(done), client);
  expect(gitea.requests.slice(before).map(({ path }) => path)).toEqual([
    '/api/v1/packages/coulomb',
  ]);
});

it('rules out what the release of a server cannot do, unless it is not to be asked', async () => {
  serve([
    ['a', undefined],
    ['team/e', 'two'],
  ]);
  const wanted = ['a', 'team/e'].map((name) => ({
    owner: 'coulomb',
    type: 'container',
    name,
    repository: 'one',
  }));
  const list = (owner: string) => client.list(owner);
  const planned = async (text: string): Promise<string[]> => {
    const version = parseForgeVersion(text);
    const server = async () => ({ product: version.flavor, text, version });
    const { steps } = await planLinks(declared(wanted), { list, server });
    return steps.map((step) => (step.action === 'impossible' ? step.reason : step.action));
  };
  expect(await planned('1.23.8')).toEqual(
    wanted.map(() => expect.stringMatching(/^Gitea 1\.23\.8 has no links over REST.*\(REG911\)$/)),
  );
  expect(await planned('12.0.1+gitea-1.22.0')).toEqual([
    'link',
    expect.stringMatching(/^Forgejo 12\.0\.1\S* cannot link .* name holds a '\/'.*\(REG912\)$/),
  ]);
  // Nobody has tried it: the server itself may tell.
  expect(await planned('13.0.0+gitea-1.22.0')).toEqual(['link', 'move']);
  expect(await planned('1.24.0')).toEqual(['link', 'move']);
  const { steps } = await planLinks(declared(wanted), { list });
  expect(steps.map(({ action }) => action)).toEqual(['link', 'move']);
});

it('tries what it plans where a server hides its version, and ends where it does not answer', async () => {
  serve([['a', undefined]]);
  const wanted = [{ owner: 'coulomb', type: 'container', name: 'a', repository: 'one' }];
  const failing = (status?: number) => ({
    list: (owner: string) => client.list(owner),
    server: () => Promise.reject(new ClientError('no', 'REG910', { url: gitea.url, status })),
  });
  const plan = await planLinks(declared(wanted), failing(403));
  expect(plan.steps).toMatchObject([{ action: 'link' }]);
  await expect(planLinks(declared(wanted), failing())).rejects.toThrow('(REG910)');
});

it('names an owner that was renamed', async () => {
  serve([['a', undefined]]);
  const renamed = {
    async *list() {
      yield { ...version, owner: 'joule' };
    },
    server: () => client.server(),
  };
  const version = { id: 1, owner: '', type: 'container', name: 'a', version: 'v1', createdAt: '' };
  const plan = await planLinks(
    declared([{ owner: 'coulomb', type: 'container', name: 'a', repository: 'one' }]),
    renamed,
  );
  expect(plan.steps).toMatchObject([{ action: 'impossible', code: 'REG320' }]);
});

it('ends with the reason of a signal that is aborted while an owner is read', async () => {
  serve([['a', undefined]]);
  const stop = new AbortController();
  const endless = {
    async *list() {
      for (let id = 0; ; id++) {
        if (id === 3) {
          stop.abort(new Error('enough'));
        }
        yield {
          id,
          owner: 'coulomb',
          type: 'generic',
          name: `p${id}`,
          version: '1',
          createdAt: '',
        };
      }
    },
    server: () => client.server(),
  };
  const wanted = [{ owner: 'coulomb', type: 'container', name: 'a', repository: 'one' }];
  await expect(planLinks(declared(wanted), endless, stop.signal)).rejects.toThrow('enough');
});
