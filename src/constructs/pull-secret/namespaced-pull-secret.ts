import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { LABELS } from '../../declaration/labels';
import type { NamespacedPullSecretDeclaration, RegistryDeclaration } from '../../declaration/model';
import { checked } from '../../declaration/checked';
import { refuse } from '../../declaration/problem';
import { pullSecretSchema } from '../../declaration/pull-secret';
import type { PullSecretStrategy } from './strategy';

/** A ServiceAccount that carries the pull secret to its pods. */
export interface PullServiceAccount {
  /** Name of the ServiceAccount, in the namespace of the secret. */
  readonly name: string;

  /**
   * Whether to render a dedicated ServiceAccount. One that exists is never rendered: the handoff page then has
   * the `kubectl patch` line.
   * @default false
   */
  readonly create?: boolean;
}

/** What applies to every pull secret of one namespace. */
export interface PullSecretOptions {
  /**
   * ServiceAccount that references the secret.
   * @default - the pods reference the secret themselves
   */
  readonly serviceAccount?: PullServiceAccount;
}

/** A pull secret of one namespace with the ServiceAccount that carries it. What makes the secret is not rendered. */
export class NamespacedPullSecret implements PullSecretStrategy {
  protected readonly declaration: NamespacedPullSecretDeclaration;

  /** @param facts the declaration without its id and account */
  public constructor(
    facts: Pick<NamespacedPullSecretDeclaration, 'namespace' | 'secretName' | 'source'>,
    { serviceAccount }: PullSecretOptions,
  ) {
    const account = serviceAccount && {
      name: serviceAccount.name,
      create: serviceAccount.create ?? false,
    };
    this.declaration = checked(
      pullSecretSchema,
      { id: 'id', ...facts, ...(account && { serviceAccount: account }) },
      'pullSecret',
    ) as NamespacedPullSecretDeclaration;
    if (account?.create && account.name === 'default') {
      refuse(
        'pullSecret.serviceAccount.name',
        account.name,
        'exists in every namespace and cannot be created: leave out create, or name a dedicated one',
        'REG541',
      );
    }
  }

  public declare(id: string): NamespacedPullSecretDeclaration {
    return checked(
      pullSecretSchema,
      { ...this.declaration, id },
      'pullSecret',
    ) as NamespacedPullSecretDeclaration;
  }

  public bind(
    scope: Construct,
    _declared: NamespacedPullSecretDeclaration,
    _registry: () => RegistryDeclaration,
  ): void {
    const { serviceAccount, namespace, secretName } = this.declaration;
    if (serviceAccount?.create) {
      new ApiObject(new Construct(scope, 'ServiceAccount'), 'Resource', {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: serviceAccount.name, namespace, labels: { ...LABELS } },
        imagePullSecrets: [{ name: secretName }],
      });
    }
  }
}
