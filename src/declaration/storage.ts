import { FILE_PATH } from './free-text';
import { OBJECT_NAME, STORAGE_QUANTITY } from './kubernetes-name';
import { object, oneOf, optional, text } from './schema';

/** Where Gitea keeps package blobs, as found. */
export interface StorageDeclaration {
  /** Name of the PersistentVolumeClaim. */
  readonly claim: string;
  /** Kubernetes quantity, such as `10Gi`. */
  readonly size: string;
  readonly accessMode: 'ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadWriteMany';
  readonly storageClass?: string;
  /** Folder of the blobs inside the container. */
  readonly path: string;
}

/** Storage of the package blobs. */
export const storageSchema = object<StorageDeclaration>({
  claim: text(OBJECT_NAME),
  size: text(STORAGE_QUANTITY),
  accessMode: oneOf<StorageDeclaration['accessMode']>(
    'ReadWriteOnce',
    'ReadWriteOncePod',
    'ReadWriteMany',
  ),
  storageClass: optional(text(OBJECT_NAME)),
  path: text(FILE_PATH),
});
