import { Transport } from '../../../src/client/http/transport';
import type { RegistryTarget } from '../../../src/client/target';
import { smoke } from '../../../src/operate/smoke/smoke';
import type { SmokeStep } from '../../../src/operate/smoke/step';
import { FakeGitea, FaultProxy } from '../../../src/testing';

const SIZE = 4096;

let gitea: FakeGitea;
let proxy: FaultProxy;
let transport: Transport;
let secret: string;

beforeEach(async () => {
  gitea = await FakeGitea.start();
  gitea.addUser('ci');
  gitea.addUser('reader');
  gitea.addOrganization('team', { owners: ['ci'] });
  secret = gitea.createToken('ci', ['write:package']);
  proxy = await FaultProxy.start(gitea.url);
  transport = new Transport({ retry: { attempts: 1 } });
  gitea.configure({ rootUrl: proxy.url });
});

afterEach(async () => {
  transport.close();
  await proxy.close();
  await gitea.close();
});

function target(signal?: AbortSignal, user = 'ci', token = secret): RegistryTarget {
  const origin = new URL(proxy.url);
  return { origin, transport, signal, credential: { origin: origin.origin, user, secret: token } };
}

async function run(of: RegistryTarget, owner = 'team'): Promise<SmokeStep[]> {
  const steps: SmokeStep[] = [];
  for await (const step of smoke(of, { owner, size: SIZE })) {
    steps.push(step);
  }
  return steps;
}

/** What people see of the store: listed versions, and sessions that are open. */
function visible(): { readonly versions: number; readonly sessions: number } {
  const { packages, uploads } = gitea.state;
  return {
    versions: packages.flatMap(({ versions }) => versions).filter(({ isInternal }) => !isInternal)
      .length,
    sessions: uploads.size,
  };
}

const told = (steps: readonly SmokeStep[]): string[] =>
  steps.map(({ name, status, code }) =>
    `${name}: ${status} ${status === 'pass' ? '' : code}`.trim(),
  );

describe('a smoke test', () => {
  it('pushes, pulls, compares and leaves nothing behind', async () => {
    expect(told(await run(target()))).toEqual([
      'login: pass',
      'push blob: pass',
      'put manifest: pass',
      'pull: pass',
      'generic: pass',
      'cleanup: pass',
    ]);
    expect(visible()).toEqual({ versions: 0, sessions: 0 });
    expect([...new Set(gitea.state.packages.map(({ name }) => name))]).toEqual(['doctor-probe']);
  });

  it('sends bytes nobody has: two runs share no blob', async () => {
    const digests = async (): Promise<string[]> => {
      const from = gitea.requests.length;
      await run(target());
      return gitea.requests
        .slice(from)
        .flatMap(({ method, path }) =>
          method === 'GET' ? (/\/blobs\/(sha256:\w+)/.exec(path)?.[1] ?? []) : [],
        );
    };
    const first = await digests();
    const second = await digests();
    expect(first).toHaveLength(2);
    expect(first.filter((digest) => second.includes(digest))).toEqual([]);
  });

  it('names the cause of a refused push, skips what needs it, and still tries the rest', async () => {
    const token = gitea.createToken('reader', ['write:package']);
    expect(told(await run(target(undefined, 'reader', token)))).toEqual([
      'login: pass',
      'push blob: fail REG321',
      'put manifest: skip REG475',
      'pull: skip REG735',
      'generic: fail REG321',
      'cleanup: pass',
    ]);
  });

  it('asks for nothing more once the token is refused', async () => {
    const steps = await run(target(undefined, 'ci', 'f'.repeat(40)));
    expect(told(steps)).toEqual([
      'login: fail REG312',
      'push blob: skip REG321',
      'put manifest: skip REG475',
      'pull: skip REG735',
      'generic: skip REG920',
      'cleanup: skip REG475',
    ]);
    expect(JSON.stringify(steps)).not.toContain('f'.repeat(20));
  });

  it('leaves nothing behind wherever it is interrupted', async () => {
    await run(target());
    const requests = proxy.requests.length;
    expect(requests).toBeGreaterThan(10);
    for (let at = 1; at < requests; at++) {
      const interruption = new AbortController();
      let arrived = 0;
      const interruptAt = (): boolean => {
        arrived += 1;
        if (arrived === at) {
          interruption.abort(new Error('interrupted'));
        }
        return false;
      };
      proxy.set({ redirect: { status: 308, location: '{path}', match: interruptAt } });
      await run(target(interruption.signal)).catch((error: unknown) =>
        expect(error).toEqual(new Error('interrupted')),
      );
      expect({ at, ...visible() }).toEqual({ at, versions: 0, sessions: 0 });
    }
  });

  it('says what may be left when the cleanup fails', async () => {
    const steps: SmokeStep[] = [];
    for await (const step of smoke(target(), { owner: 'team', size: SIZE })) {
      steps.push(step);
      if (step.name === 'pull') {
        proxy.set({ breakOff: { at: 'request' } });
      }
    }
    expect(told(steps).at(-1)).toBe('cleanup: warn REG475');
    expect(steps.at(-1)!.observed).toContain('may be left');
  });
});
