import type { RegistryDeclaration } from '../../src/declaration/model';
import { ownedSettings } from '../../src/declaration/owned-settings';
import { declarationProblems } from '../../src/declaration/parse';
import { describeProblem } from '../../src/declaration/problem';
import { isRecreated, redisSecretContents } from '../../src/declaration/replicas';
import { MINIMAL_DECLARATION } from '../support/arbitraries';

type Storage = NonNullable<RegistryDeclaration['storage']>;

const volume = (accessMode: Storage['accessMode']): Storage => ({
  claim: 'data',
  size: '10Gi',
  accessMode,
  path: '/data/packages',
});

const SCALED: RegistryDeclaration = {
  ...MINIMAL_DECLARATION,
  storage: volume('ReadWriteMany'),
  replicas: { count: 3, redisSecret: { name: 'gitea-redis' }, fixedSecrets: true },
};

const problems = (change: Partial<RegistryDeclaration>): string[] =>
  declarationProblems({ ...SCALED, ...change }).map(describeProblem);

const { count, redisSecret } = SCALED.replicas!;

describe('several replicas', () => {
  it('are fine with a shared volume, Redis and fixed secrets', () => {
    expect(problems({})).toEqual([]);
  });

  it.each<[string, Partial<RegistryDeclaration>, RegExp]>([
    [
      'a volume for one node',
      { storage: volume('ReadWriteOnce') },
      /is 'ReadWriteOnce'.*one replica/,
    ],
    ['a volume for one pod', { storage: volume('ReadWriteOncePod') }, /is 'ReadWriteOncePod'/],
    ['no declared volume', { storage: undefined }, /storage is missing/],
    ['no Redis', { replicas: { count, fixedSecrets: true } }, /replicas\.redisSecret is missing/],
    [
      'secrets of their own',
      { replicas: { count, redisSecret } },
      /replicas\.fixedSecrets is missing/,
    ],
    [
      'a Gitea without locks',
      { release: { ...SCALED.release, appVersion: '1.22.6' } },
      /must be 1: gitea 1\.22\.6 has no locks/,
    ],
    [
      'Forgejo',
      { release: { ...SCALED.release, flavor: 'forgejo', appVersion: '14.0.2+gitea-1.22.0' } },
      /must be 1: forgejo 14\.0\.2 has no locks/,
    ],
  ])('are refused with %s', (_, change, message) => {
    const [problem, ...others] = problems(change);
    expect(problem).toMatch(/^replicas\.count 3 .*\(REG632\)$/);
    expect(problem).toMatch(message);
    expect(others).toEqual([]);
  });

  it('are refused with everything that is missing at once', () => {
    expect(problems({ storage: undefined, replicas: { count } })).toHaveLength(3);
  });

  it.each([0, -1, 1.5, 51])('are refused as %j', (odd) => {
    expect(problems({ replicas: { count: odd } })[0]).toMatch(/^replicas\.count .*\(REG632\)$/);
  });
});

it.each<[string, Partial<RegistryDeclaration>, boolean]>([
  ['nothing is declared', { replicas: undefined }, false],
  ['there are several', {}, false],
  [
    'one has a volume for one node',
    { replicas: { count: 1 }, storage: volume('ReadWriteOnce') },
    true,
  ],
  ['one has an unknown volume', { replicas: { count: 1 }, storage: undefined }, true],
  ['one keeps its queues on a shared volume', { replicas: { count: 1 } }, true],
  ['one shares volume and queues', { replicas: { count: 1, redisSecret } }, false],
])('the pod is recreated where %s: %#', (_, change, recreated) => {
  expect(isRecreated({ ...SCALED, ...change })).toBe(recreated);
});

describe('state in Redis', () => {
  const written = (declaration: RegistryDeclaration): string[] =>
    ownedSettings(declaration)
      .filter(({ value }) => value === 'redis')
      .map(({ section, key }) => `${section}.${key}`);

  it('is switched on for locks, cache, queues and sessions, and each has its connection in the Secret', () => {
    expect(written(SCALED)).toEqual([
      'cache.ADAPTER',
      'global_lock.SERVICE_TYPE',
      'queue.TYPE',
      'session.PROVIDER',
    ]);
    expect(redisSecretContents(SCALED)).toEqual([
      { secret: 'gitea-redis', section: 'cache', keys: ['HOST'] },
      { secret: 'gitea-redis', section: 'global_lock', keys: ['SERVICE_CONN_STR'] },
      { secret: 'gitea-redis', section: 'queue', keys: ['CONN_STR'] },
      { secret: 'gitea-redis', section: 'session', keys: ['PROVIDER_CONFIG'] },
    ]);
  });

  it('has no locks where the release knows none', () => {
    const forgejo: RegistryDeclaration = {
      ...SCALED,
      release: { ...SCALED.release, flavor: 'forgejo', appVersion: '11.0.1+gitea-1.22.0' },
      replicas: { count: 1, redisSecret },
    };
    expect(written(forgejo)).toEqual(['cache.ADAPTER', 'queue.TYPE', 'session.PROVIDER']);
    expect(redisSecretContents(forgejo).map(({ section }) => section)).toEqual([
      'cache',
      'queue',
      'session',
    ]);
  });

  it('is not written without a Secret', () => {
    const alone = { ...SCALED, replicas: { count: 1 } };
    expect(written(alone)).toEqual([]);
    expect(redisSecretContents(alone)).toEqual([]);
  });
});
