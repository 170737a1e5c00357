// Joins the modules behind the main entry into one lib/src/index.js, those of `doctor` into lib/src/cli/doctor/doctor.js,
// and the rules into lib/src/rules/index.js and declared.js; part of npm run build, after jsii checked them.
//
// Each file that is loaded costs: fifty small modules took an app as long as a fifth of cdk8s itself, and `doctor` a
// fifth of its time (bench/RESULTS.md). Types, the other entries and commands stay as jsii compiled them.
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Says that a path is just looked up, and not asked for. */
const RESOLVING = Symbol('resolving');

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

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

const shared = {
  format: 'cjs',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external: ['cdk8s', 'constructs', 'yaml'],
  plugins: [onUse],
  legalComments: 'none',
  // Names and short lines stay: Node prints the line an error was thrown in.
  minifyWhitespace: true,
  lineLimit: 120,
  logLevel: 'warning',
};

await build({
  ...shared,
  entryPoints: [join(root, 'src/index.ts')],
  outfile: join(root, 'lib/src/index.js'),
});
await bundleCommand('doctor/doctor');
for (const entry of ['index', 'declared']) {
  await build({
    ...shared,
    minify: true,
    entryPoints: [join(root, `src/rules/${entry}.ts`)],
    outfile: join(root, `lib/src/rules/${entry}.js`),
  });
}

/**
 * Joins what a command loads on top of lib/src/cli/main.js. What that has loaded already is not joined again: two copies
 * of an error's class would not know each other.
 */
async function bundleCommand(name) {
  const main = join(root, 'src/cli/main.ts');
  const file = join(root, `src/cli/${name}.ts`);
  const loaded = new Set(await loadedBy(main));
  const beside = (path) => relative(dirname(file), path).replace(/\.ts$/, '.js');
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
    ...shared,
    minify: true,
    packages: 'external',
    plugins: [apart],
    entryPoints: [file],
    outfile: join(root, `lib/src/cli/${name}.js`),
  });
}

/** Paths of the modules a module loads when it is loaded itself. */
async function loadedBy(path) {
  const { metafile } = await build({
    ...shared,
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
