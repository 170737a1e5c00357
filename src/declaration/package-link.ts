import { matches } from './grammar';
import type { LinkDeclaration, RegistryDeclaration } from './model';
import { OWNER_NAME } from './owner-name';
import { ANY_PACKAGE_NAME, packageName } from './package-name';
import { formatPackageReference } from './package-reference';
import { PACKAGE_TYPE, packageTypes } from './package-type';
import type { Problem } from './problem';
import { repeated } from './repeated';
import { REPOSITORY_NAME } from './repository-name';
import { list, object, text } from './schema';

/** Most links of one registry. */
export const MOST_LINKS = 500;

/** Most characters all links hold together: the longest names for each of them would not fit a ConfigMap. */
export const MOST_LINK_CHARACTERS = 90_000;

/** Packages and the repositories that show them. */
export const linksSchema = list(
  object<LinkDeclaration>({
    owner: text(OWNER_NAME),
    type: text({ ...PACKAGE_TYPE, code: 'REG913' }),
    name: text(ANY_PACKAGE_NAME),
    repository: text(REPOSITORY_NAME),
  }),
  MOST_LINKS,
);

/** The package a link is for, the same text for names that Gitea takes for one: it ignores their case. */
export function linkedPackage({ owner, type, name }: LinkDeclaration): string {
  return formatPackageReference({ owner, type, name }).toLowerCase();
}

/** What one link cannot say: a package linked twice, an owner nobody declared, a name its type does not have. */
export function linkProblems({ links = [], owners, release }: RegistryDeclaration): Problem[] {
  const types = packageTypes(release.flavor);
  return [
    ...unknown(links, 'owner', {
      known: owners.map(({ name }) => name.toLowerCase()),
      allowed: 'is no declared owner: add it to the owners, with its visibility',
      code: 'REG320',
    }),
    ...unknown(links, 'type', {
      known: types,
      allowed: `is not a package type of ${release.flavor}; known: ${types.join(', ')}`,
      code: 'REG913',
    }),
    ...wrongNames(links),
    ...repeated(links, linkedPackage).map((index) => ({
      path: `links[${index}].name`,
      value: links[index].name,
      allowed: 'is linked twice: a package has one repository; keep one of the links',
      code: 'REG917',
    })),
    ...tooLong(links),
  ];
}

/** A problem for each owner or type that is not among the known ones, at the first link that names it. */
function unknown(
  links: readonly LinkDeclaration[],
  field: 'owner' | 'type',
  { known, allowed, code }: { known: readonly string[]; allowed: string; code: string },
): Problem[] {
  const again = new Set(repeated(links, (link) => link[field].toLowerCase()));
  return links.flatMap((link, index) =>
    again.has(index) || known.includes(link[field].toLowerCase())
      ? []
      : [{ path: `links[${index}].${field}`, value: link[field], allowed, code }],
  );
}

function wrongNames(links: readonly LinkDeclaration[]): Problem[] {
  return links.flatMap(({ type, name }, index) => {
    const grammar = packageName(type);
    return matches(grammar, name)
      ? []
      : [
          {
            path: `links[${index}].name`,
            value: name,
            allowed: grammar.allowed,
            code: grammar.code,
          },
        ];
  });
}

function tooLong(links: readonly LinkDeclaration[]): Problem[] {
  const characters = links.reduce(
    (sum, { owner, type, name, repository }) =>
      sum + owner.length + type.length + name.length + repository.length,
    0,
  );
  return characters > MOST_LINK_CHARACTERS
    ? [
        {
          path: 'links',
          allowed: `hold ${characters} characters; at most ${MOST_LINK_CHARACTERS} fit a ConfigMap beside the rest`,
          code: 'REG660',
        },
      ]
    : [];
}
