import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, EXIT } from '../../../src/cli/exit';
import { FaultProxy } from '../../../src/testing';
import { until } from '../../testing/fault-proxy/until';
import { forge } from '../forge';
import type { Run, Surroundings } from '../run-command';

const setup = forge();

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

async function stored(name: string, content: string, version = '1.0.0'): Promise<void> {
  const args = ['generic', 'put', `coulomb/tool@${version}`, '-', '--name', name];
  expect(await setup().run(args, { stdin: content })).toMatchObject({ code: 0 });
}

async function get(args: readonly string[], surroundings?: Partial<Surroundings>): Promise<Run> {
  return setup().run(['generic', 'get', ...args], surroundings);
}

function read(name: string): string {
  return readFileSync(join(setup().folder, name), 'utf8');
}

const isFile = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method === 'GET' && path.startsWith('/api/packages/');

it('writes one file into the working folder', async () => {
  await stored('a.txt', 'hello');
  expect(await get(['coulomb/tool@1.0.0/a.txt'])).toEqual({
    code: 0,
    out: `STATUS      SIZE  SHA256                                                            PATH\ndownloaded  5     ${sha256('hello')}  a.txt\n`,
    err: 'a.txt: downloading, 5 B\na.txt: downloaded, 5 B\n',
  });
  expect(read('a.txt')).toBe('hello');
});

it.each([
  ['a file', 'b.txt', 'b.txt'],
  ['a file in a folder that is not there', 'new/b.txt', 'new/b.txt'],
  ['a folder that is there', 'there', 'there/a.txt'],
  ['a folder by its slash', 'other/', 'other/a.txt'],
])('writes to %s', async (_, path, expected) => {
  await stored('a.txt', 'hello');
  mkdirSync(join(setup().folder, 'there'));
  expect(await get(['coulomb/tool@1.0.0/a.txt', '-o', path])).toMatchObject({
    code: 0,
    out: expect.stringContaining(`  ${expected}\n`),
  });
  expect(read(expected)).toBe('hello');
});

it('writes all files of a version into a folder', async () => {
  await stored('a.txt', 'a');
  await stored('b.txt', 'b');
  const run = await get(['coulomb/tool@1.0.0', '-o', 'out', '--output', 'json']);
  const { folder, gitea, host } = setup();
  expect(JSON.parse(run.out)).toEqual({
    schemaVersion: '1',
    target: { host },
    package: 'coulomb/generic/tool@1.0.0',
    files: ['a', 'b'].map((content) => ({
      name: `${content}.txt`,
      version: '1.0.0',
      size: 1,
      sha256: sha256(content),
      sha512: expect.stringMatching(/^[0-9a-f]{128}$/),
      url: `${gitea.url}/api/packages/coulomb/generic/tool/1.0.0/${content}.txt`,
      path: join(folder, 'out', `${content}.txt`),
      status: 'downloaded',
    })),
  });
  expect(read('out/a.txt') + read('out/b.txt')).toBe('ab');
});

it('takes the latest version and says which one it is', async () => {
  await stored('a.txt', 'ten', '1.10.0');
  await stored('a.txt', 'nine', '1.9.0');
  const { err, code } = await get(['coulomb/tool@latest/a.txt']);
  expect(code).toBe(0);
  expect(err).toMatch(/^coulomb\/tool@latest is version 1\.10\.0\n/);
  expect(read('a.txt')).toBe('ten');
});

it('keeps what is there unless it is forced', async () => {
  await stored('a.txt', 'hello');
  writeFileSync(join(setup().folder, 'a.txt'), 'mine');
  expect(await get(['coulomb/tool@1.0.0/a.txt'])).toMatchObject({
    code: EXIT.FAILED,
    err: expect.stringMatching(
      /^a\.txt: '.*a\.txt' is there with other content: --force replaces it\n$/,
    ),
  });
  expect(read('a.txt')).toBe('mine');
  expect(await get(['coulomb/tool@1.0.0/a.txt', '--force'])).toMatchObject({ code: 0 });
  expect(read('a.txt')).toBe('hello');
});

it('shows with --dry-run what it would write', async () => {
  await stored('a.txt', 'hello');
  await stored('b.txt', 'hello');
  writeFileSync(join(setup().folder, 'b.txt'), 'mine');
  expect(await get(['coulomb/tool@1.0.0', '--dry-run'])).toEqual({
    code: EXIT.FAILED,
    out: 'ACTION   SIZE  PATH\nget      5 B   a.txt\nreplace  5 B   b.txt\n',
    err: '',
  });
  expect(await get(['coulomb/tool@1.0.0', '--dry-run', '--force'])).toMatchObject({ code: 0 });
  const { out } = await get(['coulomb/tool@1.0.0', '--dry-run', '--output', 'json', '-o', 'new']);
  expect(JSON.parse(out).files).toMatchObject([{ action: 'get' }, { action: 'get' }]);
  expect(readdirSync(setup().folder)).toEqual(['b.txt']);
});

it('says that a folder cannot be made', async () => {
  await stored('a.txt', 'hello');
  writeFileSync(join(setup().folder, 'file'), '');
  expect(await get(['coulomb/tool@1.0.0', '-o', 'file/sub'])).toMatchObject({
    code: EXIT.USAGE,
    err: expect.stringMatching(/'.*file\/sub' cannot be made: a part of its path is no folder/),
  });
});

describe('standard output', () => {
  it('gets the bytes alone', async () => {
    await stored('a.txt', 'hello');
    const run = await get(['coulomb/tool@1.0.0/a.txt', '-o', '-']);
    expect(run).toMatchObject({ code: 0, out: 'hello' });
    expect(run.err).toContain(`a.txt: sha256 ${sha256('hello')}, as listed\n`);
    expect(readdirSync(setup().folder)).toEqual([]);
  });

  it('gets no word of progress where it is a terminal', async () => {
    await stored('a.txt', 'hello');
    const run = await get(['coulomb/tool@1.0.0/a.txt', '-o', '-'], { outIsTerminal: true });
    expect(run.err).not.toContain('downloading');
  });

  it('makes the command fail at the end when the bytes are wrong', async () => {
    await stored('a.txt', 'hello');
    const proxy = await FaultProxy.start(setup().gitea.url);
    try {
      proxy.set({ flippedByte: { match: isFile } });
      const env = { GITEA_REGISTRY_URL: proxy.url };
      const run = await get(['coulomb/tool@1.0.0/a.txt', '-o', '-'], { env });
      expect(run.code).toBe(EXIT.FAILED);
      expect(run.err).toMatch(/are NOT the ones the API lists.*\(REG735\)/);
    } finally {
      await proxy.close();
    }
  });

  it.each([
    [['coulomb/tool@1.0.0', '-o', '-'], /'-o -' is for one file/],
    [['coulomb/tool@1.0.0/a', '-o', '-', '--output', 'json'], /take --output json away/],
  ])('is refused for %j', async (args, message) => {
    const { code, err } = await get(args);
    expect(err).toMatch(message);
    expect(code).toBe(EXIT.USAGE);
  });
});

it.each([
  [['coulomb/tool@2.0.0'], /'coulomb\/tool@2\.0\.0' is not there; 'generic ls coulomb\/tool'/],
  [['coulomb/tool@1.0.0/a.tx'], /is not there; there is 'a\.txt' \(REG913\)/],
  [['coulomb/none@latest'], /'coulomb\/none' has no version/],
])('fails for what is not there: %j', async (args, message) => {
  await stored('a.txt', 'hello');
  const { code, err } = await get(args);
  expect(err).toMatch(message);
  expect(code).toBe(EXIT.FAILED);
});

it.each(['0', '9', 'x', '1.5'])('refuses --parallel %s', async (count) => {
  expect(await get(['coulomb/tool@1.0.0', '--parallel', count])).toMatchObject({
    code: EXIT.USAGE,
    err: expect.stringContaining('give a number from 1 to 8'),
  });
});

it('never takes a name of the server for a path', async () => {
  await stored('a.txt', 'hello');
  const [version] = setup().gitea.state.packages.flatMap(({ versions }) => versions);
  const [file] = version.files;
  version.files.push({ ...file, id: 999, name: '../evil' });
  const { code, err } = await get(['coulomb/tool@1.0.0', '-o', 'out']);
  expect(code).not.toBe(0);
  expect(err).toMatch(/the server lists a file '\.\.\/evil', .*: it is written nowhere \(REG920\)/);
  expect(existsSync(join(setup().folder, 'evil'))).toBe(false);
  expect(readdirSync(setup().folder)).toEqual([]);
});

it('ends with 130 when it is interrupted, keeps what came, and says how to go on', async () => {
  await stored('a.txt', 'hello world');
  const proxy = await FaultProxy.start(setup().gitea.url);
  try {
    proxy.set({ responseCut: { afterBytes: 5, how: 'silence', match: isFile } });
    const env = { GITEA_REGISTRY_URL: proxy.url };
    const interrupt = new AbortController();
    const running = get(['coulomb/tool@1.0.0/a.txt'], { env, interrupt: interrupt.signal });
    await until(() => firstBytes() === 'hello');
    interrupt.abort(new CommandError('interrupted', EXIT.INTERRUPTED));
    const { code, err } = await running;
    expect(code).toBe(EXIT.INTERRUPTED);
    expect(err).toContain(
      "what came is kept in 'a.txt.partial': repeat the same command to go on from there\n",
    );
    proxy.reset();
    expect(await get(['coulomb/tool@1.0.0/a.txt'], { env })).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\nresumed /),
      err: expect.stringContaining('a.txt: downloading on from 5 B of 11 B\n'),
    });
    expect(readdirSync(setup().folder)).toEqual(['a.txt']);
  } finally {
    await proxy.close();
  }
});

function firstBytes(): string {
  const path = join(setup().folder, 'a.txt.partial');
  return existsSync(path) ? readFileSync(path, 'utf8').slice(0, 5) : '';
}
