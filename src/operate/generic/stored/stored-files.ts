import type { PackageFile } from '../../../client/packages/package-version';
import { partOf } from './chunk-names';

/** The files of a version as the server lists them, found by name; Gitea ignores the case of names. */
export class StoredFiles {
  private readonly byName: ReadonlyMap<string, PackageFile>;
  private readonly parts = new Map<string, PackageFile[]>();

  public constructor(public readonly list: readonly PackageFile[]) {
    this.byName = new Map(list.map((file) => [nameKey(file.name), file]));
    for (const file of [...list].sort(byName)) {
      const part = partOf(file.name);
      if (part) {
        const known = this.parts.get(nameKey(part.file)) ?? [];
        known.push(file);
        this.parts.set(nameKey(part.file), known);
      }
    }
  }

  public find(name: string): PackageFile | undefined {
    return this.byName.get(nameKey(name));
  }

  /** Everything that is named as a part of a file, in order. */
  public partsOf(name: string): readonly PackageFile[] {
    return this.parts.get(nameKey(name)) ?? [];
  }
}

/** A name as Gitea compares it (models/packages `LowerName`). */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

/** The order of names, whatever the locale. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return nameKey(a.name) < nameKey(b.name) ? -1 : 1;
}
