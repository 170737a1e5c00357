import fc from 'fast-check';
import { supports } from '../../src/declaration/gates';
import { durationSeconds, formatDuration } from '../../src/declaration/go-duration';
import type {
  CleanupDeclaration,
  ConfigSecretDeclaration,
  ConfigSourceDeclaration,
  ObjectStorageDeclaration,
  RegistryDeclaration,
  ReplicasDeclaration,
} from '../../src/declaration/model';
import { parseForgeVersion } from '../../src/declaration/version';

/** What belongs to storage and pods, as a declaration has it. */
export type StoreParts = Pick<
  RegistryDeclaration,
  'objectStorage' | 'configSources' | 'replicas' | 'cleanup'
>;

const PUBLIC_ENDPOINT = 's3.eu-central-1.amazonaws.com';

function some<T>(required: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(required, { noNullPrototype: true }) as unknown as fc.Arbitrary<T>;
}

function arbitrarySecret(name: fc.Arbitrary<string>): fc.Arbitrary<ConfigSecretDeclaration> {
  return fc
    .tuple(
      name.filter(({ length }) => length <= 63),
      fc.constantFrom(undefined, 'v12', '6186a99'),
      fc.boolean(),
    )
    .map(([secret, hash, reloader]) => ({
      name: secret,
      ...(hash !== undefined && { hash }),
      ...(reloader && { reloader }),
    }));
}

function arbitraryObjectStorage(
  secret: fc.Arbitrary<ConfigSecretDeclaration>,
): fc.Arbitrary<ObjectStorageDeclaration> {
  return fc.oneof(
    some<Extract<ObjectStorageDeclaration, { type: 's3' }>>({
      type: fc.constant('s3'),
      endpoint: fc.constantFrom(PUBLIC_ENDPOINT, 'minio.storage.svc:9000', '10.0.0.7:9000'),
      bucket: fc.constantFrom('gitea', 'packages.of.all', 'b-3'),
      region: fc.constantFrom('us-east-1', 'eu-central-1'),
      useSsl: fc.boolean(),
      basePath: fc.constantFrom('packages/', 'gitea/blobs/'),
      serveDirect: fc.boolean(),
      checksumAlgorithm: fc.constantFrom('default', 'md5'),
      bucketLookup: fc.constantFrom('auto', 'dns', 'path'),
      credentialsSecret: secret,
    }),
    some<Extract<ObjectStorageDeclaration, { type: 'azure-blob' }>>({
      type: fc.constant('azure-blob'),
      endpoint: fc.constantFrom(
        'https://account.blob.core.windows.net',
        'http://azurite:10000/dev',
      ),
      accountName: fc.constantFrom('account', 'acc0unt'),
      container: fc.constantFrom('packages', 'gitea-packages'),
      basePath: fc.constant('packages/'),
      serveDirect: fc.constant(false),
      credentialsSecret: secret,
    }),
  );
}

/** Parts of random declarations; {@link withStoreParts} makes them fit the rest. */
export function arbitraryStoreParts(name: fc.Arbitrary<string>): fc.Arbitrary<StoreParts> {
  const secret = arbitrarySecret(name);
  const option = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
    fc.option(of, { nil: undefined, freq: 1 });
  return fc
    .tuple(
      option(arbitraryObjectStorage(secret)),
      fc.uniqueArray(
        fc
          .tuple(fc.constantFrom('Secret' as const, 'ConfigMap' as const), secret)
          .map(([kind, source]): ConfigSourceDeclaration => ({ kind, ...source })),
        { selector: (source) => source.name, maxLength: 3 },
      ),
      option(fc.tuple(fc.integer({ min: 1, max: 5 }), option(secret))),
      option(fc.boolean()),
    )
    .map(([objectStorage, sources, replicas, cleanup]) => ({
      ...(objectStorage && { objectStorage }),
      ...(sources.length > 0 && { configSources: sources }),
      ...(replicas && {
        replicas: {
          count: replicas[0],
          ...(replicas[1] && { redisSecret: replicas[1], fixedSecrets: true }),
        },
      }),
      ...(cleanup !== undefined && {
        cleanup: { enabled: cleanup, olderThan: '24h', schedule: '@midnight', runAtStart: cleanup },
      }),
    }));
}

/** The declaration with the parts, without what its release, volume or limits do not allow. */
export function withStoreParts<T extends Rest>(
  declaration: T,
  { objectStorage, configSources, replicas, cleanup }: StoreParts,
): T & StoreParts {
  const store = objectStorage && fittingStore(objectStorage, declaration);
  const pods = replicas && fittingReplicas(replicas, declaration);
  const own = new Set([store?.credentialsSecret.name, pods?.redisSecret?.name]);
  const others = configSources?.filter(({ name }) => !own.has(name)) ?? [];
  return {
    ...declaration,
    ...(store && { objectStorage: store }),
    ...(others.length > 0 && { configSources: others }),
    ...(pods && { replicas: pods }),
    ...(cleanup && { cleanup: fittingCleanup(cleanup, declaration) }),
  };
}

type Rest = Pick<RegistryDeclaration, 'release' | 'storage' | 'limits'>;

const has = ({ release }: Rest, feature: Parameters<typeof supports>[1]): boolean =>
  supports(parseForgeVersion(release.appVersion, release.flavor), feature);

function fittingStore(
  store: ObjectStorageDeclaration,
  rest: Rest,
): ObjectStorageDeclaration | undefined {
  if (store.type === 'azure-blob') {
    return has(rest, 'azureBlob') ? store : undefined;
  }
  // A release with locks between pods is newer than the one that serves directly well.
  const isDirect = store.useSsl && store.endpoint === PUBLIC_ENDPOINT && has(rest, 'globalLock');
  return { ...store, serveDirect: store.serveDirect && isDirect };
}

function fittingReplicas(replicas: ReplicasDeclaration, rest: Rest): ReplicasDeclaration {
  const canScale =
    rest.storage?.accessMode === 'ReadWriteMany' &&
    replicas.redisSecret !== undefined &&
    has(rest, 'globalLock');
  return { ...replicas, count: canScale ? replicas.count : 1 };
}

function fittingCleanup(cleanup: CleanupDeclaration, { limits }: Rest): CleanupDeclaration {
  const seconds = Math.max(86_400, durationSeconds(limits.pushBudget) ?? 0);
  return { ...cleanup, olderThan: formatDuration(seconds) };
}
