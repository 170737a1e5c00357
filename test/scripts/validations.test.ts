import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');
let work: string;

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'validations-'));
  symlinkSync(join(root, 'node_modules'), join(work, 'node_modules'));
  writeFileSync(
    join(work, 'cdk8s.yaml'),
    `app: node app.js
output: dist
validations:
  - package: ${root}
    version: 0.0.0
    class: RegistryPolicy
`,
  );
});

afterEach(() => rmSync(work, { recursive: true, force: true }));

/** What `cdk8s synth` says of an app of a user, and how it ends. */
function synth(app: string, body: string): { status: number | null; said: string } {
  writeFileSync(
    join(work, 'app.js'),
    `const { ApiObject, App, Chart } = require('cdk8s');
    const g = require(${JSON.stringify(root)});
    const app = new ${app}();
    const chart = new Chart(app, 'chart');
    const registry = new g.GiteaRegistry(chart, 'Registry', {
      host: 'git.example.org',
      release: g.ForgeRelease.gitea({
        name: 'gitea', namespace: 'git', chartVersion: '12.5.0', appVersion: '1.25.4',
        httpService: { name: 'gitea-http', port: 3000 },
      }),
    });
    ${body}
    app.synth();`,
  );
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth'],
    {
      cwd: work,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: work, CDK8S_CHECK_UPGRADE: 'false' },
    },
  );
  return { status, said: stdout + stderr };
}

const BROKEN_MANIFEST = `new ApiObject(chart, 'Gitea', {
  apiVersion: 'helm.cattle.io/v1', kind: 'HelmChart',
  metadata: { name: 'gitea', namespace: 'git' },
  spec: { chart: 'gitea', version: '12.5.0', failurePolicy: 'reinstall' },
});`;

it('ends cdk8s synth with 0 for a good app', () => {
  const { status, said } = synth('App', '');
  expect(said).toContain('Validations ended succesfully');
  expect(status).toBe(0);
});

it('ends cdk8s synth with 1 for a broken declaration, from the construct', () => {
  const { status, said } = synth(
    'App',
    "registry.addConfig('cron.cleanup_packages', 'SCHEDULE', 'whenever');",
  );
  expect(status).toBe(1);
  expect(said).toMatch(/\[chart\/Registry\] .*gitea\.config.*SCHEDULE.*\(REG621\)/);
});

it('ends cdk8s synth with 2 for a broken manifest, from the plugin', () => {
  const { status, said } = synth('App', BROKEN_MANIFEST);
  expect(status).toBe(2);
  expect(said).toContain('REG650 a k3s HelmChart or HelmChartConfig never reinstalls on failure');
  expect(said).toContain('> spec.failurePolicy');
  expect(said).toContain('chart/Gitea');
});

it('ends cdk8s synth with 1 for a broken manifest in a RegistryApp, before anything is written', () => {
  const { status, said } = synth('g.RegistryApp', BROKEN_MANIFEST);
  expect(status).toBe(1);
  expect(said).toMatch(/chart\/Gitea: HelmChart git\/gitea at spec\.failurePolicy.*\(REG650\)/);
});
