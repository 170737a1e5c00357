import { matches } from '../../declaration/grammar';
import type { Grammar } from '../../declaration/grammar';
import { OWNER_NAME } from '../../declaration/owner-name';
import { packageName } from '../../declaration/package-name';
import type { PackageReference } from '../../declaration/package-reference';
import { formatPackageReference, packageVersion } from '../../declaration/package-reference';
import { PACKAGE_TYPE } from '../../declaration/package-type';
import { quote } from '../../declaration/problem';
import { ClientError } from '../error';

/** Types whose names Gitea checks by a grammar that is known here; the others it takes as they come. */
const STRICT_TYPES: readonly string[] = ['container', 'generic'];

/**
 * A part of a path that a URL can hold: `.` and `..` would be steps even when they are escaped (WHATWG URL), and names
 * and versions have 255 characters in the database.
 */
const ADDRESSABLE: Grammar = {
  allowed:
    "must be one line of at most 255 characters without blanks around it, and not '.' or '..'",
  code: 'REG913',
  // eslint-disable-next-line no-control-regex
  pattern: /^(?!\.{1,2}$)(?!\s)(?!.*\s$)[^\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]+$/u,
  maxLength: 255,
};

/**
 * Refuses what Gitea would refuse, before anything is sent.
 *
 * @throws ClientError REG320 (owner), REG470 (image), REG913 or REG920 (generic)
 */
export function checkReference(reference: PackageReference): void {
  const { owner, type, name, version } = reference;
  const isStrict = STRICT_TYPES.includes(type);
  check('owner', owner, OWNER_NAME);
  check('package type', type, { ...PACKAGE_TYPE, code: 'REG913' });
  check('package name', name, isStrict ? packageName(type) : ADDRESSABLE);
  if (version !== undefined) {
    check('version', version, type === 'container' ? packageVersion(type) : ADDRESSABLE);
  }
}

/** @throws ClientError REG320 when Gitea has no account of such a name */
export function checkOwner(owner: string): void {
  check('owner', owner, OWNER_NAME);
}

/** @throws ClientError with the code of the grammar when `value` does not follow it */
export function check(what: string, value: string, grammar: Grammar): void {
  if (!matches(grammar, value)) {
    throw new ClientError(`${what} ${quote(value)} ${grammar.allowed}`, grammar.code);
  }
}

/** The package a reference is about, whatever its version. */
export function withoutVersion({ owner, type, name }: PackageReference): PackageReference {
  return { owner, type, name };
}

/**
 * A reference that names a version.
 *
 * @throws ClientError REG913 when it names none
 */
export function withVersion(
  reference: PackageReference,
): PackageReference & { readonly version: string } {
  checkReference(reference);
  const { version } = reference;
  if (version === undefined) {
    throw new ClientError(
      `package '${formatPackageReference(reference)}' must name a version: 'OWNER/TYPE/NAME@VERSION'`,
      'REG913',
    );
  }
  return { ...reference, version };
}

/**
 * The parts of a path, each escaped as one: `a/b` is one name, and Gitea unescapes each part once. What Go's
 * `url.PathEscape` leaves as it is stays: Forgejo compares the raw text in link and unlink, so `%2B` would be no `+`.
 */
export function joined(...parts: readonly string[]): string {
  return parts
    .map((part) => encodeURIComponent(part).replace(/%(?:24|26|2B|3A|3D|40)/g, decodeURIComponent))
    .join('/');
}

/** Path of a package, or of one of its versions. */
export function packagePath({ owner, type, name, version }: PackageReference): string {
  return `/api/v1/packages/${joined(owner, type, name, ...(version === undefined ? [] : [version]))}`;
}
