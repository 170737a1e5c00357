import type { ObjectStorageDeclaration } from '../declaration/model';
import { objectStorageSchema } from '../declaration/object-storage';
import { checked } from '../declaration/checked';
import type { ConfigSecret } from './config-source';
import { secretDeclaration } from './config-source';

/** Checksum Gitea sends with an upload (`MINIO_CHECKSUM_ALGORITHM`). */
export enum S3Checksum {
  /** That of the protocol. */
  DEFAULT = 'default',
  /** For stores that know no other, such as Backblaze or Cloudflare R2. */
  MD5 = 'md5',
}

/** How the bucket stands in the address (`MINIO_BUCKET_LOOKUP_TYPE`). */
export enum S3BucketLookup {
  /** By the endpoint. */
  AUTO = 'auto',
  /** `bucket.endpoint`. */
  DNS = 'dns',
  /** `endpoint/bucket`. */
  PATH = 'path',
}

/** A bucket of S3, MinIO, Ceph, R2 or anything else that speaks S3. */
export interface S3StorageProps {
  /** Host and port of the store, as Gitea reaches it, without a scheme. */
  readonly endpoint: string;

  /** Name of the bucket. */
  readonly bucket: string;

  /**
   * Region of the bucket.
   * @default 'us-east-1'
   */
  readonly region?: string;

  /**
   * Whether the store speaks https.
   * @default true
   */
  readonly useSsl?: boolean;

  /**
   * Folder in the bucket, with a slash at its end.
   * @default 'packages/'
   */
  readonly basePath?: string;

  /**
   * Whether clients are redirected to the store for blobs and manifests. They must reach and trust `endpoint` then:
   * an internal one, or one without TLS, is refused, and Gitea before 1.22.4 (REG712).
   * @default false
   */
  readonly serveDirect?: boolean;

  /**
   * Checksum Gitea sends with an upload.
   * @default S3Checksum.DEFAULT
   */
  readonly checksumAlgorithm?: S3Checksum;

  /**
   * How the bucket stands in the address.
   * @default S3BucketLookup.AUTO
   */
  readonly bucketLookup?: S3BucketLookup;

  /**
   * Secret with a data key `storage.packages`, its lines `MINIO_ACCESS_KEY_ID=…` and `MINIO_SECRET_ACCESS_KEY=…`.
   */
  readonly credentialsSecret: ConfigSecret;
}

/** A container of Azure Blob Storage. Gitea 1.23 or newer; Forgejo has no such store. */
export interface AzureBlobStorageProps {
  /** URL of the account, such as `https://account.blob.core.windows.net`. */
  readonly endpoint: string;

  /** Name of the storage account. */
  readonly accountName: string;

  /** Name of the container. */
  readonly container: string;

  /**
   * Folder in the container, with a slash at its end.
   * @default 'packages/'
   */
  readonly basePath?: string;

  /**
   * Whether clients are redirected to the store; see {@link S3StorageProps.serveDirect}.
   * @default false
   */
  readonly serveDirect?: boolean;

  /** Secret with a data key `storage.packages`, its line `AZURE_BLOB_ACCOUNT_KEY=…`. */
  readonly credentialsSecret: ConfigSecret;
}

/**
 * Where package blobs lie, where that is no volume. The overlay writes every key of `[storage.packages]` and points
 * `[packages] STORAGE_TYPE` at it, which no other storage section of app.ini can divert. Blobs stored so far are not moved:
 * see `gitea migrate-storage`.
 */
export class ObjectStorage {
  /** A bucket of S3, or of a store that speaks it. */
  public static s3(props: S3StorageProps): ObjectStorage {
    return new ObjectStorage({
      type: 's3',
      endpoint: props.endpoint,
      bucket: props.bucket,
      region: props.region ?? 'us-east-1',
      useSsl: props.useSsl ?? true,
      basePath: props.basePath ?? 'packages/',
      serveDirect: props.serveDirect ?? false,
      checksumAlgorithm: props.checksumAlgorithm ?? S3Checksum.DEFAULT,
      bucketLookup: props.bucketLookup ?? S3BucketLookup.AUTO,
      credentialsSecret: secretDeclaration(props.credentialsSecret),
    });
  }

  /** A container of Azure Blob Storage. */
  public static azureBlob(props: AzureBlobStorageProps): ObjectStorage {
    return new ObjectStorage({
      type: 'azure-blob',
      endpoint: props.endpoint,
      accountName: props.accountName,
      container: props.container,
      basePath: props.basePath ?? 'packages/',
      serveDirect: props.serveDirect ?? false,
      credentialsSecret: secretDeclaration(props.credentialsSecret),
    });
  }

  private readonly declaration: ObjectStorageDeclaration;

  private constructor(declaration: ObjectStorageDeclaration) {
    this.declaration = checked(objectStorageSchema, declaration, 'objectStorage');
  }

  /** @internal */
  public _toDeclaration(): ObjectStorageDeclaration {
    return this.declaration;
  }
}
