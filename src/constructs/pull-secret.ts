import type { Duration } from 'cdk8s';
import { ApiObject, Lazy } from 'cdk8s';
import type { ISecret } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type * as eso from '../../imports/external-secrets.io';
import { DURATION, formatDuration } from '../declaration/go-duration';
import { LABELS } from '../declaration/labels';
import type { PullSecretDeclaration } from '../declaration/model';
import { checked } from '../declaration/parse';
import { refuse } from '../declaration/problem';
import { pullSecretSchema } from '../declaration/pull-secret';
import { text } from '../declaration/schema';
import type { RemoteCredential } from './remote-credential';
import type { SecretStoreRef } from './secret-store-ref';

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

/** What applies to every pull secret. */
export interface PullSecretOptions {
  /**
   * ServiceAccount that references the secret.
   * @default - the pods reference the secret themselves
   */
  readonly serviceAccount?: PullServiceAccount;
}

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

/** A secret of type `kubernetes.io/dockerconfigjson` with which pods of one namespace pull. */
export abstract class PullSecret {
  /** A secret that exists, or that somebody else makes. Nothing is rendered for it. */
  public static fromSecretName(
    namespace: string,
    name: string,
    options: PullSecretOptions = {},
  ): PullSecret {
    return new ExistingPullSecret(namespace, name, options);
  }

  /** A secret of cdk8s-plus, any version. It carries no namespace, so the namespace stands beside it. */
  public static fromSecret(
    namespace: string,
    secret: ISecret,
    options: PullSecretOptions = {},
  ): PullSecret {
    return new ExistingPullSecret(namespace, secret.name, options);
  }

  /** An ExternalSecret is rendered; the credential stays in the store. */
  public static externalSecret(props: ExternalPullSecretProps): PullSecret {
    return new ExternalPullSecret(props);
  }

  /** @internal */
  public abstract _toDeclaration(id: string): PullSecretDeclaration;

  /** @internal */
  public abstract _bind(scope: Construct, host: string): void;
}

/** A pull secret with the ServiceAccount that carries it. */
abstract class CarriedPullSecret extends PullSecret {
  protected readonly declaration: PullSecretDeclaration;

  protected constructor(
    source: PullSecretDeclaration['source'],
    namespace: string,
    secretName: string,
    { serviceAccount }: PullSecretOptions,
  ) {
    super();
    const account = serviceAccount && {
      name: serviceAccount.name,
      create: serviceAccount.create ?? false,
    };
    this.declaration = checked(
      pullSecretSchema,
      { id: 'id', namespace, secretName, source, ...(account && { serviceAccount: account }) },
      'pullSecret',
    );
    if (account?.create && account.name === 'default') {
      refuse(
        'pullSecret.serviceAccount.name',
        account.name,
        'exists in every namespace and cannot be created: leave out create, or name a dedicated one',
        'REG541',
      );
    }
  }

  public override _toDeclaration(id: string): PullSecretDeclaration {
    return checked(pullSecretSchema, { ...this.declaration, id }, 'pullSecret');
  }

  public override _bind(scope: Construct, _host: string): void {
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

class ExistingPullSecret extends CarriedPullSecret {
  public constructor(namespace: string, name: string, options: PullSecretOptions) {
    super('existing', namespace, name, options);
  }
}

/** The generated types and mapper; half of all code of this package, so loaded on use only. */
const generated = (): typeof eso => require('../../imports/external-secrets.io');

class ExternalPullSecret extends CarriedPullSecret {
  private readonly refreshInterval: string;

  public constructor(private readonly props: ExternalPullSecretProps) {
    super('external-secret', props.namespace, props.name, props);
    const seconds = props.refreshInterval?.toSeconds() ?? 3600;
    this.refreshInterval = checked(text(DURATION), formatDuration(seconds), 'refreshInterval');
  }

  public override _bind(scope: Construct, host: string): void {
    super._bind(scope, host);
    const { ExternalSecret, toJson_ExternalSecretSpec } = generated();
    const { secretName, namespace } = this.declaration;
    new ApiObject(scope, 'Resource', {
      ...ExternalSecret.GVK,
      metadata: { name: secretName, namespace, labels: { ...LABELS } },
      spec: Lazy.any({ produce: () => toJson_ExternalSecretSpec(this.spec(host)) }),
    });
  }

  private spec(host: string): eso.ExternalSecretSpec {
    const {
      ExternalSecretSpecTargetCreationPolicy: CreationPolicy,
      ExternalSecretSpecTargetTemplateEngineVersion: EngineVersion,
    } = generated();
    const { store, credential } = this.props;
    const { secretName: name } = this.declaration;
    return {
      refreshInterval: this.refreshInterval,
      secretStoreRef: {
        kind: store.kind as eso.ExternalSecretSpecSecretStoreRefKind,
        name: store.name,
      },
      target: {
        name,
        creationPolicy: CreationPolicy.OWNER,
        template: {
          engineVersion: EngineVersion.V2,
          type: 'kubernetes.io/dockerconfigjson',
          metadata: {
            labels: { ...LABELS },
            annotations: credential._annotations(),
          },
          data: { '.dockerconfigjson': credential._template(host) },
        },
      },
      data: credential._data(),
    };
  }
}
