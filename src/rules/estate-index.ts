/** Items by what they are looked up by; an item may have several keys, or none. */
export function indexed<T>(
  items: readonly T[],
  keysOf: (item: T) => string | readonly string[],
): ReadonlyMap<string, T[]> {
  const index = new Map<string, T[]>();
  for (const item of items) {
    for (const key of new Set([keysOf(item)].flat())) {
      const known = index.get(key);
      if (known) {
        known.push(item);
      } else {
        index.set(key, [item]);
      }
    }
  }
  return index;
}
