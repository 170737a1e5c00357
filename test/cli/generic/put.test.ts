import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, EXIT } from '../../../src/cli/exit';
import { FaultProxy } from '../../../src/testing';
import { environmentVariable } from '../../support/temporary';
import { until } from '../../testing/fault-proxy/until';
import type { Forge } from '../forge';
import { forge } from '../forge';
import type { Run } from '../run-command';

const setup = forge();

const setTmpdir = environmentVariable('TMPDIR');

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const sha512 = (text: string): string => createHash('sha512').update(text).digest('hex');

function write(name: string, content: string): void {
  mkdirSync(join(setup().folder, 'build'), { recursive: true });
  writeFileSync(join(setup().folder, name), content);
}

/** `name: content` of what the version holds. */
function contents({ gitea }: Forge = setup()): { [name: string]: string } {
  const { packages, blobs } = gitea.state;
  const files = packages.flatMap(({ versions }) => versions.flatMap((version) => version.files));
  return Object.fromEntries(
    files.map((file) => [file.name, blobs.get(file.sha256)!.toString('utf8')]),
  );
}

/** Methods and paths of requests below `/api/packages`. */
function requests(): string[] {
  return setup()
    .gitea.requests.filter(({ path }) => path.startsWith('/api/packages/'))
    .map(({ method, path }) => `${method} ${path}`);
}

async function put(...args: readonly string[]): Promise<Run> {
  return setup().run(['generic', 'put', 'coulomb/tool@1.0.0', ...args]);
}

it('puts files, says so on stdout with checksums, and how it went on stderr', async () => {
  write('a.txt', 'hello');
  expect(await put('a.txt')).toEqual({
    code: 0,
    out: `STATUS    SIZE  SHA256                                                            FILE\nuploaded  5     ${sha256('hello')}  a.txt\n`,
    err: 'a.txt: uploading, 5 B\na.txt: uploaded, 5 B\n',
  });
  expect(contents()).toEqual({ 'a.txt': 'hello' });
});

it('gives a document with every checksum', async () => {
  write('a.txt', 'hello');
  write('build/b', 'other');
  await put('build/b');
  write('build/b', 'changed');
  const { code, out } = await put('a.txt', 'build/b', '--output', 'json');
  const { host, gitea } = setup();
  expect(code).toBe(EXIT.FAILED);
  expect(JSON.parse(out)).toEqual({
    schemaVersion: '1',
    target: { host },
    package: 'coulomb/generic/tool@1.0.0',
    files: [
      {
        name: 'a.txt',
        version: '1.0.0',
        size: 5,
        sha256: sha256('hello'),
        sha512: sha512('hello'),
        url: `${gitea.url}/api/packages/coulomb/generic/tool/1.0.0/a.txt`,
        status: 'uploaded',
      },
      {
        name: 'b',
        version: '1.0.0',
        size: null,
        sha256: null,
        sha512: null,
        url: `${gitea.url}/api/packages/coulomb/generic/tool/1.0.0/b`,
        status: 'failed',
        code: 'REG920',
        message: expect.stringContaining('is there with other content'),
      },
    ],
  });
});

it('is fine with the same content again', async () => {
  write('a.txt', 'hello');
  await put('a.txt');
  expect(await put('a.txt')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^STATUS .*\nunchanged {2}5 /),
  });
});

it('puts standard input under a name', async () => {
  const run = await setup().run(['generic', 'put', 'coulomb/tool@1.0.0', '-', '--name', 'in'], {
    stdin: 'piped',
  });
  expect(run.code).toBe(0);
  expect(contents()).toEqual({ in: 'piped' });
});

it('puts a file under another name', async () => {
  write('a.txt', 'hello');
  expect(await put('a.txt', '--name', 'b.txt')).toMatchObject({ code: 0 });
  expect(contents()).toEqual({ 'b.txt': 'hello' });
});

it('puts a large file in parts', async () => {
  write('a.txt', '0123456789');
  const { out } = await put('a.txt', '--chunk-size', '4', '--output', 'json');
  expect(JSON.parse(out).files).toMatchObject([
    { name: 'a.txt', status: 'uploaded', parts: 3, sha256: sha256('0123456789'), url: null },
  ]);
  expect(Object.keys(contents()).sort()).toEqual([
    'a.txt.manifest.json',
    'a.txt.part-00001',
    'a.txt.part-00002',
    'a.txt.part-00003',
  ]);
});

describe('what is refused before any request', () => {
  it.each<[args: string[], message: RegExp]>([
    [['coulomb/tool@latest', 'a.txt'], /version 'latest' has no meaning.*\(REG920\)/],
    [['coulomb/tool', 'a.txt'], /must be 'OWNER\/NAME@VERSION'.*\(REG920\)/],
    [['coulomb/t ool@1', 'a.txt'], /its name must be.*\(REG920\)/],
    [['api/tool@1', 'a.txt'], /its owner must be.*\(REG320\)/],
    [['coulomb/tool@1/b', 'a.txt'], /with --name 'b'/],
    [['coulomb/tool@1', "it's"], /file name 'it's' must be.*\(REG920\)/],
    [['coulomb/tool@1', 'a.txt', 'build/A.TXT'], /would both be 'A\.TXT'/],
    [
      ['coulomb/tool@1', 'a.txt', 'b', '--name', 'c'],
      /--name 'c' is for one file, and there are 2/,
    ],
    [['coulomb/tool@1', '-'], /needs --name FILE/],
    [['coulomb/tool@1', '-', 'a.txt'], /needs --name FILE/],
    [['coulomb/tool@1', '-', '--name', 'x', '--token-stdin'], /cannot be both/],
    [['coulomb/tool@1', 'none.txt'], /'none\.txt' cannot be read: it is not there \(ENOENT\)/],
    [['coulomb/tool@1', '--name', 'x', 'build'], /'build' is a folder: name its files/],
    [['coulomb/tool@1', 'a.txt', '--chunk-size', '0'], /give bytes, or MiB/],
  ])('%j', async (args, message) => {
    write('a.txt', 'hello');
    const { code, err } = await setup().run(['generic', 'put', ...args]);
    expect(err).toMatch(message);
    expect(code).toBe(EXIT.USAGE);
    expect(requests()).toEqual([]);
  });
});

it('names a missing scope before anything is sent', async () => {
  write('a.txt', 'hello');
  const env = { GITEA_REGISTRY_TOKEN: setup().gitea.createToken('ci', ['read:package']) };
  const run = await setup().run(['generic', 'put', 'coulomb/tool@1.0.0', 'a.txt'], { env });
  expect(run.err).toMatch(
    /cannot put files into 'coulomb\/tool@1\.0\.0': .*write:package.*\(REG314\)/,
  );
  expect(run.code).toBe(EXIT.FAILED);
  expect(requests()).toEqual([]);
});

describe('--replace', () => {
  beforeEach(async () => {
    write('a.txt', 'old');
    await put('a.txt');
    write('a.txt', 'new!');
  });

  it('prints the plan, and writes nothing where nobody can answer', async () => {
    const { code, out, err } = await put('a.txt', '--replace');
    expect(code).toBe(EXIT.USAGE);
    expect(out).toBe(
      `Plan for coulomb/tool@1.0.0:\nACTION   SIZE  FILE\nreplace  4 B   a.txt\n! a.txt: deletes a.txt (3 B, sha256 ${sha256('old')})\n`,
    );
    expect(err).toMatch(/nobody can answer here/);
    expect(contents()).toEqual({ 'a.txt': 'old' });
  });

  it.each([
    ['n', EXIT.FAILED, 'old'],
    ['y', EXIT.FINE, 'new!'],
  ])('asks, and takes %s for an answer', async (answer, code, content) => {
    const args = ['generic', 'put', 'coulomb/tool@1.0.0', 'a.txt', '--replace'];
    const run = await setup().run(args, { answers: [answer] });
    expect(run.err).toContain('Delete and put 1 file anew? [y/N] ');
    expect(run.code).toBe(code);
    expect(contents()).toEqual({ 'a.txt': content });
  });

  it('replaces with a yes', async () => {
    expect(await put('a.txt', '--replace', '--yes')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\nreplaced {2}4 /),
    });
    expect(contents()).toEqual({ 'a.txt': 'new!' });
  });

  it('asks nothing where nothing is to be replaced', async () => {
    write('b.txt', 'b');
    expect(await put('b.txt', '--replace')).toMatchObject({ code: 0 });
  });

  it('replaces by standard input, and leaves no file of it behind', async () => {
    const spool = join(setup().folder, 'spool');
    mkdirSync(spool);
    setTmpdir(spool);
    const args = ['generic', 'put', 'coulomb/tool@1.0.0', '-', '--name', 'a.txt', '--replace'];
    expect(await setup().run([...args, '--yes'], { stdin: 'piped' })).toMatchObject({ code: 0 });
    expect(contents()).toEqual({ 'a.txt': 'piped' });
    expect(readdirSync(spool)).toEqual([]);
  });
});

describe('--dry-run', () => {
  it('shows what would be done and sends nothing', async () => {
    write('a.txt', 'old');
    await put('a.txt');
    write('a.txt', 'new!');
    write('b.txt', '0123456789');
    const before = contents();
    const run = await put('a.txt', 'b.txt', '--chunk-size', '9', '--dry-run');
    expect(run.code).toBe(EXIT.FAILED);
    expect(run.out).toMatch(
      /^Plan for coulomb\/tool@1\.0\.0:\nACTION {4}SIZE {2}FILE\nconflict {2}4 B {3}a\.txt\nupload {4}10 B {2}b\.txt \(2 parts\)\n! 'coulomb.*\(REG920\)\n$/,
    );
    expect(await put('a.txt', '--dry-run', '--replace')).toMatchObject({ code: 0 });
    expect(contents()).toEqual(before);
  });

  it('gives a document, too', async () => {
    write('a.txt', 'hello');
    const { out } = await put('a.txt', '--dry-run', '--output', 'json');
    expect(JSON.parse(out).files).toEqual([
      expect.objectContaining({ name: 'a.txt', size: 5, action: 'upload' }),
    ]);
  });
});

it('ends with 130 when it is interrupted, and says how to go on', async () => {
  write('a.txt', 'hello');
  const proxy = await FaultProxy.start(setup().gitea.url);
  try {
    const isPut = ({ method }: { readonly method: string }): boolean => method === 'PUT';
    proxy.set({ breakOff: { at: 'request', how: 'silence', match: isPut } });
    const interrupt = new AbortController();
    const running = setup().run(['generic', 'put', 'coulomb/tool@1.0.0', 'a.txt'], {
      env: { GITEA_REGISTRY_URL: proxy.url },
      interrupt: interrupt.signal,
    });
    await until(() => proxy.requests.some(isPut));
    interrupt.abort(new CommandError('interrupted', EXIT.INTERRUPTED));
    const { code, err } = await running;
    expect(code).toBe(EXIT.INTERRUPTED);
    expect(err).toContain(
      'not all was sent: repeat the same command; what is stored already is not sent again\n',
    );
    expect(setup().gitea.state.packages).toEqual([]);
  } finally {
    await proxy.close();
  }
});
