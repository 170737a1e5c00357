// Joins the modules of the command and of the entries beside the main one into a few files, each loaded as a whole: one for
// what `--help` needs, one for lists and files, one for the rest of the client, one for the declaration and the
// other commands, one each for the doctor and the fakes.
//
// A module stands in one of them only, so that there is one class of each error. Who needs it from another file asks that
// file for it; what a module asks for on use stays unread until then.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);

/** How everything that is joined is written. */
export const common = {
  format: 'cjs',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'none',
  // Short lines stay: Node prints the one an error was thrown in.
  lineLimit: 120,
  logLevel: 'warning',
};

/**
 * The files, in the order in which they take modules: what the roots load, at once alone or also on use, as far as none
 * before took it. Paths are those below src and lib/src, without an ending.
 */
const FILES = [
  { file: 'cli/joined', roots: ['cli/main'], atOnce: true },
  {
    file: 'operate/joined',
    roots: [
      'client/http/tunnel-agent',
      ...['get', 'ls', 'put'].map((command) => `cli/generic/${command}`),
      'cli/packages/ls',
    ],
    atOnce: true,
  },
  { file: 'client/joined', roots: ['client/index'] },
  {
    file: 'declaration/joined',
    roots: ['declaration/index', 'cli/main'],
    without: ['cli/doctor/doctor'],
  },
  { file: 'doctor/joined', roots: ['doctor/index', 'cli/doctor/doctor'] },
  { file: 'testing/joined', roots: ['testing/index', 'testing/golden'] },
];

/** Modules that others load by their path: entries of the package, and the one of the command. */
const ENTRIES = [
  'cli/main',
  'client/index',
  'declaration/index',
  'doctor/index',
  'testing/index',
  'testing/golden',
];

/** Joined on their own. */
const APART = ['rules/index'];

/** The package asks itself for its version, and to find itself takes Node.js longer than most modules. */
const VERSION_ONLY = {
  name: 'version-only',
  setup({ onLoad, onResolve }) {
    const { name, version } = require('../package.json');
    onResolve({ filter: new RegExp(`^${name}/package\\.json$`) }, ({ path }) => ({
      path,
      namespace: 'version',
    }));
    onLoad({ filter: /.*/, namespace: 'version' }, () => ({
      contents: JSON.stringify({ version }),
      loader: 'json',
    }));
  },
};

/** Joins all of {@link FILES}. */
export async function joinModules() {
  const imports = await graph(FILES.flatMap(({ roots }) => roots));
  const owners = ownersOf(imports);
  const asked = new Set(ENTRIES);
  for (const [from, targets] of imports) {
    targets
      .filter(({ module }) => owners.get(module) !== owners.get(from))
      .forEach(({ module }) => asked.add(module));
  }
  for (const { file } of FILES) {
    const shared = [...asked].filter((module) => owners.get(module) === file);
    await joinFile(file, shared, owners);
  }
  ENTRIES.forEach((module) => writeEntry(module, owners.get(module)));
}

/** What each module loads: at once or on use. */
async function graph(roots) {
  const { metafile } = await build({
    ...common,
    packages: 'external',
    entryPoints: roots.map((module) => join(root, 'src', `${module}.ts`)),
    outdir: join(root, 'lib'),
    write: false,
    metafile: true,
    absWorkingDir: join(root, 'src'),
  });
  const moduleOf = (path) => path.replace(/\.ts$/, '');
  return new Map(
    Object.entries(metafile.inputs).map(([path, { imports }]) => [
      moduleOf(path),
      imports
        .filter(({ external }) => !external)
        .map(({ path: target, kind }) => ({
          module: moduleOf(target),
          isAtOnce: kind === 'import-statement',
        })),
    ]),
  );
}

/** Which file each module stands in. */
function ownersOf(imports) {
  const owners = new Map(APART.map((module) => [module, module]));
  for (const { file, roots, atOnce = false, without = [] } of FILES) {
    const seen = new Set(without);
    const take = (module) => {
      if (seen.has(module)) {
        return;
      }
      seen.add(module);
      if (APART.includes(module)) {
        return;
      }
      if (!owners.has(module)) {
        owners.set(module, file);
      }
      imports
        .get(module)
        .filter(({ isAtOnce }) => isAtOnce || !atOnce)
        .forEach((next) => take(next.module));
    };
    roots.forEach(take);
  }
  return owners;
}

/** Writes one file: a function for each module others ask for, which gives its exports. */
async function joinFile(file, shared, owners) {
  const source = join(root, 'src');
  await build({
    ...common,
    packages: 'external',
    plugins: [fromOthers(file, owners), VERSION_ONLY],
    stdin: {
      contents: shared
        .map((module) => `exports[${JSON.stringify(module)}] = () => require('./${module}');\n`)
        .join(''),
      resolveDir: source,
      loader: 'ts',
    },
    outfile: join(root, 'lib/src', `${file}.js`),
  });
}

/** Takes modules that stand in another file from there. */
function fromOthers(file, owners) {
  return {
    name: 'from-others',
    setup({ onLoad, onResolve, resolve }) {
      onResolve({ filter: /^\./ }, async ({ path, pluginData, namespace, ...from }) => {
        if (namespace === 'other') {
          return { path, external: true };
        }
        if (pluginData === 'resolving') {
          return undefined;
        }
        const found = await resolve(path, { ...from, namespace, pluginData: 'resolving' });
        const module = relative(join(root, 'src'), found.path).replace(/\.ts$/, '');
        return owners.get(module) === file ? found : { path: module, namespace: 'other' };
      });
      onLoad({ filter: /.*/, namespace: 'other' }, ({ path: module }) => {
        const owner = owners.get(module);
        const from = JSON.stringify(beside(file, owner));
        return {
          contents: `module.exports = require(${from})${APART.includes(module) ? '' : `[${JSON.stringify(module)}]()`};`,
          loader: 'js',
        };
      });
    },
  };
}

/** Writes a module others load by its path. */
function writeEntry(module, owner) {
  const names = Object.keys(require(join(root, 'lib/src', `${owner}.js`))[module]());
  // Each name in full: Node finds the names of such a module for `import` by reading it.
  const lines = names.map((name) => `exports.${name} = entry.${name};\n`);
  writeFileSync(
    join(root, 'lib/src', `${module}.js`),
    `"use strict";\nconst entry = require("${beside(module, owner)}")["${module}"]();\n${lines.join('')}`,
  );
}

/** Path of a module of lib/src, as `require` takes it in another one. */
function beside(from, module) {
  const path = relative(dirname(from), module);
  return `${path.startsWith('.') ? path : `./${path}`}.js`;
}
