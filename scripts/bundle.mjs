// Joins the modules behind the main entry into one lib/src/index.js, and the rules into
// lib/src/rules/index.js and declared.js; part of
// npm run build, after jsii checked them.
//
// An app pays for each file it loads: fifty small modules took as long as a fifth of cdk8s itself (bench/RESULTS.md).
// Types, the other entries and the command stay as jsii compiled them.
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
for (const entry of ['index', 'declared']) {
  await build({
    ...shared,
    minify: true,
    entryPoints: [join(root, `src/rules/${entry}.ts`)],
    outfile: join(root, `lib/src/rules/${entry}.js`),
  });
}
