import type { NodePullSecretDeclaration } from '../../declaration/model';
import { checked } from '../../declaration/checked';
import { pullSecretSchema } from '../../declaration/pull-secret';
import type { PullSecretStrategy } from './strategy';

/** A Kubernetes distribution whose nodes take registry credentials from a `registries.yaml`. */
export enum NodeDistribution {
  /** K3s: `/etc/rancher/k3s/registries.yaml`. */
  K3S = 'k3s',
  /** RKE2: `/etc/rancher/rke2/registries.yaml`. */
  RKE2 = 'rke2',
}

/** A credential that each node has. */
export interface NodeRegistriesProps {
  /**
   * Distribution of the nodes.
   * @default NodeDistribution.K3S
   */
  readonly distribution?: NodeDistribution;
}

/** The container runtime of the nodes pulls with a credential of its own: nothing is rendered, no pod names a secret. */
export class NodeRegistries implements PullSecretStrategy {
  private readonly distribution: string;

  public constructor({ distribution = NodeDistribution.K3S }: NodeRegistriesProps) {
    this.distribution = distribution;
    this.declare('id');
  }

  public declare(id: string): NodePullSecretDeclaration {
    return checked(
      pullSecretSchema,
      { id, source: 'node-registries', distribution: this.distribution },
      'pullSecret',
    ) as NodePullSecretDeclaration;
  }

  public bind(): void {
    // The handoff page says what to write on the nodes.
  }
}
