import { PackagesClient } from '../../client/packages/packages-client';
import type { PackageVersion } from '../../client/packages/package-version';
import type { Observation } from '../sight';
import type { Told } from './publish-told';
import { told } from './publish-told';
import { belongs } from './signed-in';

/** What the API lists of an owner. */
export interface OwnerPackages {
  /** Newest first. */
  readonly versions: readonly PackageVersion[];
  /** Whether there are more. */
  readonly hasMore: boolean;
}

/** Versions that are read of an owner unless everything is asked for: four pages. */
const MOST_VERSIONS = 200;

/** Lists versions of an owner's packages, once for each owner, with the credential of the path where it has one. */
export const ownerPackages: Observation<(owner: string) => Promise<Told<OwnerPackages>>> = async (
  sight,
) => {
  const most = sight.request.blobs === true ? Infinity : MOST_VERSIONS;
  const { credential } = sight.path;
  const own = credential && belongs(credential, sight) ? credential : undefined;
  const listed = new Map<string, Promise<Told<OwnerPackages>>>();
  return (owner) => {
    const key = owner.toLowerCase();
    const known = listed.get(key);
    if (known) {
      return known;
    }
    const listing = told(sight, own, async (target) =>
      counted(new PackagesClient(target).list(owner), most),
    );
    listing.catch(() => undefined);
    listed.set(key, listing);
    return listing;
  };
};

async function counted(
  versions: AsyncIterable<PackageVersion>,
  most: number,
): Promise<OwnerPackages> {
  const read: PackageVersion[] = [];
  for await (const version of versions) {
    if (read.length === most) {
      return { versions: read, hasMore: true };
    }
    read.push(version);
  }
  return { versions: read, hasMore: false };
}
