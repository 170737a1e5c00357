import type { ApiObject } from 'cdk8s';
import { JsonPatch } from 'cdk8s';

/** What can hold `imagePullSecrets` in a rendered object: a pod spec, or a ServiceAccount. */
export interface PullSecretPlace {
  readonly kind: string;
  readonly name: string;
  /** Namespace as rendered; absent where whoever applies the object decides. */
  readonly namespace?: string;
  /** Whether it is a ServiceAccount and no pod spec. */
  readonly account: boolean;
  /** JSON pointer of the list. */
  readonly list: string;
  /** Names in the list; absent where there is no list. */
  readonly names?: readonly unknown[];
}

/** Where the pod spec stands in kinds that are no controllers. */
const POD_SPECS: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['Pod', ['spec']],
  ['PodTemplate', ['template', 'spec']],
]);

/** Where it stands in controllers, those of custom resources too. */
const TEMPLATES = [
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
] as const;

/** Every place of an object; those of its entries when it is a List. */
export function placesOf(object: ApiObject): PullSecretPlace[] {
  return placesIn(object.toJson(), '');
}

/** What adds secrets to a place behind those it has; nothing when it has them. */
export function additions(place: PullSecretPlace, secrets: readonly string[]): JsonPatch[] {
  const missing = secrets.filter((name) => !place.names?.includes(name)).map((name) => ({ name }));
  if (missing.length === 0) {
    return [];
  }
  return place.names
    ? missing.map((entry) => JsonPatch.add(`${place.list}/-`, entry))
    : [JsonPatch.add(place.list, missing)];
}

function placesIn(object: unknown, pointer: string): PullSecretPlace[] {
  const kind = field(object, 'kind');
  const items = field(object, 'items');
  if (`${kind}`.endsWith('List') && Array.isArray(items)) {
    return items.flatMap((item, index) => placesIn(item, `${pointer}/items/${index}`));
  }
  return kind === 'ServiceAccount'
    ? [placeAt(object, [], pointer)]
    : podSpecs(kind)
        .filter((path) => Array.isArray(field(object, ...path, 'containers')))
        .map((path) => placeAt(object, path, pointer));
}

function podSpecs(kind: unknown): readonly (readonly string[])[] {
  const path = POD_SPECS.get(kind);
  return path ? [path] : TEMPLATES;
}

function placeAt(object: unknown, path: readonly string[], pointer: string): PullSecretPlace {
  const list = field(object, ...path, 'imagePullSecrets');
  const namespace = field(object, 'metadata', 'namespace');
  return {
    kind: `${field(object, 'kind')}`,
    name: `${field(object, 'metadata', 'name')}`,
    ...(typeof namespace === 'string' && { namespace }),
    account: path.length === 0,
    list: [pointer, ...path, 'imagePullSecrets'].join('/'),
    ...(Array.isArray(list) && { names: list.map((entry) => field(entry, 'name')) }),
  };
}

/** A value below an object; undefined where a part of the path is missing. */
function field(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? (inner as { readonly [key: string]: unknown })[key]
        : undefined,
    value,
  );
}
