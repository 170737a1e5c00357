import { configSources } from '../../src/declaration/config-source';
import type {
  ConfigSourceDeclaration,
  RegistryDeclaration,
  S3StorageDeclaration,
} from '../../src/declaration/model';
import { declarationProblems } from '../../src/declaration/parse';
import { describeProblem } from '../../src/declaration/problem';
import { MINIMAL_DECLARATION } from '../support/arbitraries';

const S3: S3StorageDeclaration = {
  type: 's3',
  endpoint: 's3.example.net',
  bucket: 'example-packages',
  region: 'us-east-1',
  useSsl: true,
  basePath: 'packages/',
  serveDirect: false,
  checksumAlgorithm: 'default',
  bucketLookup: 'auto',
  credentialsSecret: { name: 'shared', hash: 'v1' },
};

const declaration = (change: Partial<RegistryDeclaration>): RegistryDeclaration => ({
  ...MINIMAL_DECLARATION,
  ...change,
});

const problems = (change: Partial<RegistryDeclaration>): string[] =>
  declarationProblems(declaration(change)).map(describeProblem);

const secret = (
  name: string,
  more: Partial<ConfigSourceDeclaration> = {},
): ConfigSourceDeclaration => ({
  kind: 'Secret',
  name,
  ...more,
});

describe('the list of config sources', () => {
  it('is what the values list already, in order, then each Secret of our own once', () => {
    const one = declaration({
      configSources: [secret('mail'), { kind: 'ConfigMap', name: 'shared' }],
      objectStorage: S3,
      replicas: { count: 1, redisSecret: { name: 'shared', reloader: true } },
    });
    expect(configSources(one)).toEqual([
      secret('mail'),
      { kind: 'ConfigMap', name: 'shared' },
      secret('shared', { hash: 'v1', reloader: true }),
    ]);
  });

  it('is empty where nothing needs a Secret', () => {
    expect(configSources(MINIMAL_DECLARATION)).toEqual([]);
  });

  it.each<[string, Partial<RegistryDeclaration>]>([
    ['configSources[1]', { configSources: [secret('mail'), secret('mail')] }],
    ['configSources[0]', { configSources: [secret('shared')], objectStorage: S3 }],
  ])('is refused with %s listed twice', (path, change) => {
    expect(problems(change)).toEqual([expect.stringMatching(/ is listed twice: .*\(REG636\)$/)]);
    expect(problems(change)[0].startsWith(`${path}.name `)).toBe(true);
  });

  it('is refused with two hashes of one Secret, not with one', () => {
    const other = (hash?: string): Partial<RegistryDeclaration> => ({
      objectStorage: S3,
      replicas: { count: 1, redisSecret: { name: 'shared', ...(hash && { hash }) } },
    });
    expect(problems(other('v2'))).toEqual([
      expect.stringMatching(/^replicas\.redisSecret\.hash 'v2' is not .*\(REG623\)$/),
    ]);
    expect(problems(other('v1'))).toEqual([]);
    expect(problems(other())).toEqual([]);
  });

  it.each([`${'a'.repeat(60)}.abc`, 'Mail', ''])('is refused with the name %j', (name) => {
    expect(problems({ configSources: [secret(name)] })).toEqual([
      expect.stringMatching(/^configSources\[0\]\.name .*at most 63.*\(REG623\)$/),
    ]);
  });

  it.each(['', 'a b', '-', 'x'.repeat(129), 'a\nb'])('is refused with the hash %j', (hash) => {
    expect(problems({ configSources: [secret('mail', { hash })] })).toEqual([
      expect.stringMatching(/^configSources\[0\]\.hash .*\(REG623\)$/),
    ]);
  });

  it('takes a revision of forty hex digits for a hash, and no token', () => {
    const hash = '0123456789abcdef0123456789abcdef01234567';
    expect(problems({ configSources: [secret('mail', { hash })] })).toEqual([]);
  });
});
