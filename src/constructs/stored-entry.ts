/** Where one value of a secret lies in a store (External Secrets, `spec.data[]`): a reference, never the value. */
export interface StoredEntry {
  /** Name of the value in templates. */
  readonly secretKey: string;
  /** Entry of the store, and the property of it that is wanted; absent: the whole entry. */
  readonly remoteRef: { readonly key: string; readonly property?: string };
}
