// Joins the modules behind the main entry into one lib/src/index.js, those of the doctor into lib/src/doctor/joined.js,
// and the rules into lib/src/rules/index.js and declared.js; part of npm run build, after jsii checked them.
//
// Each file that is loaded costs: fifty small modules took an app as long as a fifth of cdk8s itself, and `doctor` a
// fifth of its time (bench/RESULTS.md). Types, the other entries and commands stay as jsii compiled them.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Says that a path is just looked up, and not asked for. */
const RESOLVING = Symbol('resolving');

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);

/** Loaded on use only: files of their own, as seen from lib/src/index.js. */
const onUse = {
  name: 'on-use',
  setup({ onResolve }) {
    const apart = (filter, path) => onResolve({ filter }, () => ({ path, external: true }));
    // Most apps ask for a certificate; each other generated mapper is needed by few.
    onResolve({ filter: /\/imports\/[a-z0-9.-]+$/ }, ({ path }) =>
      path.endsWith('/cert-manager.io')
        ? undefined
        : { path: `../imports/${basename(path)}.js`, external: true },
    );
    apart(/^\.\.\/rules$/, './rules/index.js');
    apart(/^\.\.\/rules\/declared$/, './rules/declared.js');
  },
};

const common = {
  format: 'cjs',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external: ['cdk8s', 'constructs', 'yaml'],
  plugins: [onUse],
  minify: true,
  legalComments: 'none',
  // Short lines stay: Node prints the one an error was thrown in.
  lineLimit: 120,
  logLevel: 'warning',
};

await build({
  ...common,
  // Names of classes and functions stay where a stack shows them.
  keepNames: true,
  entryPoints: [join(root, 'src/index.ts')],
  outfile: join(root, 'lib/src/index.js'),
});
for (const entry of ['index', 'declared']) {
  await build({
    ...common,
    entryPoints: [join(root, `src/rules/${entry}.ts`)],
    outfile: join(root, `lib/src/rules/${entry}.js`),
  });
}

await joinDoctor();

/**
 * Joins what the entry `./doctor` and the command `doctor` load; both are a few lines on top of it. What
 * lib/src/cli/main.js has loaded is not joined again: two copies of an error's class would not know each other. The client
 * is: of it, only data goes in and out of the entry.
 */
async function joinDoctor() {
  const loaded = new Set(await loadedBy(join(root, 'src/cli/main.ts')));
  const joined = join(root, 'src/doctor/joined.ts');
  const outfile = join(root, 'lib/src/doctor/joined.js');
  const beside = (path) => relative(dirname(joined), path).replace(/\.ts$/, '.js');
  const apart = {
    name: 'apart',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^\./ }, async ({ path, pluginData, ...from }) => {
        if (pluginData === RESOLVING) {
          return undefined;
        }
        const found = await resolve(path, { ...from, pluginData: RESOLVING });
        const isRules = found.path === join(root, 'src/rules/index.ts');
        return loaded.has(found.path) || isRules
          ? { path: `./${beside(found.path)}`, external: true }
          : found;
      });
    },
  };
  await build({
    ...common,
    packages: 'external',
    plugins: [apart],
    stdin: {
      contents:
        "export * as entry from './index'; export * as command from '../cli/doctor/doctor';",
      resolveDir: dirname(joined),
      loader: 'ts',
    },
    outfile,
  });
  for (const [file, part] of [
    ['doctor/index.js', 'entry'],
    ['cli/doctor/doctor.js', 'command'],
  ]) {
    const target = join(root, 'lib/src', file);
    const path = relative(dirname(target), outfile);
    // Each name in full: Node finds the names of such a module for `import` by reading it.
    const lines = Object.keys(require(outfile)[part]).map(
      (name) => `exports.${name} = ${part}.${name};\n`,
    );
    const from = path.startsWith('.') ? path : `./${path}`;
    writeFileSync(
      target,
      `"use strict";\nconst { ${part} } = require("${from}");\n${lines.join('')}`,
    );
  }
}

/** Paths of the modules a module loads when it is loaded itself. */
async function loadedBy(path) {
  const { metafile } = await build({
    ...common,
    packages: 'external',
    plugins: [],
    entryPoints: [path],
    write: false,
    metafile: true,
    absWorkingDir: root,
  });
  const reached = new Set();
  const reach = (input) => {
    if (!reached.has(input)) {
      reached.add(input);
      for (const { path: next, kind, external } of metafile.inputs[input].imports) {
        if (kind === 'import-statement' && !external) {
          reach(next);
        }
      }
    }
  };
  reach(relative(root, path));
  return [...reached].map((input) => join(root, input));
}
