import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const root = join(__dirname, '../..');
const binary = join(root, 'bin/gitea-registry.js');

function node(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
}

/** Paths of all modules in the require cache, as a script prints them last. */
function loadedBy(script: string): string[] {
  const { stderr } = node('-e', script);
  return JSON.parse(stderr.trim().split('\n').at(-1)!);
}

const requiring = (path: string): string =>
  `require('${path}'); console.error(JSON.stringify(Object.keys(require.cache)))`;

beforeAll(() => {
  if (!existsSync(join(root, 'lib/src/cli/main.js'))) {
    throw new Error('lib/ is missing: run npm run build first (npm test does)');
  }
});

it('runs, and ends with the exit code of the command', () => {
  expect(node(binary, '--version')).toMatchObject({ status: 0, stderr: '' });
  expect(node(binary, 'values', '--declaration', 'absent')).toMatchObject({
    status: 2,
    stdout: '',
  });
});

it('prints the committed overlay of the reference case from the committed manifests', () => {
  const { stdout } = node(binary, 'values');
  expect(stdout).toContain('ROOT_URL: "https://gitea.coulomb.social/"');
});

/** A script that runs commands one after the other, whatever becomes of them. */
function running(...commands: readonly (readonly string[])[]): string {
  const io = `{ out(){}, err(){}, env: {}, cwd: 'absent', errIsTerminal: false, outIsTerminal: false, inIsTerminal: false, interrupted: () => new AbortController().signal }`;
  return `const { main } = require('./lib/src/cli/main');
    (async () => { for (const argv of ${JSON.stringify(commands)}) await main(argv, ${io});
    console.error(JSON.stringify(Object.keys(require.cache))); })()`;
}

it.each([[['--help']], [['ls', '--help']], [['links', 'apply', '--help']], [['--version']]])(
  'loads nothing but what parses arguments and colours messages for %j',
  (argv) => {
    const foreign = loadedBy(running(argv)).filter((path) => /node_modules/.test(path));
    const packages = foreign.map((path) => /node_modules\/([^/]+)/.exec(path)![1]);
    expect([...new Set(packages)].sort()).toEqual(['commander', 'picocolors']);
  },
);

it('loads cdk8s for no command that speaks to a server', () => {
  const loaded = loadedBy(
    running(
      ['ls', 'api'],
      ['show', 'x'],
      ['files', 'x'],
      ['rm', 'x'],
      ['link', 'x', 'y'],
      ['unlink', 'x'],
      ['links', 'plan'],
      ['generic', 'ls', '/'],
      ['login', '/'],
      ['pull-secret', '--name', '/'],
      ['smoke', '--owner', '/'],
      ['doctor', 'http://127.0.0.1:1'],
    ),
  );
  // What the last of them reads its words from.
  expect(loaded.some((path) => path.endsWith('lib/src/rules/index.js'))).toBe(true);
  expect(loaded.filter((path) => /node_modules\/(cdk8s|constructs)/.test(path))).toEqual([]);
});

it('ends at Ctrl-C with 130, also while a server lets it wait', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const child = spawn(
    process.execPath,
    [binary, 'ls', 'coulomb', '--registry', `http://127.0.0.1:${port}`],
    { cwd: root, env: { PATH: process.env.PATH, GITEA_REGISTRY_TOKEN: 'abc' } },
  );
  server.on('request', () => child.kill('SIGINT'));
  const [code, err] = await Promise.all([
    new Promise((resolve) => child.once('close', resolve)),
    text(child.stderr),
  ]);
  server.closeAllConnections();
  server.close();
  expect({ code, err }).toEqual({ code: 130, err: 'error: interrupted\n' });
});

it('reads a token from a pipe, and ends when the pipe does', async () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [binary, 'ls', 'coulomb', '--token-stdin', '--registry', 'http://127.0.0.1:1'],
    { cwd: root, encoding: 'utf8', input: '\n', env: { PATH: process.env.PATH } },
  );
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringContaining('the token in standard input is empty'),
  });
});

it('never loads cdk8s-plus or our own yaml for the constructs', () => {
  const loaded = loadedBy(requiring('./lib/src/index.js'));
  expect(loaded.some((path) => /node_modules\/cdk8s\//.test(path))).toBe(true);
  expect(
    loaded.filter((path) => /cdk8s-plus|[^s]\/node_modules\/yaml\//.test(path.replace(root, ''))),
  ).toEqual([]);
});

it('loads no cdk8s for the declaration entry', () => {
  const loaded = loadedBy(requiring('./lib/src/declaration/index.js'));
  expect(loaded.filter((path) => path.includes('node_modules'))).toEqual([]);
});
