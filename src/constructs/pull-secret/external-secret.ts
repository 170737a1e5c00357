import type { Duration } from 'cdk8s';
import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type * as eso from '../../../imports/external-secrets.io';
import { LABELS } from '../../declaration/labels';
import type { NamespacedPullSecretDeclaration, RegistryDeclaration } from '../../declaration/model';
import { copiesOf, copyAnnotations } from '../../declaration/pull-secret-copies';
import type { RemoteCredential } from '../remote-credential';
import type { SecretStoreRef } from '../secret-store-ref';
import { pullSecretSpec, refreshIntervalOf } from './external-secret-spec';
import type { PullSecretOptions } from './namespaced-pull-secret';
import { NamespacedPullSecret } from './namespaced-pull-secret';

/** A pull secret made by the External Secrets Operator (`external-secrets.io/v1`). */
export interface ExternalPullSecretProps extends PullSecretOptions {
  /** Namespace of the pods that pull. */
  readonly namespace: string;

  /** Name of the Secret, and of the ExternalSecret. */
  readonly name: string;

  /** Store the credential is in. */
  readonly store: SecretStoreRef;

  /** Entry of the store. */
  readonly credential: RemoteCredential;

  /**
   * How often the operator reads the store.
   * @default Duration.hours(1)
   */
  readonly refreshInterval?: Duration;
}

/** The generated types and mapper; half of all code of this package, so loaded on use only. */
const generated = (): typeof eso => require('../../../imports/external-secrets.io');

/** An ExternalSecret in the namespace of the pods. It carries the annotations of the copies declared of it. */
export class ExternalPullSecret extends NamespacedPullSecret {
  public constructor(private readonly props: ExternalPullSecretProps) {
    const { namespace, name } = props;
    super({ source: 'external-secret', namespace, secretName: name }, props);
    refreshIntervalOf(props);
  }

  public override bind(
    scope: Construct,
    declared: NamespacedPullSecretDeclaration,
    registry: () => RegistryDeclaration,
  ): void {
    super.bind(scope, declared, registry);
    const { ExternalSecret, toJson_ExternalSecretSpec } = generated();
    const { secretName: name, namespace } = declared;
    const spec = () =>
      pullSecretSpec(this.props, {
        name,
        host: registry().host,
        annotations: copyAnnotations(copiesOf(registry(), { namespace, name })),
      });
    new ApiObject(scope, 'Resource', {
      ...ExternalSecret.GVK,
      metadata: { name, namespace, labels: { ...LABELS } },
      spec: Lazy.any({
        produce: () => toJson_ExternalSecretSpec(spec() as eso.ExternalSecretSpec),
      }),
    });
  }
}
