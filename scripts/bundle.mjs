// Joins the modules behind the main entry into one lib/src/index.js, those of the command into lib/src/cli/main.js, and
// the rules into lib/src/rules/index.js and declared.js; part of npm run build, after jsii checked them.
//
// Each file that is loaded costs: fifty small modules took an app as long as a fifth of cdk8s itself, and `doctor` a
// fifth of its time (bench/RESULTS.md). Types and the other entries stay as jsii compiled them.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Loaded on use only: files of their own, as seen from lib/src/index.js. */
const onUse = {
  name: 'on-use',
  setup({ onResolve }) {
    const apart = (filter, path) => onResolve({ filter }, () => ({ path, external: true }));
    apart(/imports\/external-secrets\.io$/, '../imports/external-secrets.io.js');
    apart(/^\.\.\/rules$/, './rules/index.js');
    apart(/^\.\.\/rules\/declared$/, './rules/declared.js');
  },
};

/** The rules are loaded on use, from lib/src/cli/main.js. */
const rulesApart = {
  name: 'rules-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^(\.\.\/)+rules$/ }, () => ({
      path: '../rules/index.js',
      external: true,
    }));
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
await build({
  ...shared,
  entryPoints: [join(root, 'src/cli/main.ts')],
  outfile: join(root, 'lib/src/cli/main.js'),
  minify: true,
  packages: 'external',
  plugins: [rulesApart],
});
for (const entry of ['index', 'declared']) {
  await build({
    ...shared,
    minify: true,
    entryPoints: [join(root, `src/rules/${entry}.ts`)],
    outfile: join(root, `lib/src/rules/${entry}.js`),
  });
}
