import type { PullSecretOptions } from './namespaced-pull-secret';
import { NamespacedPullSecret } from './namespaced-pull-secret';

/** A controller that copies Secrets by the annotations of their source. */
export enum SecretCopier {
  /** emberstack's reflector. */
  REFLECTOR = 'reflector',
  /** mittwald's kubernetes-replicator. */
  REPLICATOR = 'replicator',
}

/** A pull secret that is copied from another namespace. */
export interface ReflectedPullSecretProps extends PullSecretOptions {
  /** Namespace of the pods that pull. */
  readonly namespace: string;

  /** Name of the Secret and of its copy, which is the same. */
  readonly name: string;

  /** Namespace of the Secret that is copied. */
  readonly fromNamespace: string;

  /**
   * The controller that copies.
   * @default SecretCopier.REFLECTOR
   */
  readonly by?: SecretCopier;
}

/** Nothing is rendered for a copy: the annotations that ask for it stand on its source. */
export function reflectedPullSecret(props: ReflectedPullSecretProps): NamespacedPullSecret {
  const { namespace, name, fromNamespace, by = SecretCopier.REFLECTOR } = props;
  const facts = {
    source: 'reflected' as const,
    namespace,
    secretName: name,
    fromNamespace,
    by,
  };
  return new NamespacedPullSecret(facts, props);
}
