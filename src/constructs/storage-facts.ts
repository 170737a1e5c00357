import type { Size } from 'cdk8s';
import type { StorageDeclaration } from '../declaration/model';
import { checked } from '../declaration/checked';
import { storageSchema } from '../declaration/storage';
import { formatSize } from '../declaration/size';

/** How a volume can be mounted. */
export enum StorageAccessMode {
  /** By the pods of one node. */
  READ_WRITE_ONCE = 'ReadWriteOnce',
  /** By one pod. */
  READ_WRITE_ONCE_POD = 'ReadWriteOncePod',
  /** By pods of any node. */
  READ_WRITE_MANY = 'ReadWriteMany',
}

/** The volume that holds the package blobs, as found. Nothing is rendered from it. */
export interface StorageFacts {
  /** Name of the PersistentVolumeClaim. */
  readonly claim: string;

  /** Size of the claim. */
  readonly size: Size;

  /** Access mode of the claim. */
  readonly accessMode: StorageAccessMode;

  /**
   * StorageClass of the claim.
   * @default - not stated
   */
  readonly storageClass?: string;

  /**
   * Folder of the blobs inside the container.
   * @default '/data/packages'
   */
  readonly path?: string;
}

/** The part of the declaration that `facts` stands for. */
export function storageDeclaration(facts: StorageFacts): StorageDeclaration {
  const { claim, size, accessMode, storageClass, path = '/data/packages' } = facts;
  const quantity = formatSize(size.toKibibytes() * 1024).replace(/ (.i)B$/, '$1');
  return checked(
    storageSchema,
    {
      claim,
      size: quantity,
      accessMode,
      ...(storageClass !== undefined && { storageClass }),
      path,
    },
    'storage',
  );
}
