import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Inventory } from '../../../src/doctor/cluster/inventory-record';
import type { Report } from '../../../src/cli/report/report';
import type { FakeClusterOptions } from '../../../src/testing';
import { FakeCluster, FakeGitea, FaultProxy, testCertificate } from '../../../src/testing';
import {
  COULOMB_POD,
  COULOMB_SECRETS,
  coulombAfter,
  coulombBefore,
  coulombExec,
} from '../../cluster/fixtures/coulomb';
import type { CoulombState } from '../../cluster/fixtures/coulomb';
import { closeAfterTest } from '../../support/closing';
import { ownKubectlCache, withKubectl } from '../../support/kubectl';
import { temporaryFolder } from '../../support/temporary';
import type { Run } from '../run-command';
import { runCommand } from '../run-command';

const HOST = 'gitea.coulomb.social';
const DIST = join(__dirname, '../../../dist');

const folder = temporaryFolder();

/** Where the run of a whole `describe` keeps its files. */
let shared: string;

beforeAll(() => {
  shared = mkdtempSync(join(tmpdir(), 'doctor-cluster-'));
});

afterAll(() => rmSync(shared, { recursive: true, force: true }));

/** The first user's public host, Gitea behind it, and the cluster both are of. */
interface World {
  readonly cluster: FakeCluster;
  readonly argv: readonly string[];
  readonly close: () => Promise<void>;
}

const authority = testCertificate({ names: ['authority.example.test'] });

async function world(
  state: CoulombState,
  options: Partial<FakeClusterOptions> = {},
): Promise<World> {
  const rootUrl = state === 'before' ? `http://${HOST}/` : `https://${HOST}/`;
  const gitea = await FakeGitea.start({ rootUrl });
  gitea.addOrganization('coulomb');
  const tls = testCertificate({ names: [HOST], issuer: authority });
  const proxy = await FaultProxy.start(gitea.url, { tls });
  if (state === 'before') {
    const unrouted = ({ path }: { path: string }): boolean => path.startsWith('/v2');
    proxy.set({
      answer: [
        {
          status: 404,
          headers: [['Content-Type', 'text/plain; charset=utf-8']],
          body: '404 page not found\n',
          match: unrouted,
        },
      ],
    });
  }
  const cluster = await FakeCluster.start({
    objects: state === 'before' ? coulombBefore() : coulombAfter(),
    exec: coulombExec(state),
    ports: { [`default/${COULOMB_POD[state].name}:3000`]: Number(new URL(gitea.url).port) },
    ...options,
  });
  const ca = join(shared, 'ca.pem');
  writeFileSync(ca, tls.ca);
  const port = new URL(proxy.url).port;
  return {
    cluster,
    argv: [
      ...['doctor', HOST, '--connect-to', `${HOST}:443:127.0.0.1:${port}`, '--ca-file', ca],
      ...['--declaration', DIST, '--kubeconfig', cluster.kubeconfig],
    ],
    close: async () => {
      await Promise.all([gitea, proxy, cluster].map((each) => each.close()));
    },
  };
}

/** A run with everything that can be written; what it wrote is below `shared`. */
async function whole(state: CoulombState, output: string, ...more: readonly string[]) {
  const of = await world(state);
  const bundle = `${state}.tar.gz`;
  const argv = [...of.argv, '--inventory', '--output', output, '--support-bundle', bundle, ...more];
  const run = await runCommand(argv, shared);
  await of.close();
  execFileSync('tar', ['-xzf', bundle], { cwd: shared });
  const files = `${execFileSync('tar', ['-tzf', bundle], { cwd: shared })}`.trim().split('\n');
  const inventory = read('gitea-registry-support/inventory.json');
  const { requests } = of.cluster;
  return { ...run, files, requests, inventory: JSON.parse(inventory) as Inventory };
}

function read(file: string): string {
  return readFileSync(join(shared, file), 'utf8');
}

withKubectl('doctor with the real kubectl, before the change', () => {
  let seen: Awaited<ReturnType<typeof whole>>;
  beforeAll(async () => {
    seen = await whole('before', 'text');
  });

  it('takes stock of what the first user found', () => {
    const { inventory } = seen;
    expect(inventory).toMatchObject({
      schemaVersion: '1',
      host: HOST,
      server: 'Gitea 1.25.4',
      isClusterRead: true,
      rootUrl: `http://${HOST}`,
      appIni: { path: '/data/gitea/conf/app.ini', absent: ['packages', 'storage'] },
      routes: [],
      certificates: [],
      backups: [],
      images: [],
      packageDirectory: 'not measured',
    });
    expect(inventory.releases[0]).toEqual({
      name: 'gitea',
      namespace: 'default',
      chart: 'gitea',
      chartVersion: '12.5.0',
      appVersion: '1.25.4',
      revision: 2,
      status: 'deployed',
      deployedAt: '2025-11-01T09:00:00Z',
      isOwn: true,
    });
    expect(inventory.services.flatMap(({ ports }) => ports)).toContainEqual({
      name: 'http',
      port: 3000,
      targetPort: '3000',
      nodePort: 32166,
    });
    expect(inventory.volumes[0]).toMatchObject({ claim: 'gitea-shared-storage', capacity: '10Gi' });
    expect(inventory.volumes[0]?.use).toContain('40 % of /data used');
  });

  it('shows the public 404 beside the 401 of the Service', () => {
    const { accessPaths } = seen.inventory;
    expect(accessPaths.map(({ name, status }) => [name, status])).toEqual([
      ['ingress', 404],
      ['service', 401],
    ]);
    expect(accessPaths[1]?.headers.join('\n')).toMatch(/^www-authenticate: Bearer/im);
  });

  it('ends the way it opened', async () => {
    const { port } = new URL(seen.inventory.accessPaths[1]!.url);
    const reached = await new Promise((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false)).on('close', () => socket.destroy());
    });
    expect(reached).toBe(false);
  });

  it('prints the record behind the report, as Markdown', () => {
    const { out } = seen;
    expect(out).toContain('## State of the registry');
    expect(out).toContain('<code>gitea 12.5.0, app 1.25.4</code>');
    expect(out).toContain('no `[packages]` section');
    expect(out).toContain('NodePort 32166');
    expect(out).toMatch(/### Backups\n\nNone found\./);
  });
});

withKubectl('doctor with the real kubectl, after the change', () => {
  let seen: Awaited<ReturnType<typeof whole>>;
  beforeAll(async () => {
    seen = await whole('after', 'junit', '-o', 'state.md', '--save', 'saved.json', '--debug');
  });

  it('takes stock of it: fixed, the certificate ready, no drift', () => {
    const { inventory } = seen;
    expect(inventory).toMatchObject({
      rootUrl: `https://${HOST}/`,
      releases: [{ name: 'gitea', revision: 3, isOwn: true }, { name: 'traefik' }],
      certificates: [{ name: 'gitea-tls', isReady: true, dnsNames: [HOST] }],
      images: [{ image: `${HOST}/coulomb/state-hub:6186a99`, namespace: 'state-hub', pods: 1 }],
      drift: [],
    });
    expect(inventory.appIni).toMatchObject({ settings: { packages: { ENABLED: 'true' } } });
    expect(inventory.routes.some(({ path }) => path.startsWith('/v2'))).toBe(true);
    expect(inventory.images[0]?.digest).toMatch(/^sha256:039d2965/);
    expect(inventory.accessPaths.map(({ status }) => status)).toEqual([401, 401]);
  });

  it('shows no secret of the cluster in anything it writes', () => {
    const { out, err, files } = seen;
    expect(files).toContain('gitea-registry-support/inventory.json');
    const texts = [out, err, ...[...files, 'state.md', 'saved.json'].map(read)].join('\n');
    expect(texts).toContain('‹redacted›');
    for (const secret of Object.values(COULOMB_SECRETS)) {
      for (const form of [secret, Buffer.from(secret).toString('base64')]) {
        expect(texts).not.toContain(form);
      }
    }
  });

  it('only reads', () => {
    const written = seen.requests.filter(({ method }) => !['GET', 'HEAD'].includes(method));
    expect(written.filter(({ path }) => !/\/(exec|portforward)$/.test(path))).toEqual([]);
    expect(seen.requests.some(({ path }) => path.endsWith('/portforward'))).toBe(true);
  });
});

withKubectl('doctor with the real kubectl', () => {
  ownKubectlCache();

  async function run(of: World, ...more: readonly string[]): Promise<Run> {
    closeAfterTest(of);
    return runCommand([...of.argv, ...more], folder());
  }

  it('works without secrets and exec, and names what is not known', async () => {
    const forbidden = ['list secrets', 'get secrets', 'create pods/exec'];
    const { err } = await run(await world('after', { forbidden }), '--inventory', '-o', 'now.json');
    expect(err).toBe('wrote now.json\n');
    const state = JSON.parse(readFileSync(join(folder(), 'now.json'), 'utf8')) as Inventory;
    expect(state.unread.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['secrets', 'releases', 'app.ini', 'room on the volume']),
    );
    expect(state.unread.find(({ what }) => what === 'app.ini')?.why).toBe(
      "needs the right 'create pods/exec in namespace default'",
    );
    expect(state).toMatchObject({
      isClusterRead: true,
      certificates: [{ name: 'gitea-tls', isReady: true }],
      accessPaths: [{ status: 401 }, { name: 'service', status: 401 }],
    });
  });

  it('goes by the declaration that was applied where the user holds none', async () => {
    const { argv, ...of } = await world('after');
    const own = argv.filter((word) => word !== '--declaration' && word !== DIST);
    const { out } = await run({ ...of, argv: own }, '--only', 'REG230', '--output', 'json');
    const { checks } = JSON.parse(out) as Report;
    expect(checks.map(({ path, paths }) => paths ?? path).flat()).toContain('service');
  });

  it('says that there is no kubeconfig, skips what needs it, and judges what it can', async () => {
    const { argv, ...of } = await world('after');
    const nowhere = { ...of, argv: [...argv.slice(0, -1), join(folder(), 'nowhere')] };
    const { code, out } = await run(nowhere, '--only', 'REG230,REG730');
    expect(out).toContain('name a kubeconfig, or a context in it');
    expect(code).toBe(0);
    expect((await run(nowhere, '--only', 'REG730')).code).toBe(3);
  });

  it('says that it could not look where the credential is expired', async () => {
    const of = await world('after', { fault: 'unauthorized' });
    const { code, out } = await run(of, '--inventory', '--only', 'REG230');
    expect(out).toContain('**The cluster could not be read.**');
    expect(code).toBe(3);
  });
});

describe('doctor without a cluster', () => {
  it('asks no cluster that nobody named', async () => {
    const gitea = await FakeGitea.start();
    closeAfterTest(gitea);
    const { out } = await runCommand(['doctor', gitea.url, '--output', 'json'], folder(), {
      KUBECONFIG: '/nowhere',
    });
    expect(out).not.toContain('kubectl');
  });

  it.each([
    [['--output', 'json'], 'give -o FILE, ending in .md or .json'],
    [['-o', 'state.xml'], 'its ending says the form: .md or .json'],
  ])('refuses --inventory with %j', async (more, message) => {
    const { code, err } = await runCommand(['doctor', HOST, '--inventory', ...more], folder());
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
