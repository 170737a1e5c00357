import { OBJECT_NAME } from '../declaration/kubernetes-name';
import { checked } from '../declaration/checked';
import { text } from '../declaration/schema';

/** Reference to a store of the External Secrets Operator. The store itself is the user's. */
export class SecretStoreRef {
  /** A ClusterSecretStore, for all namespaces. */
  public static clusterSecretStore(name: string): SecretStoreRef {
    return new SecretStoreRef('ClusterSecretStore', name);
  }

  /** A SecretStore in the namespace of the pull secret. */
  public static secretStore(name: string): SecretStoreRef {
    return new SecretStoreRef('SecretStore', name);
  }

  /** Name of the store. */
  public readonly name: string;

  private constructor(
    /** Kind of the store. */
    public readonly kind: string,
    name: string,
  ) {
    this.name = checked(text(OBJECT_NAME), name, 'store.name');
  }
}
