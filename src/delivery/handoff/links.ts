import type { LinkDeclaration, RegistryDeclaration } from '../../declaration/model';
import type { Section } from './markdown';
import { code, table } from './markdown';

/** Packages of one type with one repository, in one row. */
interface LinkRow {
  readonly repository: string;
  readonly type: string;
  readonly names: string[];
}

function rowsOf(links: readonly LinkDeclaration[]): LinkRow[] {
  const rows = new Map<string, LinkRow>();
  for (const { owner, type, name, repository } of links) {
    const key = `${owner}/${repository} ${type}`;
    const row = rows.get(key) ?? { repository: `${owner}/${repository}`, type, names: [] };
    row.names.push(name);
    rows.set(key, row);
  }
  return [...rows.values()];
}

/** Which packages belong to which repository; no link gives no section. */
export function linksSection({ links = [] }: RegistryDeclaration): Section[] {
  const rows = rowsOf(links).map(({ repository, type, names }) => [
    code(repository),
    type,
    names.map(code).join(', '),
  ]);
  return rows.length === 0
    ? []
    : [
        {
          title: 'Package links',
          lines: [
            'Packages that belong to a repository and are listed on its page. Pushing an image links nothing, whatever its',
            'label `org.opencontainers.image.source` says: push first, then run `gitea-registry links apply`.',
            '',
            ...table(['Repository', 'Type', 'Packages'], rows),
            '',
            'A link hides nothing and opens nothing: visibility is that of the owner, above.',
          ],
        },
      ];
}
