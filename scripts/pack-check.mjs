// Installs the packed package into a new cdk8s project and uses it as the README says: npm run test:pack
//
// The project has the files cdk8s-cli gives to `cdk8s init typescript-app`: its tsconfig (which reads no `exports`),
// and a cdk8s-plus newer than ours beside it. Dependencies come from the configured npm registry.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const template = join(root, 'node_modules/cdk8s-cli/templates/typescript-app');
const work = mkdtempSync(join(tmpdir(), 'pack-'));
const project = join(work, 'project');

/** What the package may weigh on the disk of its user, dependencies left out. */
const MOST_BYTES = 2_500_000;

function run(command, args, cwd) {
  try {
    return execFileSync(command, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
    });
  } catch (error) {
    throw new Error(`${command} ${args.join(' ')}:\n${error.stdout}\n${error.stderr}`, {
      cause: error,
    });
  }
}

function expect(what, holds) {
  if (!holds) {
    throw new Error(`expected: ${what}`);
  }
  process.stdout.write(`ok: ${what}\n`);
}

try {
  const [{ filename, files }] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work], root),
  );
  const packed = files.map(({ path }) => path);
  expect(
    'no sources, tests or examples are packed',
    !packed.some((path) => /^(src|test|examples|imports|bench)\//.test(path)),
  );
  const inline = packed.filter(
    (path) =>
      /^lib\/.*\.js$/.test(path) &&
      readFileSync(join(root, path), 'utf8').includes('sourceMappingURL'),
  );
  expect(
    'no source maps are packed',
    inline.length === 0 && !packed.some((path) => /^lib\/.*\.map$/.test(path)),
  );

  mkdirSync(project);
  writeFileSync(join(project, 'tsconfig.json'), readFileSync(join(template, 'tsconfig.json')));
  writeFileSync(join(project, 'cdk8s.yaml'), 'language: typescript\napp: npx ts-node main.ts\n');
  const manifest = readFileSync(join(template, 'package.json'), 'utf8')
    .replace('{{ $base }}', 'project')
    .replace('{{ cdk8s_core_version }}', '2.70.106')
    .replace('{{ cdk8s_plus_version }}', '2.0.0')
    .replace('{{ constructs_version }}', '10.8.1')
    .replace('{{ cdk8s_cli_spec }}', '^2.207.60');
  writeFileSync(join(project, 'package.json'), manifest);
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  writeFileSync(join(project, 'main.ts'), /```ts\n([^]*?)```/.exec(readme)[1]);
  writeFileSync(
    join(project, 'subpaths.ts'),
    [
      "import { parseDeclaration } from 'cdk8s-gitea-registry/declaration';",
      "import { expectGolden } from 'cdk8s-gitea-registry/testing/golden';",
      "import { PullSecret } from 'cdk8s-gitea-registry';",
      "import { Secret, ISecret } from 'cdk8s-plus-33';",
      "import { Chart, Testing } from 'cdk8s';",
      "const secret: ISecret = Secret.fromSecretName(new Chart(Testing.app(), 'c'), 'S', 'pull');",
      "PullSecret.fromSecret('shop', secret);",
      'console.log(typeof parseDeclaration, typeof expectGolden);',
      '',
    ].join('\n'),
  );
  run('npm', ['install', '--no-audit', '--no-fund', join(work, filename)], project);
  const plus = readdirSync(join(project, 'node_modules')).filter((name) =>
    name.startsWith('cdk8s-plus-'),
  );
  expect(`a newer cdk8s-plus stands beside ours (${plus.join(', ')})`, plus.length === 2);

  run('npx', ['tsc', '--noEmit', '-p', '.'], project);
  expect("the README's example and each sub-path type-check with the template's tsconfig", true);
  expect(
    'each sub-path loads',
    run('npx', ['ts-node', 'subpaths.ts'], project) === 'function function\n',
  );
  run('npx', ['cdk8s', 'synth'], project);
  const kinds = readFileSync(join(project, 'dist/gitea-registry.k8s.yaml'), 'utf8').match(
    /^kind: .*/gm,
  );
  expect(`the example renders (${kinds.join(', ')})`, kinds.length === 3);
  const overlay = run('npx', ['gitea-registry', 'values'], project);
  expect(
    'the command prints the overlay the app wrote',
    overlay === readFileSync(join(project, 'helm/gitea-registry-values.yaml'), 'utf8'),
  );
  for (const entry of [
    '.',
    './declaration',
    './declaration/schema.json',
    './testing/golden',
    './package.json',
    './.jsii',
  ]) {
    run('node', ['-e', `require.resolve('cdk8s-gitea-registry${entry.slice(1)}')`], project);
  }
  expect('each entry of exports resolves', true);
  for (const [entry, name] of [
    ['', 'GiteaRegistry'],
    ['/declaration', 'parseDeclaration'],
    ['/client', 'OciClient'],
    ['/doctor', 'diagnose'],
    ['/testing', 'FakeGitea'],
    ['/testing/golden', 'expectGolden'],
  ]) {
    const code = `import { ${name} } from 'cdk8s-gitea-registry${entry}'; if (typeof ${name} !== 'function') throw new Error('${name}');`;
    run('node', ['--input-type=module', '-e', code], project);
  }
  expect('each entry can be imported by name', true);
  const own = files.filter(({ path }) => !path.startsWith('node_modules/'));
  const bytes = own.reduce((sum, { size }) => sum + size, 0);
  expect(
    `${(bytes / 1e6).toFixed(2)} MB unpacked, without dependencies, are at most ${MOST_BYTES / 1e6} MB`,
    bytes <= MOST_BYTES,
  );
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
