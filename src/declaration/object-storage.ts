import type { ConfigSecretDeclaration } from './config-source';
import { configSecretSchema } from './config-source';
import { endpointOf } from './endpoint';
import type { Grammar } from './grammar';
import { object, oneOf, text, variants, yesOrNo } from './schema';

/** Package blobs in a bucket of S3, or of anything that speaks it (`STORAGE_TYPE = minio`). */
export interface S3StorageDeclaration {
  readonly type: 's3';
  /** `host[:port]`, without a scheme. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly useSsl: boolean;
  /** Folder in the bucket, with a slash at its end. */
  readonly basePath: string;
  /** Whether clients are sent to the endpoint itself. */
  readonly serveDirect: boolean;
  readonly checksumAlgorithm: 'default' | 'md5';
  readonly bucketLookup: 'auto' | 'dns' | 'path';
  /** Holds MINIO_ACCESS_KEY_ID and MINIO_SECRET_ACCESS_KEY. */
  readonly credentialsSecret: ConfigSecretDeclaration;
}

/** Package blobs in a container of Azure Blob Storage (`STORAGE_TYPE = azureblob`). */
export interface AzureBlobStorageDeclaration {
  readonly type: 'azure-blob';
  /** URL of the account. */
  readonly endpoint: string;
  readonly accountName: string;
  readonly container: string;
  /** Folder in the container, with a slash at its end. */
  readonly basePath: string;
  /** Whether clients are sent to the endpoint itself. */
  readonly serveDirect: boolean;
  /** Holds AZURE_BLOB_ACCOUNT_KEY. */
  readonly credentialsSecret: ConfigSecretDeclaration;
}

/** Where package blobs lie, where that is no volume. */
export type ObjectStorageDeclaration = S3StorageDeclaration | AzureBlobStorageDeclaration;

const hasRealPort = (endpoint: string): boolean => (endpointOf(endpoint)?.port ?? 1) < 65536;

const S3_ENDPOINT: Grammar = {
  allowed:
    "must be host and port of the object store, such as 's3.eu-central-1.amazonaws.com' or 'minio.storage.svc:9000', without a scheme: useSsl says whether it is https",
  code: 'REG711',
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*(:[1-9][0-9]{0,4})?$/,
  maxLength: 259,
  accepts: hasRealPort,
};

const AZURE_ENDPOINT: Grammar = {
  allowed: "must be the URL of the account, such as 'https://account.blob.core.windows.net'",
  code: 'REG711',
  pattern:
    /^https?:\/\/[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*(:[1-9][0-9]{0,4})?(\/[A-Za-z0-9_-]+)*$/,
  maxLength: 300,
  accepts: hasRealPort,
};

/** Amazon S3, "General purpose bucket naming rules". */
const BUCKET: Grammar = {
  allowed:
    "must be the name of a bucket: 3 to 63 lower-case letters, digits, '-' and '.', beginning and ending with a letter or digit",
  code: 'REG711',
  pattern: /^[a-z0-9][-a-z0-9.]+[a-z0-9]$/,
  maxLength: 63,
  accepts: (name) => !name.includes('..'),
};

/** Azure, "Naming and referencing containers". */
const CONTAINER: Grammar = {
  allowed:
    "must be the name of a container: 3 to 63 lower-case letters, digits and single '-', beginning and ending with a letter or digit",
  code: 'REG711',
  pattern: /^[a-z0-9][-a-z0-9]+[a-z0-9]$/,
  maxLength: 63,
  accepts: (name) => !name.includes('--'),
};

const ACCOUNT: Grammar = {
  allowed: 'must be the name of a storage account: 3 to 24 lower-case letters and digits',
  code: 'REG711',
  pattern: /^[a-z0-9]{3,24}$/,
  maxLength: 24,
};

const REGION: Grammar = {
  allowed: "must be a region such as 'us-east-1'",
  code: 'REG711',
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  maxLength: 63,
};

const BASE_PATH: Grammar = {
  allowed:
    "must be a folder such as 'packages/': no leading slash, one at its end, letters, digits, '.', '_' and '-' between them",
  code: 'REG711',
  pattern: /^([A-Za-z0-9_-][A-Za-z0-9._-]*\/)+$/,
  maxLength: 255,
};

/** Where package blobs lie, where that is no volume. */
export const objectStorageSchema = variants<ObjectStorageDeclaration>('type', {
  s3: object<S3StorageDeclaration>({
    type: oneOf<'s3'>('s3'),
    endpoint: text(S3_ENDPOINT),
    bucket: text(BUCKET),
    region: text(REGION),
    useSsl: yesOrNo,
    basePath: text(BASE_PATH),
    serveDirect: yesOrNo,
    checksumAlgorithm: oneOf<S3StorageDeclaration['checksumAlgorithm']>('default', 'md5'),
    bucketLookup: oneOf<S3StorageDeclaration['bucketLookup']>('auto', 'dns', 'path'),
    credentialsSecret: configSecretSchema,
  }),
  'azure-blob': object<AzureBlobStorageDeclaration>({
    type: oneOf<'azure-blob'>('azure-blob'),
    endpoint: text(AZURE_ENDPOINT),
    accountName: text(ACCOUNT),
    container: text(CONTAINER),
    basePath: text(BASE_PATH),
    serveDirect: yesOrNo,
    credentialsSecret: configSecretSchema,
  }),
});
