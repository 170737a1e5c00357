import type { Duration } from 'cdk8s';
import { ApiObject, Chart, JsonPatch, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type * as eso from '../../../imports/external-secrets.io';
import { LABELS } from '../../declaration/labels';
import type {
  ClusterPullSecretDeclaration,
  RegistryDeclaration,
  ReleaseDeclaration,
} from '../../declaration/model';
import { checked } from '../../declaration/checked';
import { refuse } from '../../declaration/problem';
import { pullSecretSchema } from '../../declaration/pull-secret';
import type { RemoteCredential } from '../remote-credential';
import type { SecretStoreRef } from '../secret-store-ref';
import { pullSecretSpec, refreshIntervalOf } from './external-secret-spec';
import type { PullSecretStrategy } from './strategy';

/** A pull secret the External Secrets Operator makes in many namespaces (`external-secrets.io/v1`). */
export interface ClusterExternalPullSecretProps {
  /** Name of the Secret in each namespace, and of the ClusterExternalSecret. */
  readonly name: string;

  /**
   * Labels a namespace must have to get the secret, all of them. Later namespaces get it with the label; who may label
   * namespaces decides who may pull.
   * @default - `registry-pull: <name of the release>`; none when `namespaces` are named
   */
  readonly namespaceLabels?: { readonly [label: string]: string };

  /**
   * Namespaces that get the secret whatever their labels are, at most 100.
   * @default - those with the labels
   */
  readonly namespaces?: string[];

  /** Store the credential is in: a ClusterSecretStore, as every namespace must reach it. */
  readonly store: SecretStoreRef;

  /** Entry of the store. */
  readonly credential: RemoteCredential;

  /**
   * How often the operator reads the store, for each namespace.
   * @default Duration.hours(1)
   */
  readonly refreshInterval?: Duration;
}

/** The label of namespaces that pull, whose value is the release. */
const PULL_LABEL = 'registry-pull';

/** The label every namespace has, with its name (Kubernetes 1.22). */
const NAME_LABEL = 'kubernetes.io/metadata.name';

/** The generated types and mapper; half of all code of this package, so loaded on use only. */
const generated = (): typeof eso => require('../../../imports/external-secrets.io');

/** A ClusterExternalSecret: one object, a Secret in each namespace that is selected. */
export class ClusterExternalPullSecret implements PullSecretStrategy {
  public constructor(private readonly props: ClusterExternalPullSecretProps) {
    const { store } = props;
    if (store.kind !== 'ClusterSecretStore') {
      refuse(
        'pullSecret.store',
        store.name,
        'is a SecretStore, which only its own namespace reaches: a secret of many namespaces needs SecretStoreRef.clusterSecretStore',
        'REG545',
      );
    }
    refreshIntervalOf(props);
    this.declarationFor('id', PULL_LABEL);
  }

  public declare(id: string, { name }: ReleaseDeclaration): ClusterPullSecretDeclaration {
    return this.declarationFor(id, name);
  }

  public bind(
    scope: Construct,
    declared: ClusterPullSecretDeclaration,
    registry: () => RegistryDeclaration,
  ): void {
    const { ClusterExternalSecret, toJson_ClusterExternalSecretSpec } = generated();
    const { secretName: name } = declared;
    const spec = () => ({
      externalSecretName: name,
      namespaceSelectors: selectors(declared),
      externalSecretSpec: pullSecretSpec(this.props, { name, host: registry().host }),
    });
    const object = new ApiObject(scope, 'Resource', {
      ...ClusterExternalSecret.GVK,
      metadata: { name, labels: { ...LABELS } },
      spec: Lazy.any({
        produce: () => toJson_ClusterExternalSecretSpec(spec() as eso.ClusterExternalSecretSpec),
      }),
    });
    // The kind is cluster-scoped, and cdk8s gives the namespace of the chart to every object.
    if (Chart.of(scope).namespace !== undefined) {
      object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    }
  }

  private declarationFor(id: string, release: string): ClusterPullSecretDeclaration {
    const { name, namespaces = [], namespaceLabels } = this.props;
    const labels =
      namespaceLabels ?? (namespaces.length > 0 ? undefined : { [PULL_LABEL]: release });
    return checked(
      pullSecretSchema,
      {
        id,
        secretName: name,
        source: 'cluster-external-secret',
        ...(labels && { namespaceLabels: { ...labels } }),
        ...(namespaces.length > 0 && { namespaces: [...namespaces] }),
      },
      'pullSecret',
    ) as ClusterPullSecretDeclaration;
  }
}

/** Any of these is enough (External Secrets, ClusterExternalSecret): the labels, or the name. */
function selectors({
  namespaceLabels,
  namespaces,
}: ClusterPullSecretDeclaration): eso.ClusterExternalSecretSpecNamespaceSelectors[] {
  return [
    ...(namespaceLabels ? [{ matchLabels: namespaceLabels }] : []),
    ...(namespaces
      ? [{ matchExpressions: [{ key: NAME_LABEL, operator: 'In', values: namespaces }] }]
      : []),
  ];
}
