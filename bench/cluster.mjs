// Peak memory and time of reading a large cluster: npm run build && node bench/cluster.mjs [PODS] [SECRETS]
//
// First the room `cluster` alone, then `doctor --inventory` as a whole.
//
// kubectl is a script that prints lists of that size, so the figures are those of this package alone; the real kubectl
// holds the whole list in its own process.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [pods = 5000, secrets = 2000] = process.argv.slice(2).map(Number);
const work = mkdtempSync(join(tmpdir(), 'gitea-registry-bench-'));

const words = (count, prefix) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${prefix}-${index}`,
      `value ${index} of a label`,
    ]),
  );

/** A pod as the API has it, about 9 KiB. */
function pod(index) {
  const name = `app-${index}-7c9d8f6b5-x2x4z`;
  const container = (role) => ({
    name: role,
    image: `git.example.org/shop/${role}:${index}`,
    command: ['/bin/sh', '-c', `exec /srv/${role} --listen :8080 ${'--option=value '.repeat(10)}`],
    env: Array.from({ length: 30 }, (_, line) => ({
      name: `VARIABLE_${line}`,
      value: `value ${line} of ${name}`,
    })),
    resources: {
      limits: { cpu: '1', memory: '512Mi' },
      requests: { cpu: '100m', memory: '128Mi' },
    },
    volumeMounts: [
      { name: 'data', mountPath: '/data' },
      { name: 'kube-api-access', mountPath: '/var/run/secrets', readOnly: true },
    ],
    readinessProbe: {
      httpGet: { path: '/healthz', port: 8080, scheme: 'HTTP' },
      periodSeconds: 10,
    },
  });
  const status = (role) => ({
    name: role,
    image: `git.example.org/shop/${role}:${index}`,
    imageID: `git.example.org/shop/${role}@sha256:${'a'.repeat(64)}`,
    containerID: `containerd://${'b'.repeat(64)}`,
    ready: true,
    restartCount: 0,
    state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
  });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: `team-${index % 40}`,
      uid: `${index}`,
      labels: words(8, 'label'),
      annotations: words(12, 'note'),
    },
    spec: {
      containers: [container('main'), container('sidecar')],
      imagePullSecrets: [{ name: 'gitea-pull' }],
      serviceAccountName: 'default',
      tolerations: Array.from({ length: 4 }, (_, line) => ({
        key: `node-${line}`,
        operator: 'Exists',
      })),
      volumes: [
        { name: 'data', persistentVolumeClaim: { claimName: name } },
        { name: 'kube-api-access', projected: { sources: [] } },
      ],
    },
    status: {
      phase: 'Running',
      conditions: ['Ready', 'Initialized', 'ContainersReady', 'PodScheduled'].map((type) => ({
        type,
        status: 'True',
        lastTransitionTime: '2026-01-01T00:00:00Z',
      })),
      containerStatuses: [status('main'), status('sidecar')],
    },
  };
}

/** Every tenth one a Helm release of 300 KiB to 1 MiB, of our charts each hundredth; the others 2 to 20 KiB. */
function secret(index) {
  const metadata = {
    name: `secret-${index}`,
    namespace: `team-${index % 40}`,
    labels: words(3, 'label'),
  };
  if (index % 10 > 0) {
    const data = { token: randomBytes(1500 + (index % 10) * 1500).toString('base64') };
    return { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata, data };
  }
  const chart = index % 100 === 0 ? 'gitea' : 'shop';
  const name = `sh.helm.release.v1.${chart}-${index}.v1`;
  const manifest = randomBytes(150_000 + (index % 7) * 60_000).toString('base64');
  const config = {
    replicaCount: 1,
    gitea: { config: { server: { ROOT_URL: 'https://git.example.org/' } } },
  };
  const release = JSON.stringify({
    name: chart,
    info: { status: 'deployed' },
    chart: { metadata: { name: chart, version: '12.5.0' } },
    config,
    manifest,
  });
  const stored = Buffer.from(gzipSync(release).toString('base64')).toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'helm.sh/release.v1',
    metadata: { ...metadata, name },
    data: { release: stored },
  };
}

function writeList(name, count, make) {
  const file = openSync(join(work, `${name}.json`), 'w');
  writeSync(file, '{\n    "apiVersion": "v1",\n    "items": [');
  for (let index = 0; index < count; index++) {
    writeSync(file, `${index === 0 ? '' : ','}\n${JSON.stringify(make(index), undefined, 4)}`);
  }
  writeSync(file, '],\n    "kind": "List",\n    "metadata": {}\n}\n');
  closeSync(file);
  return statSync(join(work, `${name}.json`)).size;
}

const mebibytes = (bytes) => Math.round(bytes / 1024 / 1024);

const sizes = [writeList('pods', pods, pod), writeList('secrets', secrets, secret)];
writeList('empty', 0, pod);
const kubectl = join(work, 'kubectl');
writeFileSync(
  kubectl,
  `#!/bin/sh\ncase "$2" in\n--raw=*) echo '{}' ;;\npods|secrets) cat "${work}/$2.json" ;;\n*) cat "${work}/empty.json" ;;\nesac\n`,
);
chmodSync(kubectl, 0o755);
buildSync({
  entryPoints: [join(root, 'src/cluster/index.ts')],
  bundle: true,
  platform: 'node',
  outfile: join(work, 'cluster.cjs'),
});
writeFileSync(
  join(work, 'read.cjs'),
  `const { Cluster, Kubectl } = require('./cluster.cjs');
  const cluster = new Cluster(new Kubectl({ kubectl: ${JSON.stringify(kubectl)} }), { namespaces: [] });
  const kinds = ['pods', 'secrets', 'services', 'deployments', 'ingresses', 'events', 'configmaps', 'jobs'];
  Promise.all([...kinds.map((kind) => cluster.objects(kind)), cluster.releases()]).then((all) => {
    const { releases, missing } = all.pop();
    console.log(JSON.stringify({ kept: all.map(({ objects }) => objects.length), releases: releases.length, missing: missing?.message }));
  });`,
);

/** Runs a script, and tells its peak memory in MiB and what it said. */
function measure(what, args) {
  const start = process.hrtime.bigint();
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['-r', join(root, 'bench/peak.cjs'), ...args],
    {
      cwd: work,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${work}:${process.env.PATH}` },
    },
  );
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const peak = Number(/peak (\d+) KiB/.exec(stderr)?.[1]) / 1024;
  console.log(`${what}: peak ${peak.toFixed(0)} MiB, ${seconds.toFixed(1)} s`);
  console.log(stdout.trim().split('\n').at(-1), stderr.replace(/^peak.*$/m, '').trim());
  return peak;
}

console.log(
  `${pods} pods (${mebibytes(sizes[0])} MiB), ${secrets} secrets (${mebibytes(sizes[1])} MiB)`,
);
const peaks = [
  measure('read', [join(work, 'read.cjs')]),
  measure('doctor --inventory', [
    join(root, 'bin/gitea-registry.js'),
    ...['doctor', 'git.example.org', '--connect-to', 'git.example.org:443:127.0.0.1:1'],
    ...['--inventory', '-o', join(work, 'inventory.json')],
  ]),
];
rmSync(work, { recursive: true });
process.exitCode = Math.max(...peaks) <= 200 ? 0 : 1;
