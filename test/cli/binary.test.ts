import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const binary = join(root, 'bin/gitea-registry.js');

function node(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
}

/** Paths of all modules that a script leaves in the require cache. */
function loadedBy(script: string): string[] {
  const { stdout, stderr } = node(
    '-e',
    `${script}; console.error(JSON.stringify(Object.keys(require.cache)))`,
  );
  void stdout;
  return JSON.parse(stderr.trim().split('\n').at(-1)!);
}

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

it('loads neither cdk8s nor a YAML parser for its help', () => {
  const script = `require('./lib/src/cli/main').main(['--help'], { out(){}, err(){}, env:{}, cwd:'.', errIsTerminal:false, outIsTerminal:false })`;
  const foreign = loadedBy(script).filter((path) =>
    /node_modules\/(cdk8s|constructs|yaml)/.test(path),
  );
  expect(foreign).toEqual([]);
});

it('never loads cdk8s-plus or our own yaml for the constructs', () => {
  const loaded = loadedBy(`require('./lib/src/index.js')`);
  expect(loaded.some((path) => /node_modules\/cdk8s\//.test(path))).toBe(true);
  expect(
    loaded.filter((path) => /cdk8s-plus|[^s]\/node_modules\/yaml\//.test(path.replace(root, ''))),
  ).toEqual([]);
});

it('loads no cdk8s for the declaration entry', () => {
  const loaded = loadedBy(`require('./lib/src/declaration/index.js')`);
  expect(loaded.filter((path) => path.includes('node_modules'))).toEqual([]);
});
