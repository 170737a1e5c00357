import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeCluster } from '../../../src/testing';
import type { FakeClusterOptions } from '../../../src/testing';
import { closeAfterTest } from '../../support/closing';
import { kubectl, ownKubectlCache, startKubectl, withKubectl } from '../../support/kubectl';
import { pod, service, WIDGETS } from './objects';

async function start(options: FakeClusterOptions): Promise<FakeCluster> {
  const cluster = await FakeCluster.start(options);
  closeAfterTest(cluster);
  return cluster;
}

function names(stdout: string): string[] {
  const { items } = JSON.parse(stdout) as { items: { metadata: { name: string } }[] };
  return items.map(({ metadata }) => metadata.name);
}

withKubectl('FakeCluster and the real kubectl', () => {
  ownKubectlCache();

  test('lists all namespaces in chunks, one namespace, and one object', async () => {
    const pods = ['a', 'b', 'c', 'd', 'e'].map((name) => pod(name));
    const cluster = await start({ objects: [...pods, pod('f', 'other')] });
    const [all, other, one] = await Promise.all([
      kubectl(cluster, ['get', 'pods', '-A', '-o', 'json', '--chunk-size=2']),
      kubectl(cluster, ['get', 'po', '-n', 'other', '-o', 'json']),
      kubectl(cluster, ['get', 'pod', 'b', '-o', 'jsonpath={.metadata.labels.app}']),
    ]);
    expect(names(all.stdout)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(names(other.stdout)).toEqual(['f']);
    expect(one.stdout).toBe('b');
    expect(cluster.requests.filter(({ path }) => path === '/api/v1/pods')).toHaveLength(3);
  });

  test('prints a table although it knows none', async () => {
    const cluster = await start({ objects: [pod('a')] });
    const { stdout } = await kubectl(cluster, ['get', 'pods']);
    expect(stdout).toMatch(/^NAME +AGE\na +<unknown>\n$/);
  });

  test('knows a custom kind by its definition or an object, and no other', async () => {
    const issuer = {
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { name: 'le' },
    };
    const cluster = await start({ objects: [WIDGETS, issuer] });
    const [empty, found, absent] = await Promise.all([
      kubectl(cluster, ['get', 'wd', '-o', 'json']),
      kubectl(cluster, ['get', 'clusterissuers', '-o', 'json']),
      kubectl(cluster, ['get', 'prometheuses']),
    ]);
    expect(names(empty.stdout)).toEqual([]);
    expect(names(found.stdout)).toEqual(['le']);
    expect(absent.stderr).toContain(`the server doesn't have a resource type "prometheuses"`);
  });

  test('refuses in the words of the API server', async () => {
    const forbidden = ['list pods at the cluster scope', 'create pods/exec in default'];
    const cluster = await start({ objects: [pod('a')], forbidden });
    const [all, own, exec] = await Promise.all([
      kubectl(cluster, ['get', 'pods', '-A']),
      kubectl(cluster, ['get', 'pods', '-o', 'name']),
      kubectl(cluster, ['exec', 'a', '--', 'true']),
    ]);
    expect(all.stderr).toBe(
      'Error from server (Forbidden): pods is forbidden: User "doctor" cannot list resource "pods" in API group "" at the cluster scope\n',
    );
    expect(own.stdout).toBe('pod/a\n');
    expect(exec.stderr).toContain(
      'pods "a" is forbidden: User "doctor" cannot create resource "pods/exec" in API group "" in the namespace "default"',
    );
  });

  test('an expired credential and a silent server are what kubectl says of them', async () => {
    const expired = await start({ objects: [], fault: 'unauthorized' });
    const silent = await start({ objects: [], fault: 'silent' });
    const [refused, waited] = await Promise.all([
      kubectl(expired, ['get', 'pods']),
      kubectl(silent, ['get', '--raw', '/version', '--request-timeout=300ms']),
    ]);
    expect(refused.stderr).toContain('You must be logged in to the server');
    expect(waited.stderr).toMatch(/context deadline exceeded|Client\.Timeout exceeded/);
  });

  test('a pod is created once, seen, and deleted', async () => {
    const cluster = await start({ objects: [] });
    const manifest = JSON.stringify(pod('pull-test'));
    const created = await kubectl(cluster, ['create', '-f', '-'], { input: manifest });
    expect(created.stdout).toBe('pod/pull-test created\n');
    expect(cluster.objects.map(({ metadata }) => metadata.name)).toEqual(['pull-test']);
    const again = await kubectl(cluster, ['create', '-f', '-'], { input: manifest });
    expect(again.stderr).toContain('pods "pull-test" already exists');
    const deleted = await kubectl(cluster, ['delete', 'pod', 'pull-test']);
    expect(deleted.stdout).toBe('pod "pull-test" deleted\n');
    expect(cluster.objects).toEqual([]);
  });

  test.each([
    ['WebSocket', 'GET', 'true'],
    ['SPDY', 'POST', 'false'],
  ])('exec over %s gives output, errors and exit code', async (_, method, webSockets) => {
    const cluster = await start({
      objects: [pod('a')],
      exec: ({ command }) =>
        command[0] === 'report'
          ? { stdout: 'x'.repeat(100_000), stderr: `${command.join('|')}\n`, exitCode: 3 }
          : undefined,
    });
    const environment = { KUBECTL_REMOTE_COMMAND_WEBSOCKETS: webSockets };
    const [ran, missing] = await Promise.all([
      kubectl(cluster, ['exec', 'a', '--', 'report', 'two words', '-x'], { environment }),
      kubectl(cluster, ['exec', 'a', '--', 'sh'], { environment }),
    ]);
    expect(ran.exitCode).toBe(3);
    expect(ran.stdout).toHaveLength(100_000);
    expect(ran.stderr).toBe('report|two words|-x\ncommand terminated with exit code 3\n');
    expect(missing.exitCode).toBe(1);
    expect(missing.stderr).toContain('exec: "sh": executable file not found in $PATH');
    const execs = cluster.requests.filter(({ path }) => path.endsWith('/exec'));
    expect(execs.map((each) => each.method)).toEqual([method, method]);
  });

  test.each([
    ['WebSocket', 'GET', 'true'],
    ['SPDY', 'POST', 'false'],
  ])('a port-forward over %s leads to the port behind a Service', async (_, method, webSockets) => {
    const backend = createServer((request, response) => {
      let size = 0;
      request.on('data', (chunk: Buffer) => (size += chunk.length));
      request.on('end', () => response.end(`${request.method} ${request.url} ${size}`));
    });
    await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
    closeAfterTest({ close: () => backend.close() });
    const cluster = await start({
      objects: [pod('web'), service('web')],
      ports: { 'default/web:3000': (backend.address() as AddressInfo).port },
    });
    const child = startKubectl(cluster, ['port-forward', 'svc/web', ':80'], {
      KUBECTL_PORT_FORWARD_WEBSOCKETS: webSockets,
    });
    closeAfterTest({ close: () => child.kill() });
    const said = await new Promise<string>((resolve) =>
      child.stdout!.once('data', (chunk) => resolve(String(chunk))),
    );
    const url = `http://127.0.0.1:${/127\.0\.0\.1:(\d+) -> 3000/.exec(said)![1]}`;
    const body = Buffer.alloc(3_000_000, 'x');
    const answers = await Promise.all([
      fetch(`${url}/a`).then((each) => each.text()),
      fetch(`${url}/b`, { method: 'PUT', body }).then((each) => each.text()),
    ]);
    expect(answers).toEqual(['GET /a 0', 'PUT /b 3000000']);
    expect(cluster.requests.at(-1)).toMatchObject({
      method,
      path: expect.stringMatching(/portforward$/),
    });
  });

  test('a port-forward to a port nobody listens on says so', async () => {
    const cluster = await start({ objects: [pod('web')] });
    const child = startKubectl(cluster, ['port-forward', 'pod/web', ':22']);
    closeAfterTest({ close: () => child.kill() });
    const said = new Promise<string>((resolve) => {
      let text = '';
      child.stderr!.on('data', (chunk) => (text += String(chunk)));
      child.on('close', () => resolve(text));
    });
    const port = await new Promise<string>((resolve) =>
      child.stdout!.once('data', (chunk) => resolve(/127\.0\.0\.1:(\d+)/.exec(String(chunk))![1]!)),
    );
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
    expect(await said).toMatch(/port 22 to pod default\/web.*connection refused/s);
  });
});
