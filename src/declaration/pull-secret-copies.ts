import type { ReflectedPullSecretDeclaration, RegistryDeclaration } from './model';
import type { SecretPlace } from './pull-secret-reach';

/** Prefix of the annotations emberstack's reflector reads. */
export const REFLECTOR = 'reflector.v1.k8s.emberstack.com/';

/** Prefix of the annotations mittwald's kubernetes-replicator reads. */
export const REPLICATOR = 'replicator.v1.mittwald.de/';

/** The pull secrets that are copies of one Secret. */
export function copiesOf(
  { pullSecrets }: Pick<RegistryDeclaration, 'pullSecrets'>,
  { namespace, name }: SecretPlace,
): ReflectedPullSecretDeclaration[] {
  return pullSecrets.filter(
    (secret): secret is ReflectedPullSecretDeclaration =>
      secret.source === 'reflected' &&
      secret.fromNamespace === namespace &&
      secret.secretName === name,
  );
}

/**
 * Annotations by which a Secret is copied into exactly the namespaces declared for it (README of each controller: an
 * absent or empty list means every namespace to reflector).
 */
export function copyAnnotations(copies: readonly ReflectedPullSecretDeclaration[]): {
  [annotation: string]: string;
} {
  const listFor = (controller: ReflectedPullSecretDeclaration['by']): string =>
    copies
      .filter((copy) => copy.by === controller)
      .map(({ namespace }) => namespace)
      .join(',');
  const reflected = listFor('reflector');
  const replicated = listFor('replicator');
  return {
    ...(reflected && {
      [`${REFLECTOR}reflection-allowed`]: 'true',
      [`${REFLECTOR}reflection-allowed-namespaces`]: reflected,
      [`${REFLECTOR}reflection-auto-enabled`]: 'true',
      [`${REFLECTOR}reflection-auto-namespaces`]: reflected,
    }),
    ...(replicated && { [`${REPLICATOR}replicate-to`]: replicated }),
  };
}
