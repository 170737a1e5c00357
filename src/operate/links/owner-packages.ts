import type { PackageVersion } from '../../client/packages/package-version';

/** A package of an owner and the repository it is linked to. */
export interface OwnedPackage {
  readonly type: string;
  readonly name: string;
  /** `owner/name`. @default - none, or one this account cannot see */
  readonly repository?: string;
}

/** What one reading of an owner's versions tells of its packages. */
export interface OwnerPackages {
  /** Name of the owner as the server gives it; undefined where it has no package. */
  readonly owner?: string;
  /** By `type/name` in lower case: Gitea ignores the case of names. */
  readonly packages: ReadonlyMap<string, OwnedPackage>;
  /** Repositories seen on the way, `owner/name` in lower case, and whether they are private. */
  readonly privacy: ReadonlyMap<string, boolean>;
}

/** Key of {@link OwnerPackages.packages}. */
export function packageKey({ type, name }: Pick<OwnedPackage, 'type' | 'name'>): string {
  return `${type}/${name}`.toLowerCase();
}

/**
 * Folds the versions of an owner into its packages, so that memory grows with the packages alone.
 *
 * @param versions as the API lists them, each with the link of its package
 * @param signal ends the reading
 */
export async function packagesOf(
  versions: AsyncIterable<PackageVersion>,
  signal?: AbortSignal,
): Promise<OwnerPackages> {
  const packages = new Map<string, OwnedPackage>();
  const privacy = new Map<string, boolean>();
  let known: string | undefined;
  for await (const { owner, type, name, repository } of versions) {
    signal?.throwIfAborted();
    known ??= owner;
    packages.set(packageKey({ type, name }), {
      type,
      name,
      ...(repository && { repository: repository.fullName }),
    });
    if (repository) {
      privacy.set(repository.fullName.toLowerCase(), repository.isPrivate);
    }
  }
  return { ...(known !== undefined && { owner: known }), packages, privacy };
}
