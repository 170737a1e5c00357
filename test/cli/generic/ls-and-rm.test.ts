import { EXIT } from '../../../src/cli/exit';
import { forge } from '../forge';
import type { Run } from '../run-command';

const setup = forge();

async function generic(...args: readonly string[]): Promise<Run> {
  return setup().run(['generic', ...args]);
}

async function stored(name: string, content: string, ...options: readonly string[]): Promise<void> {
  const args = ['generic', 'put', 'coulomb/tool@1.0.0', '-', '--name', name, ...options];
  expect(await setup().run(args, { stdin: content })).toMatchObject({ code: 0 });
}

function names(): string[] {
  return setup()
    .gitea.state.packages.flatMap(({ versions }) => versions.flatMap(({ files }) => files))
    .map(({ name }) => name)
    .sort();
}

describe('generic ls', () => {
  it('lists the generic packages of an owner, and the versions of one', async () => {
    const { addPackage } = setup();
    addPackage('coulomb/generic/tool', ['1.0.0', '2.0.0']);
    addPackage('coulomb/generic/other', ['1']);
    addPackage('coulomb/container/state-hub', ['v1']);
    const { out } = await generic('ls', 'coulomb');
    expect(out).toMatch(/^PACKAGE +VERSION +CREATED\n/);
    expect(out).toContain('coulomb/tool');
    expect(out).toContain('coulomb/other');
    expect(out).not.toContain('state-hub');
    const versions = await generic('ls', 'coulomb/tool', '--output', 'json');
    expect(JSON.parse(versions.out)).toMatchObject([
      { name: 'tool', version: '2.0.0' },
      { name: 'tool', version: '1.0.0' },
    ]);
  });

  it('says that there is none', async () => {
    expect(await generic('ls', 'coulomb')).toEqual({
      code: 0,
      out: '',
      err: "'coulomb' has no generic package that this account may see\n",
    });
    expect((await generic('ls', 'coulomb/none')).err).toContain("'coulomb/none' has no");
  });

  it('shows a file in parts as one, and its parts with --all', async () => {
    await stored('a', '0123456789', '--chunk-size', '4');
    await stored('b', 'b');
    const { out, err } = await generic('ls', 'coulomb/tool@1.0.0');
    expect(err).toBe('');
    expect(out.split('\n').map((line) => line.replace(/[0-9a-f]{64}/, '…'))).toEqual([
      `SIZE  ${'SHA256'.padEnd(64)}  FILE`,
      '10    …  a (3 parts)',
      '1     …  b',
      '',
    ]);
    const all = await generic('ls', 'coulomb/tool@latest', '--all', '--output', 'json');
    expect(all.err).toBe('coulomb/tool@latest is version 1.0.0\n');
    expect(
      (JSON.parse(all.out).files as { readonly name: string }[]).map(({ name }) => name).sort(),
    ).toEqual(names());
    const { files } = JSON.parse(
      (await generic('ls', 'coulomb/tool@1.0.0', '--output', 'json')).out,
    );
    expect(files).toMatchObject([
      { name: 'a', version: '1.0.0', size: 10, parts: 3, url: null },
      { name: 'b', version: '1.0.0', size: 1, url: expect.stringContaining('/b') },
    ]);
  });

  it('tells of an upload in parts that did not end, and of one that is not whole', async () => {
    await stored('a.part-00001', 'x');
    await stored('f', '0123456789', '--chunk-size', '4');
    const [version] = setup().gitea.state.packages.flatMap(({ versions }) => versions);
    version.files.splice(
      version.files.findIndex(({ name }) => name === 'f.part-00002'),
      1,
    );
    const { out, err } = await generic('ls', 'coulomb/tool@1.0.0');
    expect(err).toMatch(/^there are parts of 'a' without a manifest: /);
    expect(out).toContain("f (not whole: 'f.part-00002' is missing, ");
  });

  it('fails for a version that is not there', async () => {
    expect(await generic('ls', 'coulomb/tool@9')).toMatchObject({
      code: EXIT.FAILED,
      err: expect.stringContaining("'coulomb/tool@9' is not there"),
    });
  });
});

describe('generic rm', () => {
  it('prints its plan, and deletes nothing where nobody can answer', async () => {
    await stored('a', 'a');
    await stored('b', 'b');
    const run = await generic('rm', 'coulomb/tool@1.0.0/a');
    expect(run).toMatchObject({
      code: EXIT.USAGE,
      out: 'Plan: delete coulomb/tool@1.0.0/a:\nSIZE  FILE\n1 B   a\n',
    });
    expect(names()).toEqual(['a', 'b']);
  });

  it('deletes with a yes', async () => {
    await stored('a', 'a');
    await stored('b', 'b');
    expect(await generic('rm', 'coulomb/tool@1.0.0/a', '--yes')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\nSTATUS +NAME\ndeleted +a\n$/),
    });
    expect(names()).toEqual(['b']);
    const { out } = await generic('rm', 'coulomb/tool@1.0.0', '--yes', '--output', 'json');
    expect(JSON.parse(out)).toMatchObject({
      package: 'coulomb/generic/tool@1.0.0',
      files: [{ name: 'b', size: 1, status: 'deleted' }],
    });
    expect(names()).toEqual([]);
  });

  it('deletes all of a file in parts, and asks before', async () => {
    await stored('a', '0123456789', '--chunk-size', '4');
    const args = ['generic', 'rm', 'coulomb/tool@1.0.0/a'];
    const run = await setup().run(args, { answers: ['yes'] });
    expect(run.err).toContain('Delete the version with 4 files? [y/N] ');
    expect(run.out).toContain('! these are its last files: the version goes with them\n');
    expect(run.code).toBe(0);
    expect(names()).toEqual([]);
  });

  it('deletes nothing with --dry-run', async () => {
    await stored('a', 'a');
    expect(await generic('rm', 'coulomb/tool@1.0.0', '--dry-run')).toMatchObject({
      code: 0,
      out: 'Plan: delete coulomb/tool@1.0.0:\nSIZE  FILE\n1 B   a\n',
    });
    const { out } = await generic('rm', 'coulomb/tool@1.0.0', '--dry-run', '--output', 'json');
    expect(JSON.parse(out).files).toMatchObject([{ name: 'a', status: 'planned' }]);
    expect(names()).toEqual(['a']);
  });

  it("deletes a version that is called 'latest', and never the latest one", async () => {
    await stored('a', 'a');
    expect(await generic('rm', 'coulomb/tool@latest', '--yes')).toMatchObject({
      code: EXIT.FAILED,
      err: expect.stringContaining("'coulomb/tool@latest' is not there"),
    });
    expect(names()).toEqual(['a']);
  });

  it('says what could not be deleted', async () => {
    await stored('a', 'a');
    const env = { GITEA_REGISTRY_TOKEN: setup().gitea.createToken('ci', ['read:package']) };
    const run = await setup().run(['generic', 'rm', 'coulomb/tool@1.0.0', '--yes'], { env });
    expect(run.code).toBe(EXIT.FAILED);
    expect(run.err).toMatch(/write:package/);
    expect(names()).toEqual(['a']);
  });
});
