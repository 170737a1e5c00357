import fc from 'fast-check';
import { objectStorageSettings } from '../../src/declaration/object-storage-settings';
import type {
  AzureBlobStorageDeclaration,
  ObjectStorageDeclaration,
  RegistryDeclaration,
  S3StorageDeclaration,
} from '../../src/declaration/model';
import { declarationProblems } from '../../src/declaration/parse';
import { describeProblem } from '../../src/declaration/problem';
import { Cursor } from '../../src/rules/cursor';
import type { IniSetting } from '../../src/rules/read/ini-setting';
import { AppIniView } from '../../src/rules/storage/app-ini-view';
import { packageStore, storeKey } from '../../src/rules/storage/package-store';
import { MINIMAL_DECLARATION } from '../support/arbitraries';

const S3: S3StorageDeclaration = {
  type: 's3',
  endpoint: 's3.example.net',
  bucket: 'example-packages',
  region: 'eu-central-1',
  useSsl: true,
  basePath: 'packages/',
  serveDirect: false,
  checksumAlgorithm: 'default',
  bucketLookup: 'auto',
  credentialsSecret: { name: 'gitea-s3' },
};

const AZURE: AzureBlobStorageDeclaration = {
  type: 'azure-blob',
  endpoint: 'https://account.blob.core.windows.net',
  accountName: 'account',
  container: 'packages',
  basePath: 'packages/',
  serveDirect: false,
  credentialsSecret: { name: 'gitea-azure' },
};

function problems(
  objectStorage: ObjectStorageDeclaration,
  release: Partial<RegistryDeclaration['release']> = {},
): string[] {
  return declarationProblems({
    ...MINIMAL_DECLARATION,
    release: { ...MINIMAL_DECLARATION.release, ...release },
    objectStorage,
  }).map(describeProblem);
}

describe('an object storage', () => {
  it.each([S3, AZURE])('is fine as $type', (storage) => {
    expect(problems(storage)).toEqual([]);
  });

  it.each<[Partial<S3StorageDeclaration>, RegExp]>([
    [{ endpoint: 'https://s3.example.net' }, /endpoint 'https.* without a scheme.*REG711/],
    [{ endpoint: 's3.example.net/bucket' }, /REG711/],
    [{ endpoint: 's3.example.net:70000' }, /REG711/],
    [{ endpoint: 's3..net' }, /REG711/],
    [{ bucket: 'Packages' }, /bucket 'Packages' .*REG711/],
    [{ bucket: 'ab' }, /REG711/],
    [{ bucket: 'a..b' }, /REG711/],
    [{ region: 'EU' }, /REG711/],
    [{ basePath: '/packages/' }, /REG711/],
    [{ basePath: 'packages' }, /REG711/],
    [{ basePath: '../' }, /REG711/],
    [{ checksumAlgorithm: 'sha1' as never }, /REG660/],
    [{ bucketLookup: 'host' as never }, /REG660/],
    [{ credentialsSecret: { name: 'S3' } }, /REG623/],
  ])('is refused with %j', (change, message) => {
    expect(problems({ ...S3, ...change })).toEqual([expect.stringMatching(message)]);
  });

  it.each<[Partial<AzureBlobStorageDeclaration>]>([
    [{ endpoint: 'account.blob.core.windows.net' }],
    [{ accountName: 'Account' }],
    [{ accountName: 'ab' }],
    [{ container: 'a--b' }],
    [{ container: '-packages' }],
  ])('of Azure is refused with %j', (change) => {
    expect(problems({ ...AZURE, ...change })).toEqual([expect.stringContaining('(REG711)')]);
  });

  it.each([
    ['gitea', '1.22.6'],
    ['gitea', '1.23.0-rc0'],
    ['forgejo', '11.0.1+gitea-1.22.0'],
    ['forgejo', '14.0.0+gitea-1.22.0'],
  ] as const)('of Azure is refused with %s %s, which does not know it', (flavor, appVersion) => {
    expect(problems(AZURE, { flavor, appVersion })).toEqual([
      expect.stringMatching(/^objectStorage\.type 'azure-blob' needs Gitea 1\.23\.0.*\(REG711\)$/),
    ]);
  });
});

describe('serving directly', () => {
  it.each<[Partial<S3StorageDeclaration>]>([
    [{ endpoint: 'minio.storage.svc:9000' }],
    [{ endpoint: 'minio.storage.svc.cluster.local' }],
    [{ endpoint: 'minio:9000' }],
    [{ endpoint: '10.1.2.3' }],
    [{ endpoint: '192.168.0.9:9000' }],
    [{ endpoint: '127.0.0.1:9000' }],
    [{ useSsl: false }],
  ])('is refused with %j, and fine without it', (change) => {
    const storage = { ...S3, ...change };
    expect(problems(storage)).toEqual([]);
    expect(problems({ ...storage, serveDirect: true })).toEqual([
      expect.stringMatching(/^objectStorage\.serveDirect true sends every client .*\(REG712\)$/),
    ]);
  });

  it.each([
    [AZURE, true],
    [{ ...AZURE, endpoint: 'http://account.blob.core.windows.net' }, false],
    [{ ...AZURE, endpoint: 'https://azurite/account' }, false],
    [S3, true],
  ])('of %j is allowed: %s', (storage, allowed) => {
    expect(problems({ ...storage, serveDirect: true })).toHaveLength(allowed ? 0 : 1);
  });

  it.each([
    ['gitea', '1.22.3', false],
    ['gitea', '1.22.4', true],
    ['forgejo', '11.0.1+gitea-1.22.0', true],
    ['forgejo', '1.20.6', false],
  ] as const)('with %s %s is allowed: %s', (flavor, appVersion, allowed) => {
    const found = problems({ ...S3, serveDirect: true }, { flavor, appVersion });
    expect(found).toEqual(
      allowed ? [] : [expect.stringMatching(/'missing signature key'.*\(REG712\)$/)],
    );
  });
});

const asIni = (
  settings: readonly { readonly section: string; readonly key: string; readonly value: string }[],
): IniSetting[] =>
  settings.map(({ section, key, value }) => ({
    section,
    key,
    text: value,
    source: 'ini',
    at: new Cursor(value),
  }));

const leftover = fc.record({
  section: fc.constantFrom(
    'storage',
    'storage.minio',
    'storage.local',
    'storage.azureblob',
    'storage.packages',
    'storage.other',
    'packages',
  ),
  key: fc.constantFrom('STORAGE_TYPE', 'PATH', 'MINIO_BUCKET', 'MINIO_BASE_PATH', 'SERVE_DIRECT'),
  value: fc.constantFrom('minio', 'local', 'other', 'true'),
});

describe('the settings of an object storage', () => {
  it.each([S3, AZURE])(
    'lead packages to the $type store, whatever app.ini held before',
    (storage) => {
      const ours = objectStorageSettings(storage);
      fc.assert(
        fc.property(fc.array(leftover, { maxLength: 12 }), (before) => {
          const ini = new AppIniView([...asIni(before), ...asIni(ours)]);
          const store = packageStore(ini);
          expect(store).toMatchObject({
            kind: 'store',
            type: storage.type === 's3' ? 'minio' : 'azureblob',
            section: 'storage.packages',
          });
          for (const { section, key, value } of ours.slice(1)) {
            if (section === 'storage.packages') {
              expect(storeKey(ini, store as never, key)?.text).toBe(value);
            }
          }
        }),
        { numRuns: 100 },
      );
    },
  );

  it('write SERVE_DIRECT and a folder always, and no secret', () => {
    const written = [S3, AZURE].flatMap((storage) => objectStorageSettings(storage));
    const values = written.filter(({ key }) => key === 'SERVE_DIRECT').map(({ value }) => value);
    expect(values).toEqual(['false', 'false', 'false', 'false']);
    expect(written.filter(({ key }) => /ACCESS_KEY|ACCOUNT_KEY/.test(key))).toEqual([]);
    expect(written.filter(({ effect }) => effect === undefined)).toEqual([]);
  });

  it('are none where nothing is declared', () => {
    expect(objectStorageSettings()).toEqual([]);
  });
});
