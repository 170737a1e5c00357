/** What a table holds under a foreign word; `valueOf` and its like, which every object inherits, find nothing. */
export function lookUp<T>(table: { readonly [key: string]: T }, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
