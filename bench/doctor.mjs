// What a diagnosis costs: npm run build && node bench/doctor.mjs [RUNS]
//
// The whole command on two access paths of a healthy FakeGitea on loopback beside `node -e 0`, in turn A B A B …; the
// median of the pairwise ratios is the figure. Then the same behind a line of 30 ms there and back (a connection costs
// one more), and how many round trips of wall time that adds.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';

const file = fileURLToPath(import.meta.url);
const root = join(dirname(file), '..');
/** What a user's shell has, without what would name another registry or proxy. */
const SURROUNDINGS = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(GITEA_REGISTRY_|https?_proxy$|no_proxy$)/i.test(name),
  ),
);
const HOST = 'git.example.test';
const ROUND_TRIP_MS = 30;

/** Servers of their own thread: the process that waits for the command must not slow them down. */
async function serve() {
  const { FakeGitea, FaultProxy, testCertificate } = createRequire(file)(
    join(root, 'lib/src/testing'),
  );
  const tls = testCertificate({ names: [HOST] });
  const gitea = await FakeGitea.start({ rootUrl: `https://${HOST}/` });
  gitea.addUser('ci');
  gitea.addOrganization('coulomb', { owners: ['ci'] });
  const token = gitea.createToken('ci', ['write:package', 'read:user', 'read:organization']);
  const proxy = await FaultProxy.start(gitea.url, { tls });
  const near = { ingress: portOf(proxy.url), service: portOf(gitea.url) };
  parentPort.postMessage({
    certificate: tls.ca,
    token,
    near,
    far: { ingress: await delayed(near.ingress), service: await delayed(near.service) },
  });
}

/** A port that hands bytes on half a round trip later; the first ones a whole one more, as long as a connection takes. */
async function delayed(port) {
  const later = (from, to, opening) => {
    let queue = pause(opening);
    const after = (step) => {
      const due = pause(ROUND_TRIP_MS / 2);
      queue = Promise.all([queue, due]).then(step);
    };
    from.on('data', (chunk) => after(() => to.write(chunk)));
    from.on('end', () => after(() => to.end()));
    from.on('error', () => to.destroy());
  };
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    [client, upstream].forEach((socket) => socket.setNoDelay(true));
    later(client, upstream, ROUND_TRIP_MS);
    later(upstream, client, 0);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
}

const portOf = (url) => Number(new URL(url).port);

async function run() {
  const runs = Number(process.argv[2] ?? 15);
  const work = join(root, '.synth', 'bench-doctor');
  mkdirSync(work, { recursive: true });
  const worker = new Worker(file);
  const site = await new Promise((resolve, reject) =>
    worker.once('message', resolve).once('error', reject),
  );
  const ca = join(work, 'ca.pem');
  writeFileSync(ca, site.certificate);
  const doctor = ({ ingress, service }, isSignedIn) => [
    join(root, 'bin/gitea-registry.js'),
    ...['doctor', `https://${HOST}`, '--ca-file', ca],
    ...['--connect-to', `${HOST}:443:127.0.0.1:${ingress}`],
    ...['--connect-to', `${HOST}:80:127.0.0.1:${ingress}`],
    ...['--path', `service=http://127.0.0.1:${service}`, '--output', 'json'],
    ...(isSignedIn ? ['--owner', 'coulomb'] : []),
  ];
  const signedIn = {
    GITEA_REGISTRY_USER: 'ci',
    GITEA_REGISTRY_TOKEN: site.token,
  };
  const rows = [];
  for (const isSignedIn of [false, true]) {
    const environment = isSignedIn ? signedIn : {};
    const ratios = [];
    const trips = [];
    for (let at = -1; at < runs; at++) {
      const near = await whole(doctor(site.near, isSignedIn), environment, work);
      const bare = await whole(['-e', '0'], {}, work);
      const far = await whole(doctor(site.far, isSignedIn), environment, work);
      if (at >= 0) {
        ratios.push(near.ms / bare.ms);
        trips.push((far.ms - near.ms) / ROUND_TRIP_MS);
      }
    }
    const who = isSignedIn ? 'with a credential and an owner' : 'as nobody';
    rows.push(`| doctor, two paths, ${who} / \`node -e 0\` | ${median(ratios).toFixed(2)} | ≤ 5 |`);
    rows.push(
      `| the same at 30 ms: round trips of wall time | ${median(trips).toFixed(1)} | ≤ 12 |`,
    );
  }
  process.stdout.write(`| what | figure | bound |\n| --- | --- | --- |\n${rows.join('\n')}\n`);
  rmSync(work, { recursive: true });
  await worker.terminate();
}

/** Milliseconds of one process; a check that fails is a mistake of this script. */
function whole(args, environment, cwd) {
  const start = process.hrtime.bigint();
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...SURROUNDINGS, HOME: cwd, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  return new Promise((resolve, reject) =>
    child.once('close', (code) =>
      code === 0
        ? resolve({ ms: Number(process.hrtime.bigint() - start) / 1e6 })
        : reject(new Error(`exit ${code}\n${Buffer.concat(output)}`)),
    ),
  );
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

await (isMainThread ? run() : serve());
