// Joins the modules behind the main entry into one lib/src/index.js; part of npm run build, after jsii checked them.
//
// An app pays for each file it loads: fifty small modules took as long as a fifth of cdk8s itself (bench/RESULTS.md).
// Types, the other entries and the command stay as jsii compiled them.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Half of all code, and loaded on use only: it stays a file of its own. */
const onUse = {
  name: 'on-use',
  setup({ onResolve }) {
    onResolve({ filter: /imports\/external-secrets\.io$/ }, () => ({
      path: '../imports/external-secrets.io.js',
      external: true,
    }));
  },
};

await build({
  entryPoints: [join(root, 'src/index.ts')],
  outfile: join(root, 'lib/src/index.js'),
  format: 'cjs',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external: ['cdk8s', 'constructs'],
  plugins: [onUse],
  legalComments: 'none',
  // Names and short lines stay: Node prints the line an error was thrown in.
  minifyWhitespace: true,
  lineLimit: 120,
  logLevel: 'warning',
});
