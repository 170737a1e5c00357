/** Indexes of the entries of `items` whose key already appeared before them. */
export function repeated<T>(items: readonly T[], key: (item: T) => string): number[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const fresh = !seen.has(key(item));
    seen.add(key(item));
    return fresh ? [] : [index];
  });
}
