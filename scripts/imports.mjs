// Generates imports/ from CRD schemas, offline: node scripts/imports.mjs FOLDER
//
// FOLDER holds one YAML file an API group, with every kind of the group: cdk8s writes one file a group, so a second
// source of the same group would overwrite the first without a word.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const groups = [
  'argoproj.io',
  'cert-manager.io',
  'external-secrets.io',
  'gateway.networking.k8s.io',
  'helm.cattle.io',
  'helm.toolkit.fluxcd.io',
  'source.toolkit.fluxcd.io',
  'traefik.io',
];

const folder = process.argv[2];
if (!folder || !groups.every((group) => existsSync(join(folder, `${group}.yaml`)))) {
  process.stderr.write(
    `usage: node scripts/imports.mjs FOLDER, where FOLDER holds ${groups.map((group) => `${group}.yaml`).join(' and ')}\n`,
  );
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), 'imports-'));
try {
  for (const group of groups) {
    const result = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/cdk8s-cli/bin/cdk8s'),
        ...[
          'import',
          resolve(folder, `${group}.yaml`),
          '--language',
          'typescript',
          '--output',
          work,
        ],
        ...['--no-save', '--check-upgrade=false'],
      ],
      {
        cwd: work,
        env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    if (result.status !== 0) {
      process.exit(1);
    }
    copyFileSync(join(work, `${group}.ts`), join(root, 'imports', `${group}.ts`));
    process.stdout.write(`imports/${group}.ts\n`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
