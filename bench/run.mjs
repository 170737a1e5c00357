// The ratios this package promises, each pair in one run: npm run bench [-- RUNS]
//
// Whole processes, in turn A B A B …, so that a slower minute of the machine meets both; the median of the pairwise
// ratios is the figure.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXAMPLES, exampleApps } from './example-apps.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const runs = Number(process.argv[2] ?? 31);
const work = join(root, '.synth', 'bench');

function script(name, text) {
  const file = join(work, `${name}.js`);
  writeFileSync(file, text);
  return [file];
}

/** Milliseconds and peak memory (MiB) of one whole process. */
function measure(args) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['-r', join(root, 'bench/peak.cjs'), ...args],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      env: {
        ...process.env,
        CDK8S_OUTDIR: join(work, 'dist'),
        // A folder each: an overlay that is not the one of the last run is compared, setting by setting.
        GITEA_REGISTRY_SIDE_FILES: join(work, 'side', basename(args[0])),
        CDK8S_CHECK_UPGRADE: 'false',
      },
    },
  );
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) {
    throw new Error(`${args.join(' ')} failed:\n${stderr}`);
  }
  return { milliseconds, memory: Number(/peak (\d+) KiB\n$/.exec(stderr)[1]) / 1024 };
}

/** Both figures of several processes one after the other: times add up. */
function measureAll(commands) {
  const figures = commands.map(measure);
  return {
    milliseconds: figures.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    memory: Math.max(...figures.map(({ memory }) => memory)),
  };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Prints the median of the pairwise ratios of each figure that has a bound. */
function compare(label, bounds, ours, peer, pairsWanted = runs) {
  return compareAll(label, bounds, [ours], [peer], pairsWanted);
}

/** The same of several processes each. */
function compareAll(label, bounds, ours, peers, pairsWanted) {
  measureAll(ours);
  measureAll(peers);
  const pairs = Array.from({ length: pairsWanted }, () => [measureAll(ours), measureAll(peers)]);
  return Object.entries(bounds).map(([figure, bound]) => {
    const unit = figure === 'memory' ? 'MiB' : 'ms';
    const ratio = median(pairs.map(([a, b]) => a[figure] / b[figure]));
    const [a, b] = [0, 1].map((side) => median(pairs.map((pair) => pair[side][figure])).toFixed(0));
    process.stdout.write(
      `| ${label}${figure === 'memory' ? ', peak memory' : ''} | ${a} ${unit} | ${b} ${unit} | ${ratio.toFixed(2)} | ≤ ${bound} |\n`,
    );
    return ratio <= bound;
  });
}

/** An app of 400 tenants, each with a registry; `judged` false takes our validations out. */
function tenants(judged) {
  return `
    const { Chart, App } = require('cdk8s');
    const g = require('cdk8s-gitea-registry');
    const app = new g.RegistryApp();
    for (let i = 0; i < 400; i++) {
      const namespace = 'tenant-' + i;
      const chart = new Chart(app, namespace, { namespace });
      const registry = new g.GiteaRegistry(chart, 'Registry', {
        host: 'git' + i + '.example.org',
        release: g.ForgeRelease.gitea({
          name: 'gitea', namespace, chartVersion: '12.5.0', appVersion: '1.25.4',
          httpService: { name: 'gitea-http', port: 3000 },
        }),
        owners: [g.PackageOwner.organization('team', { visibility: g.Visibility.PUBLIC })],
      });
      const issuer = g.IssuerRef.clusterIssuer('letsencrypt-prod');
      registry.exposeV2(
        g.V2Route.traefikIngress({ tls: g.RegistryTls.certificate({ secretName: 'git-tls', issuer }) }),
      );
      registry.addPullSecret('Apps', g.PullSecret.fromSecretName('apps-' + i, 'gitea-pull'));
    }
    ${judged ? '' : 'for (const { node } of app.node.findAll()) node._validations = undefined;'}
    app.synth();`;
}

const manyObjects = join(work, 'many.yaml');
const cdk8s = join(root, 'node_modules/cdk8s-cli/bin/cdk8s');
const synth = [cdk8s, 'synth', '--output', join(work, 'cli')];

rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
process.stdout.write(
  `Node ${process.version}, ${runs} pairs\n\n| pair | ours | peer | ratio | bound |\n| --- | --- | --- | --- | --- |\n`,
);
execFileSync(process.execPath, [join(root, 'bench/many-objects.mjs'), manyObjects]);
const apps = Object.fromEntries(
  EXAMPLES.map((example) => [example, exampleApps(example, join(work, 'examples'))]),
);
const held = [
  compare(
    "`require` of the package / `require('cdk8s')`",
    { milliseconds: 1.1 },
    script('package', "require('cdk8s-gitea-registry');"),
    script('cdk8s', "require('cdk8s');"),
  ),
  compare(
    'coulomb app, precompiled / the same objects and files from bare `ApiObject`s',
    { milliseconds: 1.1 },
    [apps.coulomb.ours],
    [apps.coulomb.bare],
  ),
  compareAll(
    `all ${EXAMPLES.length} example apps, precompiled / the same from bare \`ApiObject\`s`,
    { milliseconds: 1.5 },
    EXAMPLES.map((example) => [apps[example].ours]),
    EXAMPLES.map((example) => [apps[example].bare]),
    Math.ceil(runs / 3),
  ),
  compare(
    '`gitea-registry --help` / `node -e 0`',
    { milliseconds: 2 },
    ['bin/gitea-registry.js', '--help'],
    ['-e', '0'],
  ),
  compare(
    '`gitea-registry check` of 10,000 objects / `yaml.parseAllDocuments` of the same bytes',
    { milliseconds: 1.6, memory: 1.5 },
    ['bin/gitea-registry.js', 'check', manyObjects],
    script(
      'parse',
      `require('yaml').parseAllDocuments(require('node:fs').readFileSync(${JSON.stringify(manyObjects)}, 'utf8'));`,
    ),
    Math.ceil(runs / 6),
  ),
  compare(
    'synth of 400 tenants with our validations / without',
    { milliseconds: 1.05 },
    script('judged', tenants(true)),
    script('unjudged', tenants(false)),
  ),
  compare(
    '`cdk8s synth` of the coulomb app with the plugin / with `--no-validate`',
    { milliseconds: 1.1 },
    synth,
    [...synth, '--no-validate'],
    Math.ceil(runs / 2),
  ),
].flat();
rmSync(work, { recursive: true, force: true });
process.exit(held.every(Boolean) ? 0 : 1);
