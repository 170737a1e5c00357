import type { Grammar } from '../../declaration/grammar';
import { GENERIC_NAME } from '../../declaration/package-name';
import { ClientError } from '../error';
import { check, checkOwner, joined } from '../packages/address';

/** A generic package version: `owner/name@version`. */
export interface GenericReference {
  readonly owner: string;
  readonly name: string;
  readonly version: string;
}

/** Name of a file (routers/api/packages/generic `fileNameRegex`); before 1.22 letters, digits, `.`, `_`, `+`, `-`. */
export const GENERIC_FILE: Grammar = {
  allowed:
    "must be a file name Gitea accepts: letters, digits, blanks inside and - _ + = : ; . ( ) [ ] { } ~ ! @ # $ % ^ &, not '.' or '..'",
  code: 'REG920',
  pattern: /^(?!\.{1,2}$)(?! )[-_+=:;.()[\]{}~!@#$%^& A-Za-z0-9]+(?<! )$/,
  maxLength: 255,
};

/** Version of a generic package: any text without blanks around it, as long as a URL can hold it. */
export const GENERIC_VERSION: Grammar = {
  allowed:
    "must be a version: one line of at most 255 characters without blanks around it, and not '.' or '..'",
  code: 'REG920',
  // eslint-disable-next-line no-control-regex
  pattern: /^(?!\.{1,2}$)(?!\s)[^\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]+(?<!\s)$/u,
  maxLength: 255,
};

/**
 * Refuses what Gitea would refuse, before anything is sent.
 *
 * @param isLatestMeant whether `latest` is a version like any other
 * @throws ClientError REG320 (owner), REG920 (name, version, file)
 */
export function checkGeneric(
  { owner, name, version }: GenericReference,
  { isLatestMeant, file }: { readonly isLatestMeant: boolean; readonly file?: string },
): void {
  checkOwner(owner);
  check('package name', name, GENERIC_NAME);
  check('version', version, GENERIC_VERSION);
  if (version.toLowerCase() === 'latest' && !isLatestMeant) {
    throw new ClientError(
      "version 'latest' has no meaning to the registry: it would be a version of that name and never another; name the version",
      'REG920',
    );
  }
  if (file !== undefined) {
    check('file name', file, GENERIC_FILE);
  }
}

/** Path of a version, or of one of its files. */
export function genericPath({ owner, name, version }: GenericReference, file?: string): string {
  return `/api/packages/${joined(owner)}/generic/${joined(name, version, ...(file === undefined ? [] : [file]))}`;
}
