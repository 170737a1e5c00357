// Renders example apps and puts everything they make in place together: node scripts/synth.mjs [all|EXAMPLE…]
//
// `cdk8s synth` empties its output folder before the app runs, so a refused prop would leave nothing. Here the app
// renders into a staging folder first; what is there now is replaced only after everything was checked.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const staging = join(root, '.synth');

/** Where each example's results go; coulomb is the root app. */
const distOf = (example) => (example === 'coulomb' ? 'dist' : `examples/${example}/dist`);

function fail(message) {
  process.stderr.write(`synth: ${message}\n`);
  process.exit(1);
}

function run(label, args, env) {
  const result = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (result.status !== 0) {
    fail(`${label}: nothing was changed\n${result.stdout}${messageOf(result.stderr)}`);
  }
  return result.stdout;
}

/** What the app said: Node prints the source line before it, the stack and its own version after it. */
function messageOf(stderr) {
  const lines = stderr.split('\n');
  const start = lines.findIndex((line) => /^\w*Error\b/.test(line));
  const end = lines.findIndex((line, index) => index > start && /^ +at /.test(line));
  return (start === -1 || end === -1 ? lines : lines.slice(start, end)).join('\n').trim();
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Renders one example below the staging folder and checks that it reads back as what it was. */
function stage(example) {
  const dist = join(staging, example, 'dist');
  const side = join(staging, example, 'side');
  run(
    `examples/${example}`,
    ['-r', 'ts-node/register/transpile-only', `examples/${example}/main.ts`],
    {
      CDK8S_OUTDIR: dist,
      GITEA_REGISTRY_SIDE_FILES: side,
    },
  );
  rmSync(join(dist, 'construct-metadata.json'), { force: true });
  const page = filesBelow(side).find((file) => file.startsWith('docs/'));
  const handoff = run(`handoff of ${example}`, [
    'bin/gitea-registry.js',
    'handoff',
    '--declaration',
    dist,
  ]);
  if (page === undefined || handoff !== readFileSync(join(side, page), 'utf8')) {
    fail(
      `examples/${example}: the declaration in dist/ does not read back as what the app declared`,
    );
  }
  run(`check of ${example}`, ['bin/gitea-registry.js', 'check', dist, join(side, 'helm')]);
  return [
    { from: dist, to: distOf(example), files: filesBelow(dist) },
    ...filesBelow(side).map((file) => ({
      from: join(side, file),
      to: `examples/${example}/${file}`,
    })),
  ];
}

/** Moves every result into place; on a failure everything that was there comes back. */
function replace(moves) {
  const done = [];
  try {
    for (const { from, to } of moves) {
      const target = join(root, to);
      const kept = join(staging, 'kept', to);
      mkdirSync(dirname(target), { recursive: true });
      mkdirSync(dirname(kept), { recursive: true });
      if (existsSync(target)) {
        cpSync(target, kept, { recursive: true });
      }
      done.push({ target, kept });
      rmSync(target, { recursive: true, force: true });
      renameSync(from, target);
    }
  } catch (error) {
    for (const { target, kept } of done) {
      rmSync(target, { recursive: true, force: true });
      if (existsSync(kept)) {
        cpSync(kept, target, { recursive: true });
      }
    }
    fail(`everything was put back: ${error.message}`);
  }
}

const known = readdirSync(join(root, 'examples'));
const asked = process.argv.length > 2 ? process.argv.slice(2) : ['coulomb'];
const examples = asked[0] === 'all' ? known : asked;
for (const example of examples) {
  if (!existsSync(join(root, 'examples', example, 'main.ts'))) {
    fail(`no example '${example}'; there is ${known.join(', ')}`);
  }
}
rmSync(staging, { recursive: true, force: true });
const moves = examples.flatMap(stage);
// Between here and the end a Ctrl-C would leave half of the results in place.
process.on('SIGINT', () => {});
replace(moves);
rmSync(staging, { recursive: true, force: true });
for (const { to, files } of moves) {
  process.stdout.write(
    (files ? files.map((file) => `${to}/${file}`) : [to]).map((file) => `${file}\n`).join(''),
  );
}
