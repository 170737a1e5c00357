import { existsSync, statSync } from 'node:fs';
import { FakeCluster } from '../../../src/testing';
import type { FakeClusterOptions, KubeObject } from '../../../src/testing';
import { closeAfterTest } from '../../support/closing';
import { pod, WIDGETS } from './objects';

async function start(options: FakeClusterOptions): Promise<FakeCluster> {
  const cluster = await FakeCluster.start(options);
  closeAfterTest(cluster);
  return cluster;
}

async function get<T>(cluster: FakeCluster, path: string): Promise<T> {
  return (await (await fetch(cluster.url + path)).json()) as T;
}

interface List {
  readonly kind: string;
  readonly metadata: { readonly continue?: string; readonly remainingItemCount?: number };
  readonly items: readonly KubeObject[];
}

async function listed(cluster: FakeCluster, path: string): Promise<string[]> {
  return (await get<List>(cluster, path)).items.map(({ metadata }) => metadata.name);
}

test('the kubeconfig is private and goes with the cluster', async () => {
  const cluster = await FakeCluster.start({ objects: [] });
  const path = cluster.kubeconfig;
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await cluster.close();
  expect(existsSync(path)).toBe(false);
});

test('discovery tells built-in kinds, defined kinds and the kinds of the objects', async () => {
  const policy = {
    apiVersion: 'example.net/v2',
    kind: 'Policy',
    metadata: { name: 'p', namespace: 'default' },
  };
  const cluster = await start({ objects: [WIDGETS, policy] });
  const { groups } = await get<{ groups: { name: string }[] }>(cluster, '/apis');
  expect(groups.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['apps', 'batch', 'example.org', 'example.net']),
  );
  const { resources } = await get<{ resources: object[] }>(cluster, '/apis/example.net/v2');
  expect(resources).toEqual([
    expect.objectContaining({ name: 'policies', kind: 'Policy', namespaced: true }),
  ]);
  expect(await listed(cluster, '/apis/example.org/v1/widgets')).toEqual([]);
  expect((await fetch(`${cluster.url}/apis/example.com/v1`)).status).toBe(404);
});

test('a list goes on where its chunk ended', async () => {
  const cluster = await start({ objects: ['a', 'b', 'c'].map((name) => pod(name)) });
  const first = await get<List>(cluster, '/api/v1/pods?limit=2');
  expect(first).toMatchObject({ kind: 'PodList', metadata: { remainingItemCount: 1 } });
  const rest = `/api/v1/pods?limit=2&continue=${first.metadata.continue}`;
  expect(await listed(cluster, rest)).toEqual(['c']);
  expect((await get<List>(cluster, rest)).metadata.continue).toBeUndefined();
});

test.each([
  ['labelSelector=app%3Da', ['a']],
  ['labelSelector=app!%3Da', ['b', 'c']],
  ['labelSelector=app+in+(a,b),app', ['a', 'b']],
  ['labelSelector=!app', []],
  ['fieldSelector=metadata.name%3Db', ['b']],
  ['fieldSelector=type%3DSpecial', ['c']],
  ['fieldSelector=type!%3DSpecial,metadata.name!%3Da', ['b']],
])('%s selects', async (query, expected) => {
  const objects = [pod('a'), pod('b'), { ...pod('c'), type: 'Special' }];
  const cluster = await start({ objects });
  expect(await listed(cluster, `/api/v1/pods?${query}`)).toEqual(expected);
});

test('the events of an object are selected by what they are about', async () => {
  const event = (name: string, about: string) => ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: 'default' },
    involvedObject: { kind: 'Pod', name: about },
  });
  const cluster = await start({ objects: [event('one', 'a'), event('two', 'b')] });
  const path = '/api/v1/namespaces/default/events?fieldSelector=involvedObject.name%3Db';
  expect(await listed(cluster, path)).toEqual(['two']);
});

test('objects may change while it runs', async () => {
  const cluster = await start({ objects: [pod('a')] });
  cluster.objects = [pod('b')];
  expect(await listed(cluster, '/api/v1/pods')).toEqual(['b']);
});

test('a right is withheld in one namespace, at the cluster scope, or everywhere', async () => {
  const status = async (right: string, path: string): Promise<number> => {
    const cluster = await start({ objects: [], forbidden: [right] });
    return (await fetch(cluster.url + path)).status;
  };
  const [all, own] = ['/api/v1/secrets', '/api/v1/namespaces/default/secrets'];
  expect(await status('list secrets', all)).toBe(403);
  expect(await status('list secrets', own)).toBe(403);
  expect(await status('list secrets in default', all)).toBe(200);
  expect(await status('list secrets in default', own)).toBe(403);
  expect(await status('list * at the cluster scope', all)).toBe(403);
  expect(await status('* secrets at the cluster scope', own)).toBe(200);
  expect(await status('get secrets', own)).toBe(200);
});

test('a right nobody can read is a mistake of the test, and is told', async () => {
  const cluster = await start({ objects: [], forbidden: ['secrets'] });
  const { message } = await get<{ message: string }>(cluster, '/api/v1/secrets');
  expect(message).toContain("'secrets' is no right; write 'list pods in default'");
});

test('a watch stays open and says nothing', async () => {
  const cluster = await start({ objects: [pod('a')] });
  const answer = await fetch(`${cluster.url}/api/v1/pods?watch=true`);
  expect(answer.status).toBe(200);
  await answer.body!.cancel();
});

test('everything an expired credential asks is answered 401', async () => {
  const cluster = await start({ objects: [], fault: 'unauthorized' });
  for (const path of ['/version', '/api', '/api/v1/pods']) {
    const answer = await fetch(cluster.url + path);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ kind: 'Status', reason: 'Unauthorized' });
  }
});

test('a silent cluster takes the request and never answers', async () => {
  const cluster = await start({ objects: [], fault: 'silent' });
  const given = fetch(`${cluster.url}/version`);
  const arrived = (async () => {
    while (cluster.requests.length === 0) await new Promise(setImmediate);
  })();
  await arrived;
  await cluster.close();
  await expect(given).rejects.toThrow();
});
