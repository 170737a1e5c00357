import { join } from 'node:path';
import { Cluster, ClusterError, Kubectl } from '../../src/cluster';
import type { KubeObject } from '../../src/cluster';
import { FakeCluster, helmRelease } from '../../src/testing';
import type { FakeClusterOptions } from '../../src/testing';
import { environmentVariable, temporaryFolder } from '../support/temporary';

type Source = ConstructorParameters<typeof Cluster>[0];
type List = (resource: string, namespace: string | undefined) => Promise<readonly KubeObject[]>;

const forbidden = (right: string): ClusterError => new ClusterError('no', 'forbidden', right);
const object = (name: string, namespace = 'default'): KubeObject => ({
  metadata: { name, namespace },
});

/** A cluster whose kubectl is a function; `calls` are what it was asked. */
function clusterOf(list: List, namespaces: readonly string[] = [], groups?: ReadonlySet<string>) {
  const calls: string[] = [];
  const source: Source = {
    list: async (resource, namespace, keep) => {
      calls.push(`${resource} ${namespace ?? '*'}`);
      return (await list(resource, namespace)).flatMap((one) => keep(one) ?? []);
    },
    groups: () => Promise.resolve(groups),
    exec: () => Promise.reject(new Error('unused')),
    forward: () => Promise.reject(new Error('unused')),
  };
  return { cluster: new Cluster(source, { namespaces }), calls };
}

const names = (objects: readonly KubeObject[]): string[] => objects.map((one) => one.metadata.name);

describe('the facts of a cluster', () => {
  it('are asked for once, however often and early they are needed', async () => {
    const { cluster, calls } = clusterOf(async () => [object('a')]);
    const [one, other] = await Promise.all([cluster.objects('pods'), cluster.objects('pods')]);
    expect(names(one.objects)).toEqual(['a']);
    expect(other).toEqual(one);
    await cluster.releases();
    await cluster.objects('secrets');
    await cluster.objects('configmaps');
    expect(calls).toEqual(['pods *', 'secrets *', 'configmaps *']);
  });

  it('come from the given namespaces when nobody may look everywhere', async () => {
    const list: List = async (_, namespace) => {
      if (namespace === undefined) {
        throw forbidden('list pods in all namespaces');
      }
      return [object(`of-${namespace}`, namespace)];
    };
    const { cluster, calls } = clusterOf(list, ['a', 'b', 'a']);
    const listing = await cluster.objects('pods');
    expect(names(listing.objects)).toEqual(['of-a', 'of-b']);
    expect(listing.namespaces).toEqual(['a', 'b']);
    expect(listing.missing?.right).toBe('list pods in all namespaces');
    expect(calls).toEqual(['pods *', 'pods a', 'pods b']);
  });

  it('name the nearest right that is missing', async () => {
    const list: List = async (_, namespace) => {
      if (namespace !== 'a') {
        throw forbidden(`list pods in ${namespace ?? 'all'}`);
      }
      return [object('a', 'a')];
    };
    const { cluster } = clusterOf(list, ['a', 'b']);
    expect(await cluster.objects('pods')).toMatchObject({
      missing: { right: 'list pods in b' },
      namespaces: ['a'],
      objects: [{ metadata: { name: 'a' } }],
    });
  });

  it('of the whole cluster are not looked for in namespaces', async () => {
    const { cluster, calls } = clusterOf(() => Promise.reject(forbidden('list nodes')), ['a']);
    expect(await cluster.objects('nodes')).toMatchObject({ missing: { right: 'list nodes' } });
    expect(calls).toEqual(['nodes *']);
  });

  it('of a group nobody installed cost no list', async () => {
    const { cluster, calls } = clusterOf(async () => [], [], new Set(['apps']));
    expect(await cluster.objects('certificates')).toMatchObject({
      objects: [],
      missing: { reason: 'no-kind' },
    });
    await cluster.objects('deployments');
    expect(calls).toEqual(['deployments.apps *']);
  });

  it('are not asked for again once there is no cluster to ask', async () => {
    const gone = new ClusterError('no', 'unreachable');
    const { cluster, calls } = clusterOf(() => Promise.reject(gone));
    expect((await cluster.objects('pods')).missing).toBe(gone);
    expect((await cluster.objects('services')).missing).toBe(gone);
    expect(calls).toEqual(['pods *']);
  });

  it('are asked for on after one slow answer among others', async () => {
    const slow = new ClusterError('no', 'timeout');
    const list: List = (resource) =>
      resource === 'secrets' ? Promise.reject(slow) : Promise.resolve([]);
    const { cluster, calls } = clusterOf(list);
    await cluster.objects('pods');
    expect((await cluster.objects('secrets')).missing).toBe(slow);
    expect((await cluster.objects('services')).missing).toBeUndefined();
    expect(calls).toHaveLength(3);
  });

  it('are asked for by six processes at most', async () => {
    let running = 0;
    let most = 0;
    const { cluster } = clusterOf(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return [];
    });
    const kinds = ['pods', 'services', 'secrets', 'nodes', 'events', 'configmaps'] as const;
    const more = ['endpoints', 'serviceaccounts', 'namespaces', 'persistentvolumeclaims'] as const;
    await Promise.all([...kinds, ...more].map((kind) => cluster.objects(kind)));
    expect(most).toBe(6);
  });

  it('end with the reason of the signal', async () => {
    const reason = new Error('interrupted');
    const { cluster } = clusterOf(() => Promise.reject(reason));
    await expect(cluster.objects('pods')).rejects.toBe(reason);
  });
});

describe('Helm releases', () => {
  const release = (revision: number, status: string, more: object = {}): KubeObject =>
    helmRelease({
      name: 'gitea',
      namespace: 'default',
      chart: { name: 'gitea', version: '12.5.0' },
      config: {},
      revision,
      status,
      ...more,
    });

  it('are told newest first, from both drivers, with those that cannot be read', async () => {
    const objects: { readonly [resource: string]: readonly KubeObject[] } = {
      secrets: [
        release(10, 'deployed'),
        release(2, 'superseded'),
        release(9, 'failed'),
        release(1, 'deployed', { name: 'redis', chart: { name: 'redis', version: '1.0.0' } }),
        release(1, 'deployed', { name: 'traefik', chart: { name: 'traefik', version: '39.0.0' } }),
        {
          metadata: { name: 'sh.helm.release.v1.old.v1', namespace: 'z' },
          data: { release: 'eA==' },
        },
      ],
      configmaps: [
        release(1, 'deployed', {
          ...{ namespace: 'a', driver: 'configmap' },
          chart: { name: 'forgejo', version: '15.0.0' },
        }),
      ],
    };
    const { cluster } = clusterOf(async (resource) => objects[resource]);
    const { releases, unreadable, missing } = await cluster.releases();
    expect(
      releases.map(({ namespace, chart, revision, status }) => [
        namespace,
        chart.name,
        revision,
        status,
      ]),
    ).toEqual([
      ['a', 'forgejo', 1, 'deployed'],
      ['default', 'gitea', 10, 'deployed'],
      ['default', 'gitea', 9, 'failed'],
      ['default', 'gitea', 2, 'superseded'],
    ]);
    expect(unreadable).toEqual([
      { namespace: 'z', name: 'sh.helm.release.v1.old.v1', fault: 'the release is no JSON' },
    ]);
    expect(missing).toBeUndefined();
    expect((await cluster.releases(['traefik'])).releases).toMatchObject([{ name: 'traefik' }]);
  });

  it('name the right that is missing', async () => {
    const { cluster } = clusterOf((resource) =>
      resource === 'secrets' ? Promise.reject(forbidden('list secrets')) : Promise.resolve([]),
    );
    expect(await cluster.releases()).toMatchObject({
      releases: [],
      missing: { right: 'list secrets' },
    });
  });
});

describe('with the real kubectl', () => {
  const folder = temporaryFolder();
  const setCache = environmentVariable('KUBECACHEDIR');
  let fake: FakeCluster;
  afterEach(() => fake.close());

  async function clusterWith(
    options: FakeClusterOptions,
    namespaces: readonly string[] = [],
    more: object = {},
  ): Promise<Cluster> {
    setCache(join(folder(), 'cache'));
    fake = await FakeCluster.start(options);
    return new Cluster(new Kubectl({ kubeconfig: fake.kubeconfig, ...more }), { namespaces });
  }

  const POD = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'gitea-0', namespace: 'default' },
    status: { phase: 'Running' },
    spec: {
      containers: [{ name: 'gitea', image: 'gitea', env: [{ name: 'A', value: 'hunter2' }] }],
    },
  };

  it('reads objects, kinds nobody installed, files in a pod and a port', async () => {
    const answering = {
      objects: [POD],
      exec: ({ command }: { command: readonly string[] }) => ({ stdout: command.join(' ') }),
    };
    const cluster = await clusterWith(answering);
    const { objects, missing } = await cluster.objects('pods');
    expect(missing).toBeUndefined();
    expect(objects).toMatchObject([{ kind: 'Pod', metadata: { name: 'gitea-0' } }]);
    expect((await cluster.objects('certificates')).missing?.reason).toBe('no-kind');
    const place = { namespace: 'default', name: 'gitea-0', container: 'gitea' };
    expect(await cluster.exec(place, ['cat', '/a b'])).toBe('cat /a b');
    const forward = await cluster.forward({
      namespace: 'default',
      resource: 'pod/gitea-0',
      port: 3000,
    });
    expect(forward.port).toBeGreaterThan(0);
    await forward.close();
  });

  it('names rights and containers without a shell', async () => {
    const cluster = await clusterWith(
      { objects: [POD], forbidden: ['list secrets', 'list pods at the cluster scope'] },
      ['default'],
    );
    expect((await cluster.objects('secrets')).missing?.right).toBe(
      'list secrets in namespace default',
    );
    const pods = await cluster.objects('pods');
    expect(names(pods.objects)).toEqual(['gitea-0']);
    expect(pods.missing?.right).toBe('list pods in all namespaces');
    const place = { namespace: 'default', name: 'gitea-0' };
    await expect(cluster.exec(place, ['cat', '/a'])).rejects.toMatchObject({ reason: 'no-shell' });
    await expect(cluster.exec({ ...place, name: 'gone' }, ['cat', '/a'])).rejects.toMatchObject({
      reason: 'not-found',
    });
  });

  it('tells an expired credential, and an API that never answers', async () => {
    const expired = await clusterWith({ objects: [], fault: 'unauthorized' });
    expect((await expired.objects('pods')).missing?.reason).toBe('credential');
    await fake.close();
    const silent = await clusterWith({ objects: [], fault: 'silent' }, [], { timeoutMs: 500 });
    expect((await silent.objects('pods')).missing?.reason).toBe('timeout');
  });
});
