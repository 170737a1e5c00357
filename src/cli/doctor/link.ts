import { parsePackageReference } from '../../declaration/package-reference';
import { refuse } from '../../declaration/problem';
import type { LinkSubject } from '../../doctor';
import { repositoryOf } from '../links/repository-argument';

/**
 * Reads `OWNER/TYPE/NAME=REPO`.
 *
 * @throws DeclarationError REG913 (the form, the package), REG914 (the repository), REG320, REG470, REG920
 */
export function parseLink(text: string): LinkSubject {
  const equals = text.lastIndexOf('=');
  if (equals < 0) {
    refuse(
      '--link',
      text,
      "must be 'OWNER/TYPE/NAME=REPO' such as 'coulomb/container/state-hub=state-hub'",
      'REG913',
    );
  }
  const reference = parsePackageReference(text.slice(0, equals));
  if (reference.version !== undefined) {
    refuse('--link', text, 'names a version: a link belongs to the whole package', 'REG913');
  }
  return { reference, repository: repositoryOf(text.slice(equals + 1), reference.owner) };
}
