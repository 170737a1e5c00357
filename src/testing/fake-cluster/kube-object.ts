/** Metadata of a Kubernetes object, as far as FakeCluster reads it. */
export interface KubeMetadata {
  readonly name: string;
  /** @default - the object is cluster-scoped */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** A Kubernetes object, plain as in YAML. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: KubeMetadata;
  readonly [field: string]: unknown;
}

/** What a path of dotted keys leads to below an object (`involvedObject.name`); undefined when a step is missing. */
export function fieldOf(object: KubeObject, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null
          ? (value as Record<string, unknown>)[key]
          : undefined,
      object,
    );
}
