import { LABEL } from './free-text';
import { NAMESPACE, OBJECT_NAME } from './kubernetes-name';
import type { RegistryDeclaration } from './model';
import type { Problem } from './problem';
import { repeated } from './repeated';
import { object, oneOf, optional, text, yesOrNo } from './schema';

/** A ServiceAccount that carries the pull secret. */
export interface ServiceAccountDeclaration {
  readonly name: string;
  /** True when this package renders the ServiceAccount; false when it exists and must be patched. */
  readonly create: boolean;
}

/** A pull secret by name; the credential in it is never part of the model. */
export interface PullSecretDeclaration {
  /** Construct id, the name of the consumer in reports. */
  readonly id: string;
  readonly namespace: string;
  readonly secretName: string;
  /** `existing`: somebody else makes it. `external-secret`: the External Secrets Operator does. */
  readonly source: 'existing' | 'external-secret';
  readonly serviceAccount?: ServiceAccountDeclaration;
}

/** A pull secret by name. */
export const pullSecretSchema = object<PullSecretDeclaration>({
  id: text(LABEL),
  namespace: text(NAMESPACE),
  secretName: text(OBJECT_NAME),
  source: oneOf<PullSecretDeclaration['source']>('existing', 'external-secret'),
  serviceAccount: optional(
    object<ServiceAccountDeclaration>({ name: text(OBJECT_NAME), create: yesOrNo }),
  ),
});

/** What no single pull secret can say: names used twice. */
export function pullSecretProblems({ pullSecrets }: RegistryDeclaration): Problem[] {
  const ids = repeated(pullSecrets, (secret) => secret.id);
  const names = repeated(pullSecrets, (secret) => `${secret.namespace}/${secret.secretName}`);
  const accounts = repeated(pullSecrets, ({ id, namespace, serviceAccount }) =>
    serviceAccount?.create ? `${namespace}/${serviceAccount.name}` : ` ${id}`,
  ).filter((index) => pullSecrets[index].serviceAccount?.create);
  return [
    ...ids.map((index) => ({
      path: `pullSecrets[${index}].id`,
      value: pullSecrets[index].id,
      allowed: 'is used twice; give each pull secret its own id',
      code: 'REG660',
    })),
    ...names.map((index) => ({
      path: `pullSecrets[${index}].secretName`,
      value: pullSecrets[index].secretName,
      allowed: `is declared twice in namespace '${pullSecrets[index].namespace}'; one producer makes one secret`,
      code: 'REG540',
    })),
    ...accounts.map((index) => ({
      path: `pullSecrets[${index}].serviceAccount.name`,
      value: pullSecrets[index].serviceAccount?.name,
      allowed: `is created twice in namespace '${pullSecrets[index].namespace}'; give each pull secret its own ServiceAccount`,
      code: 'REG541',
    })),
  ];
}
