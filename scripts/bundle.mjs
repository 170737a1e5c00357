// Joins the modules behind the main entry into one lib/src/index.js, the rules into lib/src/rules/index.js and declared.js,
// and all others as scripts/join.mjs says; part of npm run build, after jsii checked them.
//
// Each file that is loaded costs: fifty small modules took an app as long as a fifth of cdk8s itself, and a command half
// of its time (bench/RESULTS.md). Types stay as jsii compiled them.
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { common, joinModules, root } from './join.mjs';

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

const constructs = { ...common, external: ['cdk8s', 'constructs', 'yaml'], plugins: [onUse] };

await build({
  ...constructs,
  // Names of classes and functions stay where a stack shows them.
  keepNames: true,
  entryPoints: [join(root, 'src/index.ts')],
  outfile: join(root, 'lib/src/index.js'),
});
for (const entry of ['index', 'declared']) {
  await build({
    ...constructs,
    entryPoints: [join(root, `src/rules/${entry}.ts`)],
    outfile: join(root, `lib/src/rules/${entry}.js`),
  });
}

await joinModules();
