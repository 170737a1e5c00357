import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, EXIT } from '../../../src/cli/exit';
import type { LinkDeclaration } from '../../../src/declaration/model';
import { registryJson } from '../../support/registry-json';
import type { Forge } from '../forge';
import { forge } from '../forge';
import type { Run, Surroundings } from '../run-command';

const setup = forge();

/** Links of images of `coulomb`, each to a repository. */
function linksTo(repository: string, ...names: string[]): LinkDeclaration[] {
  return names.map((name) => ({ owner: 'coulomb', type: 'container', name, repository }));
}

interface Declared {
  readonly links?: readonly LinkDeclaration[];
  readonly owners?: readonly object[];
}

const OWNERS = [{ kind: 'organization', name: 'coulomb', visibility: 'public' }];

/** Runs `links …` with a declaration of a host that leads to the fake. */
function links(
  at: Forge,
  argv: string[],
  declared: Declared,
  more: Partial<Surroundings> = {},
): Promise<Run> {
  const port = at.host.split(':')[1];
  const host = `git.example.org:${port}`;
  const { links: declaredLinks = [], owners = OWNERS } = declared;
  const json = registryJson({ host, sshDomain: 'git.example.org', owners, links: declaredLinks });
  writeFileSync(join(at.folder, 'registry.json'), JSON.stringify(json));
  return at.run(
    ['links', ...argv, '--declaration', 'registry.json', '--connect-to', `${host}:127.0.0.1:`],
    { ...more, env: { GITEA_REGISTRY_URL: `http://${host}`, LANG: 'C.UTF-8', ...more.env } },
  );
}

/** Full name of the repository each package is linked to. */
function linked({ gitea }: Forge): { [name: string]: string | undefined } {
  const { packages, repositories } = gitea.state;
  return Object.fromEntries(
    packages.map(({ name, repositoryId }) => [
      name,
      repositories.find(({ id }) => id === repositoryId)?.name,
    ]),
  );
}

const writes = ({ gitea }: Forge): string[] =>
  gitea.requests.filter(({ method }) => method !== 'GET').map(({ path }) => path);

describe('plan', () => {
  it('shows what is linked, what would be, what moves, and what cannot be', async () => {
    const at = setup();
    at.gitea.addRepository('coulomb', 'old');
    at.addPackage('coulomb/container/app', ['v1']);
    at.addPackage('coulomb/container/app-migrate', ['v1', 'v2'], 'state-hub');
    at.addPackage('coulomb/container/tools', ['v1'], 'old');
    at.addPackage('coulomb/generic/stray', ['1.0'], 'old');
    at.addPackage('coulomb/generic/loose', ['1.0']);
    const declared = linksTo('state-hub', 'app', 'app-migrate', 'tools', 'absent');
    const { code, out } = await links(at, ['plan'], { links: declared });
    expect(code).toBe(1);
    expect(out).toBe(
      `  package                current            desired            action
  container/app          –                  coulomb/state-hub  link
  container/app-migrate  coulomb/state-hub  coulomb/state-hub  none
  container/tools        coulomb/old        coulomb/state-hub  unlink, link
  container/absent       –                  coulomb/state-hub  impossible
✖ there is no package 'coulomb/container/absent': push it first; 'gitea-registry ls coulomb' shows what there is (REG913)
! coulomb/generic/stray is linked to coulomb/old, which is not declared; it stays
1 more package has no repository, declared or linked
Plan: 2 to link, 1 to unlink, 1 unchanged, 1 impossible.
`,
    );
    expect(writes(at)).toEqual([]);
  });

  it('gives the same as JSON', async () => {
    const at = setup();
    at.addPackage('coulomb/container/app', ['v1']);
    const { code, out } = await links(at, ['plan', '--output', 'json'], {
      links: linksTo('state-hub', 'app', 'absent'),
    });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: '1',
      target: { host: `git.example.org:${at.host.split(':')[1]}` },
      links: [
        {
          package: 'coulomb/container/app',
          repository: 'coulomb/state-hub',
          current: null,
          action: 'link',
        },
        { package: 'coulomb/container/absent', action: 'impossible', code: 'REG913' },
      ],
      undeclared: [],
      unlinked: 0,
      warnings: [],
    });
  });

  it('is fine when everything is linked, in whatever case', async () => {
    const at = setup();
    at.addPackage('coulomb/container/app', ['v1'], 'state-hub');
    const { code, out } = await links(at, ['plan'], {
      links: linksTo('State-Hub', 'App'.toLowerCase()),
    });
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining('0 to link, 0 to unlink, 1 unchanged'),
    });
  });

  it('warns that a private repository hides nothing under a public owner', async () => {
    const at = setup();
    at.gitea.addRepository('coulomb', 'secret', { private: true });
    at.addPackage('coulomb/container/app', ['v1'], 'secret');
    const { out } = await links(at, ['plan'], { links: linksTo('secret', 'app') });
    expect(out).toContain(
      '! coulomb/secret is private but owner coulomb is public: linking does not hide the package (REG330)',
    );
    const owners = [{ kind: 'organization', name: 'coulomb', visibility: 'private' }];
    const hidden = await links(at, ['plan'], { links: linksTo('secret', 'app'), owners });
    expect(hidden.out).not.toContain('REG330');
  });

  it('names what Forgejo cannot link, before anything is written', async () => {
    const at = setup();
    at.gitea.configure({ release: 'forgejo-11.0.2' });
    at.addPackage('coulomb/container/team/app', ['v1']);
    at.addPackage('coulomb/container/app', ['v1']);
    const { code, out } = await links(at, ['plan'], {
      links: linksTo('state-hub', 'team/app', 'app'),
    });
    expect(code).toBe(1);
    expect(out).toMatch(
      /Forgejo 11\.0\.2.* cannot link a package whose name holds a '\/'.*\(REG912\)/,
    );
    expect(out).toContain('Plan: 1 to link, 0 to unlink, 0 unchanged, 1 impossible.');
  });

  it('names a server without links over REST', async () => {
    const at = setup();
    at.gitea.configure({ release: '1.22.6' });
    at.addPackage('coulomb/container/app', ['v1']);
    const { code, out } = await links(at, ['plan'], { links: linksTo('state-hub', 'app') });
    expect({ code, out }).toEqual({
      code: 1,
      out: expect.stringMatching(/Gitea 1\.22\.6.*\(REG911\)/),
    });
  });

  it('goes on with other owners when one does not exist', async () => {
    const at = setup();
    at.addPackage('coulomb/container/app', ['v1']);
    const gone = { kind: 'organization', name: 'gone', visibility: 'public' };
    const missing = { owner: 'gone', type: 'container', name: 'x', repository: 'y' };
    const { code, out } = await links(at, ['plan'], {
      owners: [...OWNERS, gone],
      links: [missing, { ...missing, name: 'z' }, ...linksTo('state-hub', 'app')],
    });
    expect(code).toBe(1);
    expect(out.match(/\(REG320\)/g)).toHaveLength(1);
    expect(out).toContain('Plan: 1 to link, 0 to unlink, 0 unchanged, 2 impossible.');
  });

  it('shows one owner with --owner, and refuses one that is not declared', async () => {
    const at = setup();
    at.addPackage('coulomb/container/app', ['v1']);
    const declared = { links: linksTo('state-hub', 'app') };
    expect(await links(at, ['plan', '--owner', 'Coulomb'], declared)).toMatchObject({ code: 0 });
    const { code, err } = await links(at, ['plan', '--owner', 'mosaic'], declared);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('declared: coulomb') });
  });

  it('says where links are declared when there are none', async () => {
    const { code, out, err } = await links(setup(), ['plan'], {});
    expect({ code, out }).toEqual({ code: 0, out: 'Plan: 0 to link, 0 to unlink, 0 unchanged.\n' });
    expect(err).toContain('registry.linkPackages');
  });
});

describe('apply', () => {
  it('links what the declaration says, and does nothing the second time', async () => {
    const at = setup();
    at.gitea.addRepository('coulomb', 'old');
    at.addPackage('coulomb/container/app', ['v1']);
    at.addPackage('coulomb/container/tools', ['v1'], 'old');
    const declared = { links: linksTo('state-hub', 'app', 'tools') };
    const first = await links(at, ['apply', '--yes'], declared);
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toContain(
      '✔ coulomb/container/app: linked to coulomb/state-hub\n✔ coulomb/container/tools: moved to coulomb/state-hub\n2 changed, 0 unchanged.\n',
    );
    expect(linked(at)).toEqual({ app: 'state-hub', tools: 'state-hub' });
    const before = writes(at).length;
    const second = await links(at, ['apply'], declared);
    expect(second).toMatchObject({ code: 0, out: expect.stringContaining('2 unchanged') });
    expect(writes(at)).toHaveLength(before);
  });

  it('writes nothing where nobody can answer, with --dry-run, and after a no', async () => {
    const at = setup();
    at.addPackage('coulomb/container/app', ['v1']);
    const declared = { links: linksTo('state-hub', 'app') };
    expect((await links(at, ['apply'], declared)).code).toBe(2);
    expect((await links(at, ['apply', '--dry-run'], declared)).code).toBe(0);
    const no = await links(at, ['apply'], declared, { answers: ['n'] });
    expect(no).toMatchObject({ code: 1, err: expect.stringContaining('Change 1 link? [y/N]') });
    expect(writes(at)).toEqual([]);
    expect((await links(at, ['apply'], declared, { answers: ['yes'] })).code).toBe(0);
  });

  it('goes on when one fails, and ends with 1', async () => {
    const at = setup();
    at.addPackage('coulomb/container/app', ['v1']);
    at.addPackage('coulomb/container/lost', ['v1']);
    at.addPackage('coulomb/container/tools', ['v1']);
    const { code, out } = await links(at, ['apply', '--yes'], {
      links: [
        ...linksTo('state-hub', 'app'),
        ...linksTo('absent', 'lost'),
        ...linksTo('state-hub', 'tools'),
      ],
    });
    expect(code).toBe(1);
    expect(out).toMatch(/✖ coulomb\/container\/lost: .*\(REG914\)/);
    expect(out).toContain('2 changed, 0 unchanged, 1 failed.');
    expect(linked(at)).toEqual({ app: 'state-hub', lost: undefined, tools: 'state-hub' });
  });

  it('leaves a package where it was when its new repository refuses it', async () => {
    const at = setup();
    at.gitea.addRepository('coulomb', 'old');
    at.addPackage('coulomb/container/app', ['v1'], 'old');
    const { code, out } = await links(at, ['apply', '--yes'], { links: linksTo('absent', 'app') });
    expect(code).toBe(1);
    expect(out).toMatch(/✖ .*; it is linked to 'coulomb\/old' as before \(REG914\)/);
    expect(linked(at)).toEqual({ app: 'old' });
  });

  it('stops before the rest when the token has no right to write at all', async () => {
    const at = setup();
    at.addPackage('coulomb/container/app', ['v1']);
    at.addPackage('coulomb/container/tools', ['v1']);
    const token = at.gitea.createToken('ci', ['read:package']);
    const { code, out } = await links(
      at,
      ['apply', '--yes'],
      { links: linksTo('state-hub', 'app', 'tools') },
      { env: { GITEA_REGISTRY_TOKEN: token } },
    );
    expect(code).toBe(1);
    expect(out).toMatch(/\(REG314\)/);
    expect(out).toContain('0 changed, 0 unchanged, 1 failed, 1 not reached.');
    expect(writes(at)).toHaveLength(1);
  });

  it('stops between two changes at Ctrl-C, a move included, and says what was done', async () => {
    const at = setup();
    at.gitea.addRepository('coulomb', 'old');
    at.addPackage('coulomb/container/app', ['v1'], 'old');
    at.addPackage('coulomb/container/tools', ['v1']);
    const ctrlC = new AbortController();
    const [app] = at.gitea.state.packages;
    let { repositoryId } = app;
    Object.defineProperty(app, 'repositoryId', {
      configurable: true,
      get: () => repositoryId,
      set: (id: number) => (repositoryId = id),
    });
    const unlinked = new Proxy(app, {
      deleteProperty: () => {
        repositoryId = undefined;
        ctrlC.abort(new CommandError('interrupted', EXIT.INTERRUPTED));
        return true;
      },
    });
    at.gitea.state.packages[0] = unlinked;
    const { code, out } = await links(
      at,
      ['apply', '--yes'],
      { links: linksTo('state-hub', 'app', 'tools') },
      { interrupt: ctrlC.signal },
    );
    expect(code).toBe(130);
    expect(out).toContain('✔ coulomb/container/app: moved to coulomb/state-hub');
    expect(out).toContain('1 changed, 0 unchanged, 1 not reached.');
    expect(linked(at)).toEqual({ app: 'state-hub', tools: undefined });
  });

  it('names what a release cannot link, and links the rest', async () => {
    const at = setup();
    at.gitea.configure({ release: 'forgejo-11.0.2' });
    at.gitea.addRepository('coulomb', 'old');
    at.addPackage('coulomb/container/team/app', ['v1'], 'old');
    at.addPackage('coulomb/container/app', ['v1']);
    const { code, out } = await links(at, ['apply', '--yes'], {
      links: linksTo('state-hub', 'team/app', 'app'),
    });
    expect(code).toBe(1);
    expect(out).toMatch(
      /✖ coulomb\/container\/team\/app: cannot unlink .*Forgejo 11\.0\.2\S* cannot link a package whose name holds a '\/'.*\(REG912\)/,
    );
    expect(linked(at)).toEqual({ app: 'state-hub', 'team/app': 'old' });
    const dry = await links(at, ['apply', '--dry-run'], {
      links: linksTo('state-hub', 'team/app'),
    });
    expect(dry).toMatchObject({ code: 1, out: expect.stringContaining('1 impossible') });
  });

  it('gives the outcome of each link as JSON, beside the plan for people', async () => {
    const at = setup();
    at.addPackage('coulomb/container/app', ['v1']);
    const { out, err } = await links(at, ['apply', '--yes', '--output', 'json'], {
      links: linksTo('state-hub', 'app', 'absent'),
    });
    expect(JSON.parse(out).links).toMatchObject([
      { action: 'link', outcome: 'linked' },
      { action: 'impossible', code: 'REG913' },
    ]);
    expect(err).toContain('Plan: 1 to link');
  });

  it.each([
    ['links', 0],
    ['links and a move', 1],
    ['moves', 5],
  ])(
    'asks at most once for each 50 versions and ten times more to change five of 200 packages (%s)',
    async (_, moves) => {
      const at = setup();
      at.gitea.addRepository('coulomb', 'old');
      const names = Array.from({ length: 200 }, (_, index) => `app-${index}`);
      names.forEach((name, index) => {
        const repository = index >= 5 ? 'state-hub' : index < moves ? 'old' : undefined;
        at.addPackage(`coulomb/container/${name}`, ['v1', 'v2', 'v3'], repository);
      });
      const { code, out } = await links(at, ['apply', '--yes'], {
        links: linksTo('state-hub', ...names),
      });
      expect({ code, out }).toEqual({
        code: 0,
        out: expect.stringContaining('5 changed, 195 unchanged.'),
      });
      expect(at.gitea.requests.length).toBeLessThanOrEqual(Math.ceil(600 / 50) + 10);
    },
  );
});
