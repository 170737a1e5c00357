import { existsSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Kubectl } from '../../../src/cluster';
import { temporaryFolder } from '../../support/temporary';
import { listFile, standInKubectl } from '../stand-in';

const folder = temporaryFolder();

/** Arguments of the last call, one a line. */
const RECORD = 'for word in "$@"; do echo "$word"; done > "$(dirname "$0")/arguments"';
const args = (): string[] => readFileSync(join(folder(), 'arguments'), 'utf8').trim().split('\n');

const stand = (...lines: string[]): string => standInKubectl(folder(), RECORD, ...lines);
const pod = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop' },
});
const name = ({ metadata }: { metadata: { name: string } }): string => metadata.name;

/** Whether a process runs. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until the stand-in wrote its process id, and gives it. */
async function started(): Promise<number> {
  const file = join(folder(), 'pid');
  while (!existsSync(file) || readFileSync(file, 'utf8').trim() === '') {
    await new Promise((resolve) => setImmediate(resolve));
  }
  return Number(readFileSync(file, 'utf8'));
}

async function ended(pid: number): Promise<void> {
  while (isAlive(pid)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const HANG = 'echo $$ > "$(dirname "$0")/pid"; exec sleep 60';

describe('a list', () => {
  it('asks once for all namespaces, and keeps what is asked for', async () => {
    const file = listFile(folder(), 'pods', [pod('a'), pod('b'), pod('c')]);
    const kubectl = new Kubectl({ kubectl: stand(`cat ${file}`), context: 'here' });
    const names = await kubectl.list('pods', undefined, (one) =>
      one.metadata.name === 'b' ? undefined : name(one),
    );
    expect(names).toEqual(['a', 'c']);
    expect(args()).toEqual(['--context=here', 'get', 'pods', '--all-namespaces', '--output=json']);
  });

  it('asks for one namespace, by a field, with a kubeconfig', async () => {
    const file = listFile(folder(), 'events', []);
    const kubectl = new Kubectl({ kubectl: stand(`cat ${file}`), kubeconfig: '/k' });
    expect(await kubectl.list('events', '-n', name, 'type=Warning')).toEqual([]);
    expect(args()).toEqual([
      '--kubeconfig=/k',
      'get',
      'events',
      '--namespace=-n',
      '--field-selector=type=Warning',
      '--output=json',
    ]);
  });

  it('passes over items that are no objects', async () => {
    const file = listFile(folder(), 'odd', [7, null, { metadata: {} }, pod('a')]);
    const kubectl = new Kubectl({ kubectl: stand(`cat ${file}`) });
    expect(await kubectl.list('pods', undefined, name)).toEqual(['a']);
  });

  it('tells what kubectl said when it failed, even after it printed something', async () => {
    const kubectl = new Kubectl({
      kubectl: stand('printf "Please enter Username: "', 'echo "error: EOF" >&2', 'exit 1'),
    });
    await expect(kubectl.list('pods', undefined, name)).rejects.toMatchObject({
      reason: 'credential',
    });
  });

  it.each(['echo "{\\"items\\":[{\\"a\\": hunter2"', 'echo "<html>hunter2"', 'true'])(
    'refuses what is no list without quoting it: %s',
    async (line) => {
      const kubectl = new Kubectl({ kubectl: stand(line) });
      const error = await kubectl.list('pods', 'a', name).catch((thrown: Error) => thrown);
      expect(error).toMatchObject({ reason: 'failed' });
      expect(`${(error as Error).message} ${(error as Error).cause}`).not.toContain('hunter2');
    },
  );

  it('tells that there is no kubectl, or that it cannot be run', async () => {
    const missing = new Kubectl({ kubectl: join(folder(), 'nothing') });
    await expect(missing.list('pods', undefined, name)).rejects.toMatchObject({
      reason: 'no-kubectl',
      message: expect.stringContaining('there is no kubectl on this machine') as string,
    });
    await expect(
      new Kubectl({ kubectl: folder() }).list('pods', undefined, name),
    ).rejects.toMatchObject({ reason: 'no-kubectl' });
  });

  it('gives up on a kubectl that is silent, and ends it', async () => {
    const kubectl = new Kubectl({ kubectl: stand(HANG), timeoutMs: 300 });
    const list = kubectl.list('pods', undefined, name);
    await expect(list).rejects.toMatchObject({
      reason: 'timeout',
      message: expect.stringContaining('within 0.3 s') as string,
    });
    if (existsSync(join(folder(), 'pid'))) {
      await ended(await started());
    }
  });

  it('ends kubectl when the run is aborted, with the reason of the signal', async () => {
    const abort = new AbortController();
    const kubectl = new Kubectl({ kubectl: stand(HANG), signal: abort.signal });
    const list = kubectl.list('pods', undefined, name);
    const pid = await started();
    const reason = new Error('interrupted');
    abort.abort(reason);
    await expect(list).rejects.toBe(reason);
    await ended(pid);
    await expect(kubectl.list('pods', undefined, name)).rejects.toBe(reason);
  });
});

describe('a command in a pod', () => {
  const place = { namespace: 'default', name: 'gitea-0', container: 'gitea' };

  it('reads a file', async () => {
    const kubectl = new Kubectl({ kubectl: stand('printf "a = b\\n"') });
    expect(await kubectl.exec(place, ['cat', '/data/gitea/conf/app.ini'])).toBe('a = b\n');
    expect(args()).toEqual([
      'exec',
      '--namespace=default',
      '--container=gitea',
      'pod/gitea-0',
      '--',
      'cat',
      '/data/gitea/conf/app.ini',
    ]);
  });

  it.each([
    [['rm', '-rf', '/data']],
    [['sh', '-c', 'cat /x']],
    [['cat']],
    [['cat', '/a', '/b']],
    [['cat', '-']],
    [['cat', 'app.ini']],
    [['df', '--output=/x']],
    [['df', '-P', 'data']],
    [['df', '-P', '/a\n/b']],
    [[]],
  ])('runs nothing but reading: %j', async (command) => {
    const kubectl = new Kubectl({ kubectl: stand('true') });
    await expect(kubectl.exec(place, command)).rejects.toThrow(
      "only 'cat FILE' and 'df' may run in a pod",
    );
    expect(existsSync(join(folder(), 'arguments'))).toBe(false);
  });

  it('refuses to take in more than a megabyte', async () => {
    const kubectl = new Kubectl({ kubectl: stand('head -c 2000000 /dev/zero') });
    await expect(kubectl.exec(place, ['cat', '/big'])).rejects.toThrow('2000000 bytes');
  });

  it('tells that a container has no such program', async () => {
    const kubectl = new Kubectl({
      kubectl: stand('echo \'exec: "cat": executable file not found in $PATH\' >&2', 'exit 1'),
    });
    await expect(kubectl.exec(place, ['cat', '/a'])).rejects.toMatchObject({ reason: 'no-shell' });
  });
});

describe('the groups of an API', () => {
  it('are read from its own list', async () => {
    const file = listFile(folder(), 'any', []);
    const groups = JSON.stringify({ groups: [{ name: 'apps' }, { name: 'cert-manager.io' }] });
    const kubectl = new Kubectl({ kubectl: stand(`echo '${groups}'`) });
    expect(await kubectl.groups()).toEqual(new Set(['apps', 'cert-manager.io']));
    expect(args()).toEqual(['get', '--raw=/apis']);
    expect(await new Kubectl({ kubectl: stand(`cat ${file}`) }).groups()).toBeUndefined();
    expect(await new Kubectl({ kubectl: stand('echo x') }).groups()).toBeUndefined();
  });
});

describe('a forwarded port', () => {
  const target = { namespace: 'default', resource: 'svc/gitea-http', port: 3000 };
  const listens = (port: number): string =>
    `echo "Forwarding from 127.0.0.1:${port} -> 3000"; ${HANG}`;

  it('is known once kubectl listens, and ends with close', async () => {
    const server = createServer((socket) => socket.end('here'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const forward = await new Kubectl({ kubectl: stand(listens(port)) }).forward(target);
    const said = await new Promise<string>((resolve) => {
      connect(forward.port, '127.0.0.1').on('data', (bytes) => resolve(`${bytes}`));
    });
    server.close();
    expect(said).toBe('here');
    expect(args()).toEqual([
      'port-forward',
      '--address=127.0.0.1',
      '--namespace=default',
      'svc/gitea-http',
      ':3000',
    ]);
    const pid = await started();
    await forward.close();
    expect(isAlive(pid)).toBe(false);
    await forward.close();
  });

  it('ends when the run is aborted', async () => {
    const abort = new AbortController();
    const kubectl = new Kubectl({ kubectl: stand(listens(1)), signal: abort.signal });
    const forward = await kubectl.forward(target);
    const pid = await started();
    abort.abort();
    await ended(pid);
    await forward.close();
  });

  it('leaves no listener on the process', async () => {
    const before = process.listenerCount('exit');
    const forward = await new Kubectl({ kubectl: stand(listens(1)) }).forward(target);
    expect(process.listenerCount('exit')).toBe(before + 1);
    await forward.close();
    expect(process.listenerCount('exit')).toBe(before);
  });

  it('tells why it cannot be opened', async () => {
    const refusing = new Kubectl({
      kubectl: stand(
        'echo \'Error from server (Forbidden): pods "g" is forbidden: User "ci" cannot create resource "pods/portforward" in API group "" in the namespace "default"\' >&2',
        'exit 1',
      ),
    });
    await expect(refusing.forward(target)).rejects.toMatchObject({
      reason: 'forbidden',
      right: 'create pods/portforward in namespace default',
    });
    await expect(refusing.forward({ ...target, resource: '--all' })).rejects.toThrow('svc/NAME');
  });
});
