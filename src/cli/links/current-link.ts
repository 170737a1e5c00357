import type { PackagesClient } from '../../client/packages/packages-client';
import type { PackageReference } from '../../declaration/package-reference';
import { missingPackage } from '../packages/missing-package';

/**
 * The repository a package is linked to today, `owner/name`.
 *
 * @returns undefined for none that this account can see
 * @throws CommandError (exit 1) when there is no such package
 */
export async function currentLink(
  client: Pick<PackagesClient, 'versions'>,
  reference: PackageReference,
): Promise<string | undefined> {
  for await (const { repository } of client.versions(reference)) {
    return repository?.fullName;
  }
  throw missingPackage(reference);
}
