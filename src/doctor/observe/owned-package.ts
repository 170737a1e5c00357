import { PackagesClient } from '../../client/packages/packages-client';
import type { PackageVersion } from '../../client/packages/package-version';
import type { RegistryTarget } from '../../client/target';
import type { PackageReference } from '../../declaration/package-reference';
import type { Observation } from '../sight';
import { ownerPackages } from './owner-packages';
import type { Told } from './publish-told';
import { told } from './publish-told';
import { belongs } from './signed-in';

/** A package as the API lists it, and what its owner has beside it. */
export interface OwnedPackage {
  /** Its newest version, with the repository it is linked to. @default - the owner has no such package */
  readonly newest?: PackageVersion;
  /** Packages of the owner, each once, as they are spelt: of all, or of its newest 200 versions. */
  readonly siblings: readonly Pick<PackageVersion, 'type' | 'name'>[];
}

/** Versions that are looked through for a package that is not among the newest of its owner. */
const MOST_SEARCHED = 1000;

/** Looks a package up in the list of its owner, and where that is cut in a list of packages of that name. */
export const ownedPackage: Observation<
  (reference: PackageReference) => Promise<Told<OwnedPackage>>
> = async (sight) => {
  const list = await sight.see(ownerPackages);
  const { credential } = sight.path;
  const own = credential && belongs(credential, sight) ? credential : undefined;
  return async (reference) => {
    const { value, error } = await list(reference.owner);
    if (error) {
      return { error };
    }
    const siblings = [...new Map(value.versions.map((each) => [keyOf(each), each])).values()];
    const newest = value.versions.find((each) => keyOf(each) === keyOf(reference));
    if (newest !== undefined || !value.hasMore) {
      return { value: { ...(newest && { newest }), siblings } };
    }
    const found = await told(sight, own, (target) => search(target, reference));
    return found.error ? { error: found.error } : { value: { ...found.value, siblings } };
  };
};

async function search(
  target: RegistryTarget,
  reference: PackageReference,
): Promise<Pick<OwnedPackage, 'newest'>> {
  const { owner, type, name } = reference;
  let read = 0;
  for await (const version of new PackagesClient(target).list(owner, { type, name })) {
    if (keyOf(version) === keyOf(reference)) {
      return { newest: version };
    }
    if (++read === MOST_SEARCHED) {
      break;
    }
  }
  return {};
}

/** Gitea takes names for one that differ by case only. */
function keyOf({ type, name }: Pick<PackageVersion, 'type' | 'name'>): string {
  return `${type}/${name}`.toLowerCase();
}
