/** An image as it should be. */
export interface ImageModel {
  /** Digest by version: a tag in lower case, or the digest itself. */
  readonly versions: Map<string, string>;
  /** Repository it is linked to. */
  linkedTo?: string;
}

/** What a registry should hold: the simplest program with the same answers. */
export class RegistryModel {
  /** By name below the owner; one stays when its last version goes. */
  public readonly images = new Map<string, ImageModel>();
  /** Content by file in lower case, by `name@version` in lower case. */
  public readonly files = new Map<string, Map<string, string>>();

  /** An image that was pushed once. */
  public image(name: string): ImageModel | undefined {
    return this.images.get(name);
  }

  public push(name: string, version: string, digest: string): void {
    const image = this.images.get(name) ?? { versions: new Map<string, string>() };
    this.images.set(name, image);
    image.versions.set(version.toLowerCase(), digest);
  }

  /** Digest of a tag, or a digest that some version has. */
  public resolve(name: string, reference: string): string | undefined {
    const versions = this.images.get(name)?.versions ?? new Map<string, string>();
    return reference.startsWith('sha256:')
      ? [...versions.values()].find((digest) => digest === reference)
      : versions.get(reference.toLowerCase());
  }

  /** Takes a tag away, or every version with a digest. */
  public delete(name: string, reference: string): boolean {
    const versions = this.images.get(name)?.versions ?? new Map<string, string>();
    const gone = [...versions].filter(([version, digest]) =>
      reference.startsWith('sha256:') ? digest === reference : version === reference.toLowerCase(),
    );
    gone.forEach(([version]) => versions.delete(version));
    return gone.length > 0;
  }

  /** Every version of every package, as `type name version` in lower case. */
  public listed(): string[] {
    return [
      ...[...this.images].flatMap(([name, { versions }]) =>
        [...versions.keys()].map((version) => `container ${name} ${version}`),
      ),
      ...[...this.files.keys()].map((key) => `generic ${key.replace('@', ' ')}`),
    ].sort();
  }
}
