import type { PackageReference } from '../../declaration/package-reference';
import { formatPackageReference } from '../../declaration/package-reference';
import { CommandError, EXIT } from '../exit';

/** A reference that names nothing, or nothing the account may see. */
export function missingPackage(reference: PackageReference): CommandError {
  return new CommandError(
    `there is no package '${formatPackageReference(reference)}' that this account may see; 'gitea-registry ls ${reference.owner}' shows what there is (REG913)`,
    EXIT.FAILED,
  );
}
