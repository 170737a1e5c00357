// Writes what is generated from the built package: docs/registry.schema.json, docs/checks.md and API.md.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const { registryJsonSchema } = require('../lib/src/declaration/index.js');
const { checksPage, CHECKS } = require('../lib/src/rules/index.js');

writeFileSync(
  join(root, 'docs/registry.schema.json'),
  `${JSON.stringify(registryJsonSchema(), null, 1)}\n`,
);
writeFileSync(join(root, 'docs/checks.md'), checksPage(CHECKS));

const docgen = spawnSync(
  process.execPath,
  ['node_modules/jsii-docgen/bin/jsii-docgen', '-o', 'API.md'],
  {
    cwd: root,
    env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
    stdio: ['ignore', 'inherit', 'inherit'],
  },
);
process.exit(docgen.status ?? 1);
