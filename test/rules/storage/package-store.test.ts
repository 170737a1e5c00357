import { Cursor } from '../../../src/rules/cursor';
import type { IniSetting } from '../../../src/rules/read/ini-setting';
import { iniLines } from '../../../src/rules/read/ini';
import { AppIniView } from '../../../src/rules/storage/app-ini-view';
import type { PackageStore, ResolvedStore } from '../../../src/rules/storage/package-store';
import { packageStore, storeKey } from '../../../src/rules/storage/package-store';

function settings(ini: string, source: IniSetting['source'] = 'ini'): IniSetting[] {
  return iniLines(ini).map(({ section, key, value }) => ({
    section,
    key,
    source,
    at: new Cursor(value),
    // `?` stands for a value that is not written here.
    ...(value !== '?' && { text: value }),
  }));
}

function view(...lines: string[]): AppIniView {
  return new AppIniView(settings(lines.join('\n')));
}

function told(store: PackageStore): string {
  switch (store.kind) {
    case 'store':
      return `${store.type} from [${store.section}]`;
    case 'broken':
      return `${store.fault}: [${store.section}]`;
    default:
      return 'unknown';
  }
}

describe('the store of the packages', () => {
  test.each([
    ['nothing written', [], 'local from [storage]'],
    ['[storage] alone', ['[storage]', 'STORAGE_TYPE=minio'], 'minio from [storage]'],
    ['an unknown type in [storage]', ['[storage]', 'STORAGE_TYPE=s3'], 'unknown type: [storage]'],
    ['a type behind a reference', ['[storage]', 'STORAGE_TYPE=?'], 'unknown'],
    [
      'a built-in type without a section',
      ['[storage]', 'STORAGE_TYPE=azureblob', '[packages]', 'STORAGE_TYPE=minio'],
      'minio from [packages]',
    ],
    [
      'a built-in type with its section',
      ['[packages]', 'STORAGE_TYPE=minio', '[storage.minio]', 'STORAGE_TYPE=minio'],
      'minio from [storage.minio]',
    ],
    [
      'a section that says no type of its own',
      ['[packages]', 'STORAGE_TYPE=minio', '[storage.minio]', 'MINIO_BUCKET=a'],
      'minio from [storage.minio]',
    ],
    [
      'a section that inherits its type',
      ['[packages]', 'STORAGE_TYPE=x', '[storage.x]', 'A=1', '[storage]', 'STORAGE_TYPE=minio'],
      'minio from [storage.x]',
    ],
    [
      'a named section without any type',
      ['[packages]', 'STORAGE_TYPE=x', '[storage.x]', 'A=1'],
      'no type: [storage.x]',
    ],
    ['a name without a section', ['[packages]', 'STORAGE_TYPE=x'], 'no section: [storage.x]'],
    [
      'a named section of an unknown type',
      ['[packages]', 'STORAGE_TYPE=x', '[storage.x]', 'STORAGE_TYPE=y'],
      'unknown type: [storage.x]',
    ],
    ['a type of [packages] behind a reference', ['[packages]', 'STORAGE_TYPE=?'], 'unknown'],
    [
      'a type of a section behind a reference',
      ['[packages]', 'STORAGE_TYPE=x', '[storage.x]', 'STORAGE_TYPE=?'],
      'unknown',
    ],
    [
      '[storage.packages] with a type of its own',
      ['[storage.packages]', 'STORAGE_TYPE=minio'],
      'minio from [storage.packages]',
    ],
    [
      '[storage.packages] that names a section',
      ['[storage.packages]', 'STORAGE_TYPE=minio', '[storage.minio]', 'STORAGE_TYPE=minio'],
      'minio from [storage.minio]',
    ],
    [
      '[storage.packages] that names a missing section',
      ['[storage.packages]', 'STORAGE_TYPE=x'],
      'no section: [storage.x]',
    ],
    [
      '[storage.packages] with only a path',
      ['[storage.packages]', 'PATH=/data/packages'],
      'local from [storage.packages]',
    ],
    [
      '[storage.packages] with neither type nor path',
      ['[storage.packages]', 'MINIO_BUCKET=a'],
      'local from [storage]',
    ],
    [
      '[storage.packages] that inherits its type',
      ['[storage.packages]', 'MINIO_BUCKET=a', '[storage]', 'STORAGE_TYPE=minio'],
      'minio from [storage.packages]',
    ],
    [
      'an empty type in [packages]',
      ['[packages]', 'STORAGE_TYPE=', '[storage]', 'STORAGE_TYPE=minio'],
      'minio from [storage]',
    ],
    [
      '[packages] before [storage.packages]',
      ['[packages]', 'STORAGE_TYPE=local', '[storage.packages]', 'STORAGE_TYPE=minio'],
      'local from [packages]',
    ],
    [
      'a hand-written section in capitals',
      ['[packages]', 'STORAGE_TYPE=S3', '[storage.S3]', 'STORAGE_TYPE=minio'],
      'minio from [storage.S3]',
    ],
    [
      'a type in capitals and its section, which the charts write in lower case',
      ['[packages]', 'STORAGE_TYPE=S3', '[storage.s3]', 'STORAGE_TYPE=minio'],
      'minio from [storage.S3]',
    ],
  ])('%s', (_, lines, expected) => {
    expect(told(packageStore(view(...lines)))).toBe(expected);
  });
});

describe('a key of the store', () => {
  const ini = view(
    '[packages]',
    'MINIO_BUCKET=packages',
    'MINIO_LOCATION=here',
    '[storage.minio]',
    'STORAGE_TYPE=minio',
    'MINIO_BUCKET=forge',
    'MINIO_LOCATION=there',
    '[storage]',
    'MINIO_ENDPOINT=s3.example.org',
    'SERVE_DIRECT=true',
  );
  const store: ResolvedStore = { kind: 'store', type: 'minio', section: 'storage.minio' };

  test.each([
    ['MINIO_BUCKET', 'packages'],
    ['MINIO_LOCATION', 'there'],
    ['MINIO_ENDPOINT', 's3.example.org'],
    ['SERVE_DIRECT', 'true'],
    ['MINIO_BASE_PATH', undefined],
  ])('%s is %s', (key, text) => {
    expect(storeKey(ini, store, key)?.text).toBe(text);
  });

  test.each([
    'PATH',
    'SERVE_DIRECT',
    'MINIO_BASE_PATH',
    'AZURE_BLOB_BASE_PATH',
    'AZURE_BLOB_CONTAINER',
  ])('[packages] overrides %s', (key) => {
    const written = view('[packages]', `${key}=own`, '[storage]', `${key}=shared`);
    const shared: ResolvedStore = { kind: 'store', type: 'minio', section: 'storage' };
    expect(storeKey(written, shared, key)?.text).toBe('own');
  });
});

describe('app.ini as it is written', () => {
  test('takes the last of several values', () => {
    const ini = new AppIniView(settings('[a]\nK=1').concat(settings('[a]\nK=2')));
    expect(ini.own('a', 'K')?.text).toBe('2');
  });

  test('takes variables of the container before everything else', () => {
    const ini = new AppIniView([
      ...settings('[a]\nK=env', 'env'),
      ...settings('[a]\nK=values', 'values'),
    ]);
    expect(ini.own('a', 'K')?.text).toBe('env');
  });

  test('knows a section by any of its keys', () => {
    expect(view('[a]', 'K=').has('a')).toBe(true);
    expect(view('[a]', 'K=').has('A')).toBe(true);
    expect(view('[a.b]', 'K=').has('a')).toBe(false);
  });

  test('takes an empty key for none', () => {
    expect(view('[a]', 'K=').own('a', 'K')).toBeUndefined();
    expect(view('[a]', 'K=?').own('a', 'K')).toBeDefined();
  });

  test('inherits from every section around', () => {
    const ini = view('[a]', 'K=1', '[a.b.c]', 'L=2');
    expect(ini.inherited('a.b.c', 'K')?.text).toBe('1');
    expect(ini.inherited('a.b.c', 'M')).toBeUndefined();
  });
});
