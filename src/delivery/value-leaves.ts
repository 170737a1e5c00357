import type { HelmValue, HelmValues } from './overlay-values';

/** A value that is no map, and the keys that lead to it. */
export interface ValueLeaf {
  readonly path: readonly string[];
  /** A scalar, or a list: lists are set whole. */
  readonly value: Exclude<HelmValue, HelmValues>;
}

/** Values as single settings, in their order. An empty map is none. */
export function valueLeaves(values: HelmValues, path: readonly string[] = []): ValueLeaf[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const inner = [...path, key];
    return isMap(value) ? valueLeaves(value, inner) : [{ path: inner, value }];
  });
}

function isMap(value: HelmValue): value is HelmValues {
  return typeof value === 'object' && !Array.isArray(value);
}
