// The ratios this package promises, each pair in one run: npm run bench [-- RUNS]
//
// Whole processes, in turn A B A B …, so that a slower minute of the machine meets both; the median of the pairwise
// ratios is the figure.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const ts = require('typescript');
const { parseAllDocuments } = require('yaml');

const runs = Number(process.argv[2] ?? 31);
const work = join(root, '.synth', 'bench');

/** The coulomb app as JavaScript, as a precompiled app of a user would be. */
function compiledExample() {
  const source = readFileSync(join(root, 'examples/coulomb/main.ts'), 'utf8');
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  return ts
    .transpileModule(source, { compilerOptions })
    .outputText.replaceAll('__dirname', JSON.stringify(join(root, 'examples/coulomb')));
}

/** An app that writes the same objects and the same side files, without us. */
function bareApp() {
  const objects = parseAllDocuments(
    readFileSync(join(root, 'dist/gitea-registry.k8s.yaml'), 'utf8'),
  ).map((document) => document.toJS());
  const side = ['helm/gitea-registry-values.yaml', 'docs/gitea-container-registry.md'].map(
    (file) => [file, readFileSync(join(root, 'examples/coulomb', file), 'utf8')],
  );
  return `
    const { ApiObject, App, Chart } = require('cdk8s');
    const { mkdirSync, writeFileSync } = require('node:fs');
    const { dirname, join } = require('node:path');
    const app = new App();
    const chart = new Chart(app, 'gitea-registry', { namespace: 'default' });
    ${JSON.stringify(objects)}.forEach((object, index) => new ApiObject(chart, 'Object' + index, object));
    app.synth();
    for (const [file, text] of ${JSON.stringify(side)}) {
      const target = join(process.env.GITEA_REGISTRY_SIDE_FILES, file);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    }`;
}

function script(name, text) {
  const file = join(work, `${name}.js`);
  writeFileSync(file, text);
  return [file];
}

function milliseconds(args) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      CDK8S_OUTDIR: join(work, 'dist'),
      GITEA_REGISTRY_SIDE_FILES: join(work, 'side'),
    },
  });
  if (status !== 0) {
    throw new Error(`${args.join(' ')} failed:\n${stderr}`);
  }
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

function compare(label, bound, ours, peer) {
  milliseconds(ours);
  milliseconds(peer);
  const pairs = Array.from({ length: runs }, () => [milliseconds(ours), milliseconds(peer)]);
  const ratio = median(pairs.map(([a, b]) => a / b));
  const [a, b] = [0, 1].map((side) => median(pairs.map((pair) => pair[side])).toFixed(0));
  process.stdout.write(`| ${label} | ${a} ms | ${b} ms | ${ratio.toFixed(2)} | ≤ ${bound} |\n`);
  return ratio <= bound;
}

rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
process.stdout.write(
  `Node ${process.version}, ${runs} pairs\n\n| pair | ours | peer | ratio | bound |\n| --- | --- | --- | --- | --- |\n`,
);
const held = [
  compare(
    "`require` of the package / `require('cdk8s')`",
    1.1,
    script('package', "require('cdk8s-gitea-registry');"),
    script('cdk8s', "require('cdk8s');"),
  ),
  compare(
    'coulomb app, precompiled / the same objects and files from bare `ApiObject`s',
    1.1,
    script('coulomb', compiledExample()),
    script('bare', bareApp()),
  ),
  compare(
    '`gitea-registry --help` / `node -e 0`',
    2,
    ['bin/gitea-registry.js', '--help'],
    ['-e', '0'],
  ),
];
rmSync(work, { recursive: true, force: true });
process.exit(held.every(Boolean) ? 0 : 1);
