import { checked } from '../../declaration/checked';
import { quote, refuse } from '../../declaration/problem';
import { REPOSITORY_NAME } from '../../declaration/repository-name';
import { text } from '../../declaration/schema';

/**
 * `REPO`, or `OWNER/REPO` with the owner of the package.
 *
 * @returns the name without its owner
 * @throws DeclarationError REG914 for another owner, and for what is no name of a repository
 */
export function repositoryOf(argument: string, owner: string): string {
  const slash = argument.indexOf('/');
  const [given, name] =
    slash < 0 ? [owner, argument] : [argument.slice(0, slash), argument.slice(slash + 1)];
  if (given.toLowerCase() !== owner.toLowerCase()) {
    refuse(
      'repository',
      argument,
      `must belong to ${quote(owner)}, the owner of the package: a link never leaves its owner`,
      'REG914',
    );
  }
  return checked(text(REPOSITORY_NAME), name, 'repository');
}
