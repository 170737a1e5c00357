import {
  digestOf,
  imageOf,
  INDEX_TYPE,
  indexOf,
  pushImage,
  pushManifest,
} from '../../testing/images';
import type { TestImage } from '../../testing/images';
import { CommandError, EXIT } from '../../../src/cli/exit';
import type { Forge } from '../forge';
import { forge } from '../forge';

const setup = forge();

const amd64 = imageOf('amd64');
const arm64 = imageOf('arm64');

function place({ gitea, token }: Forge) {
  const headers = { Authorization: `Basic ${Buffer.from(`ci:${token}`).toString('base64')}` };
  return { url: gitea.url, repository: 'coulomb/state-hub', headers };
}

async function push(at: Forge, reference: string, image: TestImage): Promise<void> {
  expect((await pushImage(place(at), reference, image)).status).toBe(201);
}

/** Two images by digest, and an index over both under a tag. */
async function pushIndex(at: Forge, tag: string): Promise<void> {
  await push(at, digestOf(amd64.manifest), amd64);
  await push(at, digestOf(arm64.manifest), arm64);
  const answer = await pushManifest(place(at), tag, indexOf(amd64, arm64), INDEX_TYPE);
  expect(answer.status).toBe(201);
}

function versions({ gitea }: Forge, name = 'state-hub'): string[] {
  const found = gitea.state.packages.find((each) => each.name === name);
  return (found?.versions ?? []).filter((each) => !each.isInternal).map(({ version }) => version);
}

const writes = ({ gitea }: Forge): string[] =>
  gitea.requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path);

it('prints what goes and deletes it once it is confirmed', async () => {
  const at = setup();
  at.addPackage('coulomb/generic/tools', ['1.0', '2.0']);
  expect(await at.run(['rm', 'coulomb/generic/tools@1.0', '--yes'])).toEqual({
    code: 0,
    out: 'Delete from coulomb/generic/tools:\n  1.0\nPlan: 1 to delete.\ncoulomb/generic/tools: 1 deleted\n',
    err: '',
  });
  expect(versions(at, 'tools')).toEqual(['2.0']);
});

it('asks on a terminal, and takes only a yes', async () => {
  const at = setup();
  at.addPackage('coulomb/generic/tools', ['1.0', '2.0']);
  for (const answer of ['', 'n', 'maybe', undefined]) {
    const { code, err } = await at.run(['rm', 'coulomb/generic/tools@1.0'], { answers: [answer] });
    expect({ answer, code }).toEqual({ answer, code: 1 });
    expect(err).toMatch(/Delete 1 version\? \[y\/N\] .*nothing was written/s);
  }
  expect(writes(at)).toEqual([]);
  expect((await at.run(['rm', 'coulomb/generic/tools@1.0'], { answers: ['y'] })).code).toBe(0);
  expect(versions(at, 'tools')).toEqual(['2.0']);
});

it('prints the plan and writes nothing where nobody can answer', async () => {
  const at = setup();
  at.addPackage('coulomb/generic/tools', ['1.0']);
  const { code, out, err } = await at.run(['rm', 'coulomb/generic/tools@1.0']);
  expect({ code, writes: writes(at) }).toEqual({ code: 2, writes: [] });
  expect(out).toContain('Plan: 1 to delete.');
  expect(err).toContain('--yes confirms');
});

it('only shows with --dry-run, as JSON too', async () => {
  const at = setup();
  at.addPackage('coulomb/generic/tools', ['1.0']);
  const argv = ['rm', 'coulomb/generic/tools@1.0', '--dry-run'];
  expect(await at.run(argv)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/its link ends with the next cleanup \(REG917\)\nPlan: 1 to delete/),
  });
  const { out, err } = await at.run([...argv, '--output', 'json']);
  expect(JSON.parse(out)).toEqual({
    schemaVersion: '1',
    target: { host: at.host },
    package: 'coulomb/generic/tools',
    versions: [{ version: '1.0', outcome: 'planned' }],
  });
  expect(err).toContain('Plan: 1 to delete.');
  expect(writes(at)).toEqual([]);
});

it('says what is not there, and deletes nothing else instead', async () => {
  const at = setup();
  at.addPackage('coulomb/generic/tools', ['1.0']);
  for (const name of ['coulomb/generic/tools@2.0', 'coulomb/generic/tool@1.0']) {
    const { code, err } = await at.run(['rm', name, '--yes']);
    expect({ name, code }).toEqual({ name, code: 1 });
    expect(err).toContain('(REG913)');
  }
  expect(writes(at)).toEqual([]);
});

it('deletes a whole package only with --all-versions', async () => {
  const at = setup();
  at.addPackage('coulomb/generic/tools', ['1.0', '2.0', '3.0']);
  const refused = await at.run(['rm', 'coulomb/generic/tools', '--yes']);
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toContain("has 3 versions: name one as 'coulomb/generic/tools@VERSION'");
  const { code, out } = await at.run(['rm', 'coulomb/generic/tools', '--all-versions', '--yes']);
  expect(code).toBe(0);
  expect(out).toMatch(/ {2}3\.0\n {2}2\.0\n {2}1\.0\n[^]*3 deleted/);
  expect(versions(at, 'tools')).toEqual([]);
});

describe('an image', () => {
  it('that a tagged index needs is refused, and named', async () => {
    const at = setup();
    await pushIndex(at, 'v1');
    const digest = digestOf(amd64.manifest);
    const { code, err } = await at.run(['rm', `coulomb/container/state-hub@${digest}`, '--yes']);
    expect({ code, writes: writes(at) }).toEqual({ code: 1, writes: [] });
    expect(err).toMatch(/is part of 'v1', which could no longer be pulled.*\(REG727\)/);
  });

  it('that a tagged index needs goes with --force, and the plan says so', async () => {
    const at = setup();
    await pushIndex(at, 'v1');
    const digest = digestOf(amd64.manifest);
    const argv = ['rm', `coulomb/container/state-hub@${digest}`, '--force', '--yes'];
    const { code, out } = await at.run(argv);
    expect(code).toBe(0);
    expect(out).toContain('! v1 can no longer be pulled then (REG727)');
    expect(versions(at)).not.toContain(digest);
  });

  it('that only a tag holds is refused as well when an index needs it', async () => {
    const at = setup();
    await push(at, 'v1-amd64', amd64);
    await push(at, digestOf(arm64.manifest), arm64);
    await pushManifest(place(at), 'v1', indexOf(amd64, arm64), INDEX_TYPE);
    const argv = ['rm', 'coulomb/container/state-hub@v1-amd64', '--yes'];
    expect(await at.run(argv)).toMatchObject({ code: 1, out: '' });
    await push(at, 'v2-amd64', amd64);
    expect(await at.run(argv)).toMatchObject({ code: 0 });
    expect(versions(at)).toContain('v1');
  });

  it('that nothing needs goes, and what an index leaves behind is counted', async () => {
    const at = setup();
    await pushIndex(at, 'v1');
    const { code, out } = await at.run(['rm', 'coulomb/container/state-hub@v1', '--yes']);
    expect(code).toBe(0);
    expect(out).toContain('its 2 images stay, without a tag (REG726)');
    expect(versions(at).sort()).toEqual(
      [amd64, arm64].map(({ manifest }) => digestOf(manifest)).sort(),
    );
    const digest = digestOf(amd64.manifest);
    expect(await at.run(['rm', `coulomb/container/state-hub@${digest}`, '--yes'])).toMatchObject({
      code: 0,
    });
  });

  it('goes as a whole tags first, so that no index is left without its images', async () => {
    const at = setup();
    await pushIndex(at, 'v1');
    await push(at, 'v2', amd64);
    const argv = ['rm', 'coulomb/container/state-hub', '--all-versions', '--yes'];
    expect((await at.run(argv)).code).toBe(0);
    const order = writes(at).map((path) => decodeURIComponent(path.split('/').at(-1)!));
    expect(order.slice(0, 2).sort()).toEqual(['v1', 'v2']);
    expect(order).toHaveLength(4);
  });

  it('whose manifests cannot be read is refused, because nobody knows what needs it', async () => {
    const at = setup();
    at.addPackage('coulomb/container/broken', ['v1', 'v2']);
    const refused = await at.run(['rm', 'coulomb/container/broken@v1', '--yes']);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain(
      "what needs 'v1' cannot be read; --force deletes it all the same",
    );
    const forced = await at.run(['rm', 'coulomb/container/broken@v1', '--yes', '--force']);
    expect(forced).toMatchObject({ code: 0, err: expect.stringContaining('warning: ') });
    expect(versions(at, 'broken')).toEqual(['v2']);
  });
});

it('names a token that may only read before it asks', async () => {
  const at = setup();
  at.addPackage('coulomb/generic/tools', ['1.0']);
  const token = at.gitea.createToken('ci', ['read:package']);
  const { code, err } = await at.run(['rm', 'coulomb/generic/tools@1.0'], {
    env: { GITEA_REGISTRY_TOKEN: token },
    answers: ['y'],
  });
  expect({ code, writes: writes(at) }).toEqual({ code: 1, writes: [] });
  expect(err).toMatch(/the token has read:package, and needs write:package.*\(REG314\)/);
  expect(err).not.toContain('[y/N]');
});

it('ends with 1 when the server refuses, and goes on with the others', async () => {
  const at = setup();
  at.gitea.addUser('reader');
  at.gitea.addTeam('coulomb', 'readers', { packages: 'read', members: ['reader'] });
  at.addPackage('coulomb/generic/tools', ['1.0', '2.0']);
  const token = at.gitea.createToken('reader', ['write:package']);
  const { code, out } = await at.run(
    ['rm', 'coulomb/generic/tools', '--all-versions', '--yes', '--output', 'json'],
    { env: { GITEA_REGISTRY_TOKEN: token } },
  );
  expect(code).toBe(1);
  const outcomes = JSON.parse(out).versions as { outcome: string; code: string }[];
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
  expect(versions(at, 'tools')).toEqual(['1.0', '2.0']);
});

it('stops between two versions at Ctrl-C, says what is gone and ends with 130', async () => {
  const at = setup();
  at.addPackage('coulomb/generic/tools', ['1.0', '2.0', '3.0']);
  const ctrlC = new AbortController();
  const rows = at.gitea.state.packages[0].versions;
  rows.splice = (...place: [number, number]) => {
    ctrlC.abort(new CommandError('interrupted', EXIT.INTERRUPTED));
    return Array.prototype.splice.apply(rows, place);
  };
  const argv = ['rm', 'coulomb/generic/tools', '--all-versions', '--yes'];
  const { code, out, err } = await at.run(argv, { interrupt: ctrlC.signal });
  expect({ code, err }).toEqual({ code: 130, err: 'error: interrupted\n' });
  expect(out).toContain('1 deleted, 2 not reached');
  expect(versions(at, 'tools')).toEqual(['1.0', '2.0']);
});
