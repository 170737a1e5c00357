import type { IniSetting } from '../read/ini-setting';
import type { AppIniView } from './app-ini-view';

/** Where Gitea can keep blobs (modules/setting/storage.go). */
export type StoreType = 'local' | 'minio' | 'azureblob';

const TYPES: readonly string[] = ['local', 'minio', 'azureblob'] satisfies readonly StoreType[];

/** A setting that leads to no store: start-up ends there. */
export interface BrokenStore {
  readonly kind: 'broken';
  /** The STORAGE_TYPE that leads nowhere, or the section that names none. */
  readonly setting: IniSetting;
  /** The section that should exist, or that should say its type. */
  readonly section: string;
  readonly fault: 'no section' | 'no type' | 'unknown type';
}

/** The store of the packages. */
export interface ResolvedStore {
  readonly kind: 'store';
  readonly type: StoreType;
  /** What says the type; absent for the default. */
  readonly setting?: IniSetting;
  /** Section its other keys are read from. */
  readonly section: string;
}

/** The type stands where it cannot be read here: a reference to a Secret. */
export interface UnknownStore {
  readonly kind: 'unknown';
}

export type PackageStore = BrokenStore | ResolvedStore | UnknownStore;

const UNKNOWN: UnknownStore = { kind: 'unknown' };

/** The store `[packages]` resolves to, in the order of Gitea's getStorage. */
export function packageStore(ini: AppIniView): PackageStore {
  const own = ini.own('packages', 'STORAGE_TYPE');
  if (!own) {
    return ini.has('storage.packages') ? namedAfterPackages(ini) : defaultStore(ini);
  }
  return isBuiltIn(own.text) && !ini.has(`storage.${own.text}`)
    ? // The trap: then nothing of [storage] is looked at.
      { kind: 'store', type: own.text, setting: own, section: 'packages' }
    : sectionOfType(ini, own);
}

function isBuiltIn(type: string | undefined): type is StoreType {
  return TYPES.includes(type ?? '');
}

/** `[storage.<type>]`, where a type names a section. */
function sectionOfType(ini: AppIniView, setting: IniSetting): PackageStore {
  const { text: named } = setting;
  if (named === undefined) {
    return UNKNOWN;
  }
  const section = `storage.${named}`;
  if (!ini.has(section)) {
    return { kind: 'broken', setting, section, fault: 'no section' };
  }
  const type = ini.inherited(section, 'STORAGE_TYPE');
  if (type) {
    return stored(type, section);
  }
  return isBuiltIn(named)
    ? { kind: 'store', type: named, setting, section }
    : { kind: 'broken', setting, section, fault: 'no type' };
}

function stored(setting: IniSetting, section: string): PackageStore {
  const { text: type } = setting;
  if (type === undefined) {
    return UNKNOWN;
  }
  return isBuiltIn(type)
    ? { kind: 'store', type, setting, section }
    : { kind: 'broken', setting, section, fault: 'unknown type' };
}

function namedAfterPackages(ini: AppIniView): PackageStore {
  const section = 'storage.packages';
  const type = ini.inherited(section, 'STORAGE_TYPE');
  if (!type) {
    return ini.inherited(section, 'PATH')
      ? { kind: 'store', type: 'local', section }
      : defaultStore(ini);
  }
  return isBuiltIn(type.text) && !ini.has(`storage.${type.text}`)
    ? stored(type, section)
    : sectionOfType(ini, type);
}

function defaultStore(ini: AppIniView): PackageStore {
  const type = ini.own('storage', 'STORAGE_TYPE');
  return type ? stored(type, 'storage') : { kind: 'store', type: 'local', section: 'storage' };
}

/** Keys `[packages]` may set although another section holds the store. */
const OVERRIDES = new Set([
  'PATH',
  'SERVE_DIRECT',
  'MINIO_BASE_PATH',
  'MINIO_BUCKET',
  'AZURE_BLOB_BASE_PATH',
  'AZURE_BLOB_CONTAINER',
]);

/** A key of the store, where Gitea looks for it. */
export function storeKey(
  ini: AppIniView,
  { section }: ResolvedStore,
  key: string,
): IniSetting | undefined {
  return (OVERRIDES.has(key) ? ini.own('packages', key) : undefined) ?? ini.inherited(section, key);
}
