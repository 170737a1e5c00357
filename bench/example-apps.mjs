// The example apps, each with a peer that writes the same objects and files from bare ApiObjects.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const ts = require('typescript');
const { parseAllDocuments } = require('yaml');

/** Names of all examples. */
export const EXAMPLES = readdirSync(join(root, 'examples')).sort();

/**
 * Writes both apps of an example below `work` and runs the example once, to see what it writes.
 *
 * @returns {{ ours: string, bare: string }} paths of two scripts, for `node`
 */
export function exampleApps(example, work) {
  mkdirSync(work, { recursive: true });
  const ours = join(work, `${example}.js`);
  writeFileSync(ours, compiledExample(example));
  const [dist, side] = ['dist', 'side'].map((folder) => join(work, 'once', example, folder));
  const { status, stderr } = spawnSync(process.execPath, [ours], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CDK8S_OUTDIR: dist, GITEA_REGISTRY_SIDE_FILES: side },
  });
  if (status !== 0) {
    throw new Error(`example ${example} failed:\n${stderr}`);
  }
  const bare = join(work, `${example}-bare.js`);
  writeFileSync(bare, bareApp(filesBelow(dist), filesBelow(side)));
  return { ours, bare };
}

/** An example as JavaScript, as a precompiled app of a user would be. */
function compiledExample(example) {
  const folder = join(root, 'examples', example);
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  return ts
    .transpileModule(readFileSync(join(folder, 'main.ts'), 'utf8'), { compilerOptions })
    .outputText.replaceAll('__dirname', JSON.stringify(folder));
}

/** Path below `folder` and text of each file. */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [relative(folder, file), readFileSync(file, 'utf8')]);
}

/** An app that writes the same objects and the same side files, without us. */
function bareApp(dist, side) {
  const charts = dist.map(([file, text]) => [
    file.replace('.k8s.yaml', ''),
    parseAllDocuments(text).map((document) => document.toJS()),
  ]);
  return `
    const { ApiObject, App, Chart } = require('cdk8s');
    const { mkdirSync, writeFileSync } = require('node:fs');
    const { dirname, join } = require('node:path');
    const app = new App();
    for (const [id, objects] of ${JSON.stringify(charts)}) {
      const chart = new Chart(app, id);
      objects.forEach((object, index) => new ApiObject(chart, 'Object' + index, object));
    }
    app.synth();
    for (const [file, text] of ${JSON.stringify(side)}) {
      const target = join(process.env.GITEA_REGISTRY_SIDE_FILES, file);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    }`;
}
