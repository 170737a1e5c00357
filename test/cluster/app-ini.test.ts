import { ClusterError, diskUse, forgeContainer, inodeUse, readAppIni } from '../../src/cluster';
import type { KubeObject, PodPlace } from '../../src/cluster';
import { readDf } from '../../src/cluster/disk-use';
import { iniLines } from '../../src/rules/read/ini';

function pod(...containers: readonly object[]): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'gitea-0', namespace: 'git' },
    spec: { containers },
  };
}

const INI = [
  'APP_NAME = Forge',
  '[server]',
  'ROOT_URL = https://git.example.org/',
  'LFS_JWT_SECRET = hunter2',
  '[security]',
  'INTERNAL_TOKEN = hunter2',
  '[database]',
  'PASSWD = `hunter2;#`',
  '[session]',
  'PROVIDER_CONFIG = redis://:hunter2@r',
  '[packages]',
  'LIMIT_SIZE_CONTAINER = -1',
  '',
].join('\n');

/** A cluster that answers commands by the words of them; a reason refuses. */
function answering(answers: { readonly [command: string]: string }) {
  const calls: string[] = [];
  return {
    calls,
    exec: async (place: PodPlace, command: readonly string[]): Promise<string> => {
      calls.push(`${place.namespace}/${place.name}/${place.container}: ${command.join(' ')}`);
      const answer = answers[command.join(' ')];
      if (answer === undefined) {
        throw new ClusterError('no such file', 'not-found');
      }
      return answer;
    },
  };
}

const CHART_POD = pod(
  { name: 'sidecar', image: 'proxy' },
  { name: 'forge', image: 'x', env: [{ name: 'GITEA_APP_INI', value: '/srv/app.ini' }] },
);

describe('app.ini of a pod', () => {
  it('is read where the container says, with every secret hidden', async () => {
    const cluster = answering({ 'cat /srv/app.ini': INI });
    const { path, settings } = await readAppIni(cluster, CHART_POD, iniLines);
    expect(cluster.calls).toEqual(['git/gitea-0/forge: cat /srv/app.ini']);
    expect(path).toBe('/srv/app.ini');
    expect([...settings].map(([section, keys]) => [section, Object.fromEntries(keys)])).toEqual([
      ['', { APP_NAME: 'Forge' }],
      ['server', { ROOT_URL: 'https://git.example.org/', LFS_JWT_SECRET: '‹redacted›' }],
      ['security', { INTERNAL_TOKEN: '‹redacted›' }],
      ['database', { PASSWD: '‹redacted›' }],
      ['session', { PROVIDER_CONFIG: '‹redacted›' }],
      ['packages', { LIMIT_SIZE_CONTAINER: '-1' }],
    ]);
  });

  it('is looked for where the images have it when nothing says so', async () => {
    const cluster = answering({ 'cat /etc/gitea/app.ini': INI });
    const { path } = await readAppIni(cluster, pod({ name: 'a', image: 'gitea' }), iniLines);
    expect(path).toBe('/etc/gitea/app.ini');
    expect(cluster.calls).toHaveLength(2);
  });

  it('is not looked for elsewhere when the container names another place', async () => {
    const cluster = answering({ 'cat /etc/gitea/app.ini': INI });
    await expect(readAppIni(cluster, CHART_POD, iniLines)).rejects.toMatchObject({
      reason: 'not-found',
    });
    expect(cluster.calls).toHaveLength(1);
  });

  it('needs a container that is a forge', async () => {
    const others = pod({ name: 'a', image: 'nginx' }, { name: 'b', image: 'redis' });
    await expect(readAppIni(answering({}), others, iniLines)).rejects.toThrow('no container');
    await expect(diskUse(answering({}), others, '/data')).rejects.toThrow('no container');
  });
});

describe('the container of a forge', () => {
  it.each([
    ['its name', { name: 'gitea', image: 'x' }],
    ['its image', { name: 'main', image: 'docker.gitea.com/gitea:1.25.4-rootless' }],
    ['the image of Forgejo', { name: 'main', image: 'code.forgejo.org/forgejo/forgejo@sha256:1' }],
  ])('is found by %s', (_, container) => {
    const found = forgeContainer(pod({ name: 'a', image: 'gitea-runner' }, container));
    expect(found?.place.container).toBe(container.name);
  });
});

describe('the room on a volume', () => {
  const busybox = [
    'Filesystem           1024-blocks    Used Available Capacity Mounted on',
    '/dev/disk 1                10475520   8388608   2086912  80% /data',
  ].join('\n');

  it('is told in bytes', async () => {
    const cluster = answering({ 'df -P /data': busybox });
    expect(await diskUse(cluster, CHART_POD, '/data')).toEqual({
      device: '/dev/disk 1',
      mountedOn: '/data',
      size: 10475520 * 1024,
      used: 8388608 * 1024,
      available: 2086912 * 1024,
      percent: 80,
    });
  });

  it('is told in inodes', async () => {
    const df = 'Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/a 1000 900 100 90% /data\n';
    const cluster = answering({ 'df -P -i /data': df });
    expect(await inodeUse(cluster, CHART_POD, '/data')).toMatchObject({ size: 1000, percent: 90 });
  });

  it('goes by the unit of the header', () => {
    const size = (header: string): number | undefined =>
      readDf(`${header}\n/dev/a 10 5 5 50% /data`)?.size;
    expect(size('Filesystem 512-blocks Used Available Capacity Mounted on')).toBe(5120);
    expect(size('Filesystem 1K-blocks Used Available Use% Mounted on')).toBe(10240);
  });

  it('is not guessed from anything else', async () => {
    expect(readDf('')).toBeUndefined();
    const cluster = answering({ 'df -P /data': "df: /data: can't find mount point" });
    await expect(diskUse(cluster, CHART_POD, '/data')).rejects.toMatchObject({ reason: 'failed' });
  });
});
