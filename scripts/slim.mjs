// Leaves in lib/ what the package needs: the modules and types its entries reach, modules without blanks; the last part of
// npm run build. What was joined into another file, and types nobody sees, would be two thirds of the package.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const ts = require('typescript');
const { exports: entries } = require('../package.json');

const modules = Object.values(entries).filter((path) => path.endsWith('.js'));
const reached = new Set([
  ...(await reachedModules([...modules, './lib/src/cli/main.js'])),
  ...reachedTypes(modules.map((path) => path.replace(/\.js$/, '.d.ts'))),
]);
const built = readdirSync(join(root, 'lib'), { recursive: true })
  .map((path) => join(root, 'lib', path))
  .filter((path) => statSync(path).isFile());
for (const path of built) {
  if (!reached.has(path)) {
    rmSync(path);
  } else if (path.endsWith('.js') && !isEntry(path)) {
    writeFileSync(path, await slim(path));
  }
}

/** Node finds the names an entry has for `import` by reading it, and knows them only as a compiler writes them. */
function isEntry(path) {
  return modules.some((entry) => join(root, entry) === path);
}

/** A module without blanks, comments and names of its own. */
async function slim(path) {
  const { code } = await transform(readFileSync(path, 'utf8'), {
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    legalComments: 'none',
  });
  return code;
}

/** Modules of lib/ that are loaded, at once or on use, by some of these. */
async function reachedModules(entryPoints) {
  const { metafile } = await build({
    entryPoints,
    absWorkingDir: root,
    bundle: true,
    write: false,
    outdir: 'lib',
    platform: 'node',
    packages: 'external',
    metafile: true,
    logLevel: 'warning',
  });
  return Object.keys(metafile.inputs).map((path) => join(root, path));
}

/** Types of lib/ that these refer to. */
function reachedTypes(entryPoints) {
  const files = entryPoints.map((path) => join(root, path));
  return ts
    .createProgram(files, { skipLibCheck: true, types: [], module: ts.ModuleKind.Node16 })
    .getSourceFiles()
    .map(({ fileName }) => fileName);
}
