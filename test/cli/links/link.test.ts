import type { Forge } from '../forge';
import { forge } from '../forge';

const setup = forge();

const PACKAGE = 'coulomb/container/state-hub';

/** Name of the repository the only package is linked to. */
function linked({ gitea }: Forge): string | undefined {
  const { packages, repositories } = gitea.state;
  return repositories.find(({ id }) => id === packages[0].repositoryId)?.name;
}

const writes = ({ gitea }: Forge): number =>
  gitea.requests.filter(({ method }) => method !== 'GET').length;

describe('link', () => {
  it('links, and is fine the second time', async () => {
    const at = setup();
    at.addPackage(PACKAGE, ['v1']);
    const argv = ['link', PACKAGE, 'state-hub'];
    expect(await at.run(argv)).toEqual({
      code: 0,
      out: `linked: ${PACKAGE} to coulomb/state-hub\n`,
      err: '',
    });
    expect(linked(at)).toBe('state-hub');
    expect(await at.run(argv)).toMatchObject({
      code: 0,
      out: `already linked: ${PACKAGE} to coulomb/state-hub\n`,
    });
    const { out } = await at.run([...argv, '--output', 'json']);
    expect(JSON.parse(out)).toEqual({
      schemaVersion: '1',
      target: { host: at.host },
      package: PACKAGE,
      repository: 'coulomb/state-hub',
      outcome: 'unchanged',
    });
  });

  it('takes the repository with its owner, and no other owner', async () => {
    const at = setup();
    at.addPackage(PACKAGE, ['v1']);
    expect((await at.run(['link', PACKAGE, 'Coulomb/state-hub'])).code).toBe(0);
    const { code, err } = await at.run(['link', PACKAGE, 'mosaic/state-hub']);
    expect(code).toBe(2);
    expect(err).toMatch(/'mosaic\/state-hub' must belong to 'coulomb'.*\(REG914\)/);
  });

  it('refuses a version, a wrong repository name and a wrong package before it asks', async () => {
    const { run, gitea } = setup();
    for (const [name, repository, says] of [
      [`${PACKAGE}@v1`, 'state-hub', `write '${PACKAGE}', without a version`],
      [PACKAGE, 'state hub', '(REG914)'],
      [PACKAGE, 'state-hub.git', '(REG914)'],
      ['coulomb/state-hub', 'state-hub', '(REG913)'],
    ]) {
      const { code, err } = await run(['link', name, repository]);
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(says) });
    }
    expect(gitea.requests).toEqual([]);
  });

  it('takes a package from another repository only with --move', async () => {
    const at = setup();
    at.gitea.addRepository('coulomb', 'old');
    at.addPackage(PACKAGE, ['v1'], 'old');
    const { code, err } = await at.run(['link', PACKAGE, 'state-hub']);
    expect({ code, writes: writes(at) }).toEqual({ code: 1, writes: 0 });
    expect(err).toMatch(/is linked to 'coulomb\/old', .*--move takes it from there \(REG917\)/);
  });

  it('moves once it is confirmed, and says from where', async () => {
    const at = setup();
    at.gitea.addRepository('coulomb', 'old');
    at.addPackage(PACKAGE, ['v1'], 'old');
    const argv = ['link', PACKAGE, 'state-hub', '--move'];
    expect(await at.run(argv)).toMatchObject({
      code: 2,
      out: expect.stringContaining('Plan: unlink'),
    });
    expect((await at.run(argv, { answers: ['n'] })).code).toBe(1);
    expect((await at.run([...argv, '--dry-run'])).out).toBe(
      `Plan: unlink ${PACKAGE} from coulomb/old, link it to coulomb/state-hub.\n`,
    );
    expect(linked(at)).toBe('old');
    const { code, out, err } = await at.run([...argv, '--yes', '--output', 'json']);
    expect({ code, outcome: JSON.parse(out) }).toMatchObject({
      code: 0,
      outcome: { outcome: 'moved', previous: 'coulomb/old' },
    });
    expect(err).toContain('Plan: unlink');
    expect(linked(at)).toBe('state-hub');
  });

  it('puts the old link back when the new repository refuses it', async () => {
    const at = setup();
    at.gitea.addRepository('coulomb', 'old');
    at.addPackage(PACKAGE, ['v1'], 'old');
    const { code, err } = await at.run(['link', PACKAGE, 'absent', '--move', '--yes']);
    expect({ code, linked: linked(at) }).toEqual({ code: 1, linked: 'old' });
    expect(err).toMatch(/it is linked to 'coulomb\/old' as before \(REG914\)/);
  });

  it('writes nothing with --dry-run', async () => {
    const at = setup();
    at.addPackage(PACKAGE, ['v1']);
    const { code, out } = await at.run(['link', PACKAGE, 'state-hub', '--dry-run']);
    expect({ code, out }).toEqual({
      code: 0,
      out: `Plan: link ${PACKAGE} to coulomb/state-hub.\n`,
    });
    expect((await at.run(['link', 'coulomb/container/x', 'state-hub', '--dry-run'])).code).toBe(1);
    expect(writes(at)).toBe(0);
  });

  it.each([
    ['a package that is not there', ['link', 'coulomb/container/absent', 'state-hub'], 'REG913'],
    ['a repository that is not there', ['link', PACKAGE, 'absent'], 'REG914'],
    ['a repository whose packages unit is off', ['link', PACKAGE, 'fork'], 'REG915'],
  ])('names %s', async (_, argv, code) => {
    const at = setup();
    at.gitea.addRepository('coulomb', 'fork', { hasPackages: false });
    at.addPackage(PACKAGE, ['v1']);
    const run = await at.run(argv);
    expect(run).toMatchObject({ code: 1, out: '' });
    expect(run.err).toContain(`(${code})`);
  });
});

describe('unlink', () => {
  it('takes the link away once it is confirmed, and is fine the second time', async () => {
    const at = setup();
    at.addPackage(PACKAGE, ['v1'], 'state-hub');
    const argv = ['unlink', PACKAGE];
    expect(await at.run(argv)).toMatchObject({
      code: 2,
      out: `Plan: unlink ${PACKAGE} from coulomb/state-hub.\n`,
    });
    expect((await at.run([...argv, '--dry-run'])).code).toBe(0);
    expect((await at.run(argv, { answers: [undefined] })).code).toBe(1);
    expect(writes(at)).toBe(0);
    expect(await at.run([...argv, '--yes'])).toMatchObject({
      code: 0,
      out: expect.stringContaining(`unlinked: ${PACKAGE} from coulomb/state-hub`),
    });
    expect(linked(at)).toBeUndefined();
    const { code, out } = await at.run([...argv, '--yes', '--output', 'json']);
    expect({ code, document: JSON.parse(out) }).toMatchObject({
      code: 0,
      document: { outcome: 'unchanged', repository: null },
    });
  });

  it('names a package that is not there', async () => {
    const { code, err } = await setup().run(['unlink', 'coulomb/container/absent', '--yes']);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('(REG913)') });
  });
});
