import type {
  NamedPullSecretDeclaration,
  NamespacedPullSecretDeclaration,
  NodePullSecretDeclaration,
  PullSecretDeclaration,
  RegistryDeclaration,
} from './model';

/** A Secret by namespace and name. */
export interface SecretPlace {
  readonly namespace: string;
  readonly name: string;
}

/** Whether pods can name it. */
export function isNamed(secret: PullSecretDeclaration): secret is NamedPullSecretDeclaration {
  return secret.source !== 'node-registries';
}

/** Whether it is declared for one namespace. */
export function isNamespaced(
  secret: PullSecretDeclaration,
): secret is NamespacedPullSecretDeclaration {
  return 'namespace' in secret;
}

/**
 * Whether the declaration puts a pull secret into a namespace. `unknown`: the labels of the namespace decide, and they
 * are not part of the declaration.
 */
export function reachOfDeclared(
  secret: NamedPullSecretDeclaration,
  namespace: string,
): boolean | 'unknown' {
  return isNamespaced(secret)
    ? secret.namespace === namespace
    : (secret.namespaces ?? []).includes(namespace) ||
        (secret.namespaceLabels !== undefined && 'unknown');
}

/** Secrets the declaration puts into namespaces it names; what reaches namespaces by their labels is not among them. */
export function declaredPlaces({
  pullSecrets,
}: Pick<RegistryDeclaration, 'pullSecrets'>): SecretPlace[] {
  return pullSecrets
    .filter(isNamed)
    .flatMap((secret) =>
      namespacesOf(secret).map((namespace) => ({ namespace, name: secret.secretName })),
    );
}

/** Namespaces a pull secret is declared for by name. */
export function namespacesOf(secret: PullSecretDeclaration): readonly string[] {
  return isNamespaced(secret)
    ? [secret.namespace]
    : secret.source === 'node-registries'
      ? []
      : (secret.namespaces ?? []);
}

/** The credentials of nodes; with one no pod needs a secret. */
export function nodeCredentials({
  pullSecrets,
}: Pick<RegistryDeclaration, 'pullSecrets'>): NodePullSecretDeclaration[] {
  return pullSecrets.filter((secret) => secret.source === 'node-registries');
}
