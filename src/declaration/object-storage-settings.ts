import type { SecretContent } from './config-source';
import type { ObjectStorageDeclaration } from './object-storage';
import type { OwnedSetting } from './owned-settings';

/**
 * The section the blobs are read from. `[packages] STORAGE_TYPE` names it, so that nothing else in app.ini can lead
 * elsewhere: with a built-in type in `[packages]` the keys are read from `[packages]` alone, unless some
 * `[storage.minio]` stands there, left over or for LFS; `[storage.packages]` by itself gives way to `[storage.minio]`
 * too (modules/setting/storage.go getStorageTargetSection). A section named by its own name is always the target. It
 * inherits from `[storage]` what it does not say: it says everything.
 */
export const STORAGE_SECTION = 'storage.packages';

const MOVE = 'blobs stored so far stay where they are, unless `gitea migrate-storage` copies them';

const EFFECTS: { readonly [key: string]: string } = {
  STORAGE_TYPE: 'kind of the store',
  SERVE_DIRECT: 'whether clients are sent to the object store itself',
  MINIO_ENDPOINT: 'address of the object store',
  MINIO_BUCKET: 'bucket of the blobs',
  MINIO_BASE_PATH: 'folder of the blobs in the bucket',
  MINIO_LOCATION: 'region of the bucket',
  MINIO_USE_SSL: 'whether the object store is asked over https',
  MINIO_INSECURE_SKIP_VERIFY: 'whether any certificate of the object store is taken',
  MINIO_CHECKSUM_ALGORITHM: 'checksum sent with an upload',
  MINIO_BUCKET_LOOKUP_TYPE: 'how the bucket stands in addresses',
  AZURE_BLOB_ENDPOINT: 'address of the storage account',
  AZURE_BLOB_ACCOUNT_NAME: 'the storage account',
  AZURE_BLOB_CONTAINER: 'container of the blobs',
  AZURE_BLOB_BASE_PATH: 'folder of the blobs in the container',
};

/** The settings of the object store, every key written out: app.ini on the volume never forgets. */
export function objectStorageSettings(storage?: ObjectStorageDeclaration): OwnedSetting[] {
  if (!storage) {
    return [];
  }
  const { named, overriding } = storage.type === 's3' ? s3Keys(storage) : azureKeys(storage);
  return [
    {
      section: 'packages',
      key: 'STORAGE_TYPE',
      value: STORAGE_SECTION.replace('storage.', ''),
      effect: `where package blobs are read and written; ${MOVE}`,
      initial: 'local',
    },
    // [packages] beats the named section in these keys: one of an earlier life of app.ini would win.
    ...settings('packages', overriding),
    ...settings(STORAGE_SECTION, { ...named, ...overriding }),
  ];
}

/** What the Secret of the object store must hold. */
export function objectStorageSecret(storage: ObjectStorageDeclaration): SecretContent {
  return {
    secret: storage.credentialsSecret.name,
    section: STORAGE_SECTION,
    keys:
      storage.type === 's3'
        ? ['MINIO_ACCESS_KEY_ID', 'MINIO_SECRET_ACCESS_KEY']
        : ['AZURE_BLOB_ACCOUNT_KEY'],
  };
}

type Keys = { readonly [key: string]: string };

/** Keys of the named section, and those `[packages]` may override. */
interface StoreKeys {
  readonly named: Keys;
  readonly overriding: Keys;
}

function s3Keys(storage: Extract<ObjectStorageDeclaration, { type: 's3' }>): StoreKeys {
  return {
    named: {
      STORAGE_TYPE: 'minio',
      MINIO_ENDPOINT: storage.endpoint,
      MINIO_LOCATION: storage.region,
      MINIO_USE_SSL: `${storage.useSsl}`,
      MINIO_INSECURE_SKIP_VERIFY: 'false',
      MINIO_CHECKSUM_ALGORITHM: storage.checksumAlgorithm,
      MINIO_BUCKET_LOOKUP_TYPE: storage.bucketLookup,
    },
    overriding: {
      MINIO_BUCKET: storage.bucket,
      MINIO_BASE_PATH: storage.basePath,
      SERVE_DIRECT: `${storage.serveDirect}`,
    },
  };
}

function azureKeys(storage: Extract<ObjectStorageDeclaration, { type: 'azure-blob' }>): StoreKeys {
  return {
    named: {
      STORAGE_TYPE: 'azureblob',
      AZURE_BLOB_ENDPOINT: storage.endpoint,
      AZURE_BLOB_ACCOUNT_NAME: storage.accountName,
    },
    overriding: {
      AZURE_BLOB_CONTAINER: storage.container,
      AZURE_BLOB_BASE_PATH: storage.basePath,
      SERVE_DIRECT: `${storage.serveDirect}`,
    },
  };
}

function settings(section: string, keys: Keys): OwnedSetting[] {
  return Object.entries(keys).map(([key, value]) => ({
    section,
    key,
    value,
    effect: EFFECTS[key],
    ...(key === 'SERVE_DIRECT' && { initial: 'false' }),
  }));
}
