import { FILE_PATH, LABEL } from './free-text';
import { LABEL_KEY, LABEL_VALUE, NAMESPACE, OBJECT_NAME } from './kubernetes-name';
import type { Fields, Schema } from './schema';
import { list, map, object, oneOf, optional, text, variants, yesOrNo } from './schema';

/** A ServiceAccount that carries the pull secret. */
export interface ServiceAccountDeclaration {
  readonly name: string;
  /** True when this package renders the ServiceAccount; false when it exists and must be patched. */
  readonly create: boolean;
}

/** What is the same of every pull secret that is declared for one namespace. */
interface PlacedPullSecret {
  /** Construct id, the name of the consumer in reports. */
  readonly id: string;
  readonly namespace: string;
  readonly secretName: string;
  readonly serviceAccount?: ServiceAccountDeclaration;
}

/** A pull secret that somebody else makes. */
export interface ExistingPullSecretDeclaration extends PlacedPullSecret {
  readonly source: 'existing';
}

/** A pull secret the External Secrets Operator makes in one namespace. */
export interface ExternalPullSecretDeclaration extends PlacedPullSecret {
  readonly source: 'external-secret';
}

/** A pull secret that stands in the repository, sealed for the sealed-secrets controller of one cluster. */
export interface SealedPullSecretDeclaration extends PlacedPullSecret {
  readonly source: 'sealed-secret';
  /** The file with the SealedSecret. */
  readonly file: string;
}

/** A pull secret that stands in the repository, encrypted with SOPS. */
export interface SopsPullSecretDeclaration extends PlacedPullSecret {
  readonly source: 'sops-file';
  /** The file with the Secret, `*.sops.yaml`. */
  readonly file: string;
}

/** A pull secret a controller copies from another namespace. The copy has the name of its source. */
export interface ReflectedPullSecretDeclaration extends PlacedPullSecret {
  readonly source: 'reflected';
  /** Namespace of the Secret that is copied. */
  readonly fromNamespace: string;
  /** The controller: emberstack's reflector or mittwald's replicator. */
  readonly by: 'reflector' | 'replicator';
}

/** A pull secret the External Secrets Operator makes in every namespace that is selected. */
export interface ClusterPullSecretDeclaration {
  /** Construct id, the name of the consumers in reports. */
  readonly id: string;
  /** Name of the Secret in each namespace, and of the ClusterExternalSecret. */
  readonly secretName: string;
  readonly source: 'cluster-external-secret';
  /** Labels a namespace must have, all of them. */
  readonly namespaceLabels?: { readonly [label: string]: string };
  /** Namespaces that are selected whatever their labels are. */
  readonly namespaces?: string[];
}

/** No secret: the container runtime of each node has the credential. */
export interface NodePullSecretDeclaration {
  /** Construct id, the name of the consumers in reports. */
  readonly id: string;
  readonly source: 'node-registries';
  /** Whose nodes they are: it decides where `registries.yaml` lies. */
  readonly distribution: 'k3s' | 'rke2';
}

/** A pull secret that is declared for one namespace, by name; the credential in it is never part of the model. */
export type NamespacedPullSecretDeclaration =
  | ExistingPullSecretDeclaration
  | ExternalPullSecretDeclaration
  | SealedPullSecretDeclaration
  | SopsPullSecretDeclaration
  | ReflectedPullSecretDeclaration;

/** A pull secret that pods can name. */
export type NamedPullSecretDeclaration =
  NamespacedPullSecretDeclaration | ClusterPullSecretDeclaration;

/** With what pods pull, and who makes it. */
export type PullSecretDeclaration = NamedPullSecretDeclaration | NodePullSecretDeclaration;

const id = text(LABEL);

const carriedBy = optional(
  object<ServiceAccountDeclaration>({ name: text(OBJECT_NAME), create: yesOrNo }),
);

/** A pull secret of one namespace: what is the same of all, and what its source needs. */
function placed<T extends NamespacedPullSecretDeclaration>(
  source: T['source'],
  more: Omit<Fields<T>, keyof PlacedPullSecret | 'source'>,
): Schema<T> {
  return object<T>({
    id,
    namespace: text(NAMESPACE),
    secretName: text(OBJECT_NAME),
    source: oneOf(source),
    ...more,
    serviceAccount: carriedBy,
  } as unknown as Fields<T>);
}

const file = text(FILE_PATH);

/** With what pods pull. */
export const pullSecretSchema = variants<PullSecretDeclaration>('source', {
  existing: placed<ExistingPullSecretDeclaration>('existing', {}),
  'external-secret': placed<ExternalPullSecretDeclaration>('external-secret', {}),
  'cluster-external-secret': object<ClusterPullSecretDeclaration>({
    id,
    secretName: text(OBJECT_NAME),
    source: oneOf('cluster-external-secret'),
    namespaceLabels: optional(map(LABEL_KEY, text(LABEL_VALUE), 5)),
    namespaces: optional(list(text(NAMESPACE), 100)),
  }),
  'sealed-secret': placed<SealedPullSecretDeclaration>('sealed-secret', { file }),
  'sops-file': placed<SopsPullSecretDeclaration>('sops-file', { file }),
  reflected: placed<ReflectedPullSecretDeclaration>('reflected', {
    fromNamespace: text(NAMESPACE),
    by: oneOf('reflector', 'replicator'),
  }),
  'node-registries': object<NodePullSecretDeclaration>({
    id,
    source: oneOf('node-registries'),
    distribution: oneOf('k3s', 'rke2'),
  }),
});
