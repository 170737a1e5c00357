import type { LinkDeclaration } from '../declaration/model';
import { OWNER_NAME } from '../declaration/owner-name';
import { MOST_LINKS } from '../declaration/package-link';
import { packageName } from '../declaration/package-name';
import { PACKAGE_TYPE } from '../declaration/package-type';
import { checked } from '../declaration/checked';
import { REPOSITORY_NAME } from '../declaration/repository-name';
import { list, text } from '../declaration/schema';

/** Packages of one owner that belong to one repository. */
export interface PackageLinks {
  /** Declared owner of the packages and of the repository: Gitea links to no repository of another owner. */
  readonly owner: string;

  /** Name of the repository, without the owner. */
  readonly repository: string;

  /** Names of the packages below the owner. The name of an image is what follows `HOST/OWNER/`, without a tag. */
  readonly names: string[];

  /**
   * Type of the packages in lower case, such as `helm` or `npm`.
   * @default container
   */
  readonly type?: string;
}

/** The part of the declaration that `links` stand for. */
export function linkDeclarations(links: PackageLinks): LinkDeclaration[] {
  const { owner, repository, type = 'container' } = links;
  checked(text(OWNER_NAME), owner, 'linkPackages.owner');
  checked(text({ ...PACKAGE_TYPE, code: 'REG913' }), type, 'linkPackages.type');
  checked(text(REPOSITORY_NAME), repository, 'linkPackages.repository');
  return checked(
    list(text(packageName(type)), MOST_LINKS, 1),
    links.names,
    'linkPackages.names',
  ).map((name) => ({ owner, type, name, repository }));
}
