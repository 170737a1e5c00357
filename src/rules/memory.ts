/** Views that are computed once and found again by name. */
export abstract class Memory {
  private readonly remembered = new Map<string, unknown>();

  /** Computes a view once. @param name names it among all views of this object */
  public remember<T>(name: string, compute: () => T): T {
    if (!this.remembered.has(name)) {
      this.remembered.set(name, compute());
    }
    return this.remembered.get(name) as T;
  }
}
