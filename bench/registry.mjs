// The ratios of the clients against a running Gitea: npm run build && node bench/registry.mjs OWNER [RUNS] [WORD]
//
// GITEA_REGISTRY_URL, GITEA_REGISTRY_USER and GITEA_REGISTRY_TOKEN name server and account. Whole processes, in turn
// A B A B …, so that a slower minute of the machine meets both; the median of the pairwise ratios is the figure. A peer
// that is not on the PATH is left out, loudly. What is pushed stays in the packages `bench-*` of the owner.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const work = join(root, '.synth', 'bench-registry');
const [owner, runs = '5', word = ''] = process.argv.slice(2);
const { GITEA_REGISTRY_URL, GITEA_REGISTRY_USER, GITEA_REGISTRY_TOKEN } = process.env;
if (!owner || !GITEA_REGISTRY_URL || !GITEA_REGISTRY_USER || !GITEA_REGISTRY_TOKEN) {
  process.stderr.write(
    'usage: node bench/registry.mjs OWNER [RUNS] [WORD], with GITEA_REGISTRY_URL, GITEA_REGISTRY_USER and GITEA_REGISTRY_TOKEN\n',
  );
  process.exit(2);
}
const host = new URL(GITEA_REGISTRY_URL).host;
const MIB = 1024 * 1024;
const VERSIONS = 5000;

/** Milliseconds and peak memory (MiB, our processes only) of one whole process. */
function measure({ command, args, ours = false }) {
  const preload = ours ? ['-r', join(root, 'bench/peak.cjs')] : [];
  const start = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(command, [...preload, ...args], {
    cwd: work,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, DOCKER_CONFIG: work },
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed: ${error ?? ''}\n${stderr}`);
  }
  return { milliseconds, memory: ours ? Number(/peak (\d+) KiB\n$/.exec(stderr)[1]) / 1024 : 0 };
}

const node = (...args) => ({ command: process.execPath, args, ours: true });
const client = (name) => join(root, 'bench/clients', name);
const bin = join(root, 'bin/gitea-registry.js');
const isThere = (command) => spawnSync('which', [command]).status === 0;
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** One pair, each side made anew for each run. */
async function compare(label, bound, memoryBound, tool, ours, peer) {
  if (!label.includes(word)) {
    return;
  }
  if (!isThere(tool)) {
    process.stdout.write(`| ${label} | skipped: no ${tool} on the PATH | | | |\n`);
    return;
  }
  const pairs = [];
  for (let run = -1; run < Number(runs); run++) {
    const pair = [measure(await ours(run)), measure(await peer(run))];
    if (run >= 0) {
      pairs.push(pair);
    }
  }
  const ratio = median(pairs.map(([a, b]) => a.milliseconds / b.milliseconds));
  const [a, b] = [0, 1].map((side) => median(pairs.map((pair) => pair[side].milliseconds)));
  process.stdout.write(
    `| ${label} | ${a.toFixed(0)} ms | ${b.toFixed(0)} ms | ${ratio.toFixed(2)} | ≤ ${bound} |\n`,
  );
  if (memoryBound) {
    const peak = Math.max(...pairs.map(([one]) => one.memory));
    process.stdout.write(
      `| ${label}, peak memory | ${peak.toFixed(0)} MiB | | | ≤ ${memoryBound} MiB |\n`,
    );
  }
}

/** A compressed layer of random bytes: no registry has it yet, and nothing about it can be guessed. */
async function layer(name, size) {
  const file = join(work, name);
  const block = randomBytes(MIB);
  const blocks = (function* () {
    for (let left = size; left > 0; left -= MIB) {
      randomBytes(4096).copy(block);
      yield Buffer.from(block);
    }
  })();
  await pipeline(Readable.from(blocks), createGzip({ level: 0 }), createWriteStream(file));
  return file;
}

/** Sends one generic file of so many bytes. */
function put(path, size) {
  const url = new URL(`/api/packages/${owner}/generic/${path}`, GITEA_REGISTRY_URL);
  const block = randomBytes(Math.min(size, MIB));
  return new Promise((resolve, reject) => {
    const sending = request(
      url,
      {
        method: 'PUT',
        auth: `${GITEA_REGISTRY_USER}:${GITEA_REGISTRY_TOKEN}`,
        headers: { 'Content-Length': size, 'Content-Type': 'application/octet-stream' },
      },
      (answer) => answer.resume().once('end', () => resolve(answer.statusCode)),
    );
    sending.once('error', reject);
    Readable.from(
      (function* () {
        for (let left = size; left > 0; left -= block.length) {
          yield block.subarray(0, Math.min(left, block.length));
        }
      })(),
      { objectMode: false },
    ).pipe(sending);
  });
}

/** Five thousand versions; those that are there from an earlier run stay. */
async function seedVersions() {
  for (let next = 0; next < VERSIONS; next += 20) {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => put(`bench-versions/1.0.${next + index}/f`, 1)),
    );
  }
}

rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
const auth = Buffer.from(`${GITEA_REGISTRY_USER}:${GITEA_REGISTRY_TOKEN}`).toString('base64');
writeFileSync(join(work, 'config.json'), JSON.stringify({ auths: { [host]: { auth } } }), {
  mode: 0o600,
});
// curl reads the account from a file: an argument would stand in the process list.
writeFileSync(
  join(work, 'curlrc'),
  `user = "${GITEA_REGISTRY_USER}:${GITEA_REGISTRY_TOKEN}"\nsilent\nfail\n`,
  { mode: 0o600 },
);
writeFileSync(
  join(work, 'pages.sh'),
  `page=1
while :; do
  curl -K curlrc "${GITEA_REGISTRY_URL}/api/v1/packages/${owner}?limit=50&page=$page" > page.json || exit 1
  [ "$(head -c 3 page.json)" = '[]' ] && break
  [ "$(head -c 2 page.json)" = '[]' ] && break
  page=$((page + 1))
done
`,
);
process.stdout.write(
  `Node ${process.version}, ${runs} pairs\n\n| pair | ours | peer | ratio | bound |\n| --- | --- | --- | --- | --- |\n`,
);
try {
  await compare(
    'push of a 512 MiB layer / `crane append`',
    0.9,
    120,
    'crane',
    async (run) =>
      node(client('push.mjs'), await layer('ours.gz', 512 * MIB), `${owner}/bench-ours:${run + 1}`),
    async (run) => ({
      command: 'crane',
      args: [
        'append',
        '--insecure',
        '-f',
        await layer('peer.gz', 512 * MIB),
        '-t',
        `${host}/${owner}/bench-peer:${run + 1}`,
      ],
    }),
  );
  await compare(
    'pull of a 512 MiB layer, verified / `skopeo copy`',
    1.1,
    120,
    'skopeo',
    async (run) => node(client('pull.mjs'), `${owner}/bench-ours:0`, join(work, `pulled-${run}`)),
    async (run) => ({
      command: 'skopeo',
      args: [
        'copy',
        '--quiet',
        '--authfile',
        'config.json',
        '--src-tls-verify=false',
        `docker://${host}/${owner}/bench-ours:0`,
        `dir:${join(work, `copied-${run}`)}`,
      ],
    }),
  );
  if (word === '' || 'versions'.includes(word)) {
    await seedVersions();
  }
  await compare(
    `\`ls\` of ${VERSIONS} versions / a loop of curl over the pages`,
    1.0,
    120,
    'curl',
    () => node(bin, 'ls', owner, '--registry', GITEA_REGISTRY_URL, '--output', 'jsonl'),
    () => ({ command: 'sh', args: ['pages.sh'] }),
  );
  const size = 1024 * MIB;
  await put('bench-large/1/f', size);
  // What is not written to the disk yet slows who writes next: each run begins without the file of the one before.
  const fresh = (name) => {
    const file = join(work, name);
    rmSync(file, { force: true });
    return file;
  };
  await compare(
    'download of a 1 GiB generic file, four ranges, verified / one curl',
    1.0,
    120,
    'curl',
    () =>
      node(
        bin,
        'generic',
        'get',
        `${owner}/bench-large@1/f`,
        '--registry',
        GITEA_REGISTRY_URL,
        '-o',
        fresh('ours'),
      ),
    () => ({
      command: 'curl',
      args: [
        '-K',
        'curlrc',
        '-o',
        fresh('peer'),
        `${GITEA_REGISTRY_URL}/api/packages/${owner}/generic/bench-large/1/f`,
      ],
    }),
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}
