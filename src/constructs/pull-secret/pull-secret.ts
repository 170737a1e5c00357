import type { ISecret } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type {
  PullSecretDeclaration,
  RegistryDeclaration,
  ReleaseDeclaration,
} from '../../declaration/model';
import type { ClusterExternalPullSecretProps } from './cluster-external-secret';
import { ClusterExternalPullSecret } from './cluster-external-secret';
import type { CommittedPullSecretProps } from './committed-file';
import { committedPullSecret } from './committed-file';
import type { ExternalPullSecretProps } from './external-secret';
import { ExternalPullSecret } from './external-secret';
import type { PullSecretOptions } from './namespaced-pull-secret';
import { NamespacedPullSecret } from './namespaced-pull-secret';
import type { NodeRegistriesProps } from './node-registries';
import { NodeRegistries } from './node-registries';
import type { ReflectedPullSecretProps } from './reflected-secret';
import { reflectedPullSecret } from './reflected-secret';
import type { PullSecretStrategy } from './strategy';

/** With what pods pull: a secret of type `kubernetes.io/dockerconfigjson` in their namespace, or a credential of the nodes. */
export class PullSecret {
  /** A secret that exists, or that somebody else makes. Nothing is rendered for it. */
  public static fromSecretName(
    namespace: string,
    name: string,
    options: PullSecretOptions = {},
  ): PullSecret {
    const facts = { source: 'existing' as const, namespace, secretName: name };
    return new PullSecret(new NamespacedPullSecret(facts, options));
  }

  /** A secret of cdk8s-plus, any version. It carries no namespace, so the namespace stands beside it. */
  public static fromSecret(
    namespace: string,
    secret: ISecret,
    options: PullSecretOptions = {},
  ): PullSecret {
    return PullSecret.fromSecretName(namespace, secret.name, options);
  }

  /** An ExternalSecret is rendered; the credential stays in the store. */
  public static externalSecret(props: ExternalPullSecretProps): PullSecret {
    return new PullSecret(new ExternalPullSecret(props));
  }

  /**
   * A ClusterExternalSecret is rendered: every namespace with a label gets the secret, later ones too; the credential
   * stays in the store.
   */
  public static clusterExternalSecret(props: ClusterExternalPullSecretProps): PullSecret {
    return new PullSecret(new ClusterExternalPullSecret(props));
  }

  /**
   * A SealedSecret in a committed file, which `gitea-registry pull-secret --seal` writes. Nothing is rendered for it; the
   * handoff page has the command.
   */
  public static sealedSecret(props: CommittedPullSecretProps): PullSecret {
    return new PullSecret(committedPullSecret('sealed-secret', props));
  }

  /** A Secret in a committed file encrypted with SOPS, `*.sops.yaml`. Nothing is rendered for it; the handoff page has the command. */
  public static sopsFile(props: CommittedPullSecretProps): PullSecret {
    return new PullSecret(committedPullSecret('sops-file', props));
  }

  /**
   * A copy of a secret of another namespace, made by reflector or replicator. An ExternalSecret of this registry gets
   * the annotations that ask for the copy; for every other source the handoff page has them.
   */
  public static reflected(props: ReflectedPullSecretProps): PullSecret {
    return new PullSecret(reflectedPullSecret(props));
  }

  /**
   * The nodes have the credential in their `registries.yaml` (K3s, RKE2): every pod of the cluster pulls with it, and no
   * namespace needs a secret. Nothing is rendered; the handoff page says what to write where.
   */
  public static nodeRegistries(props: NodeRegistriesProps = {}): PullSecret {
    return new PullSecret(new NodeRegistries(props));
  }

  private constructor(private readonly strategy: PullSecretStrategy) {}

  /** @internal */
  public _toDeclaration(id: string, release: ReleaseDeclaration): PullSecretDeclaration {
    return this.strategy.declare(id, release);
  }

  /** @internal */
  public _bind(
    scope: Construct,
    declared: PullSecretDeclaration,
    registry: () => RegistryDeclaration,
  ): void {
    this.strategy.bind(scope, declared, registry);
  }
}
