import { withoutVersion } from '../../client/packages/address';
import type { PackageReference } from '../../declaration/package-reference';
import { formatPackageReference, parsePackageReference } from '../../declaration/package-reference';
import { CommandError } from '../exit';

/**
 * A reference that names no version: a link and an unlink are about the whole package.
 *
 * @throws DeclarationError for what is no reference; CommandError (exit 2) for one with a version
 */
export function wholePackage(text: string): PackageReference {
  const reference = parsePackageReference(text);
  if (reference.version !== undefined) {
    const whole = formatPackageReference(withoutVersion(reference));
    throw new CommandError(
      `a link belongs to the whole package: write '${whole}', without a version`,
    );
  }
  return reference;
}

/**
 * A reference that names a version.
 *
 * @param command what is asked, for the message
 * @throws DeclarationError for what is no reference; CommandError (exit 2) for one without a version
 */
export function oneVersion(
  text: string,
  command: string,
): PackageReference & { readonly version: string } {
  const { version, ...whole } = parsePackageReference(text);
  if (version === undefined) {
    const name = formatPackageReference(whole);
    throw new CommandError(
      `name a version: '${command} ${name}@VERSION'; 'gitea-registry show ${name}' lists them`,
    );
  }
  return { ...whole, version };
}
