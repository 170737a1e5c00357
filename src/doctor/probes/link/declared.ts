import { similarNames } from '../../../client/packages/similar-names';
import { serverText } from '../../../client/server-text';
import type { LinkDeclaration } from '../../../declaration/model';
import { formatPackageReference } from '../../../declaration/package-reference';
import type { RepositorySeen } from '../../observe/linked-repository';
import { repositories } from '../../observe/linked-repository';
import type { OwnedPackage } from '../../observe/owned-package';
import { ownedPackage } from '../../observe/owned-package';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { DoctorRequest } from '../../request';
import type { Sight } from '../../sight';
import { listed } from '../access/shown';
import { withoutCode } from '../route/shown';
import { command } from './next-command';

/** Links that are told one by one. */
const MOST_TOLD = 3;

/** Where a declared link stands. */
type Standing =
  | { readonly kind: 'linked' | 'unlinked' | 'unseen' | 'no-repository' }
  | { readonly kind: 'elsewhere'; readonly repository: string }
  | { readonly kind: 'no-package'; readonly similar: readonly string[] }
  | { readonly kind: 'untold'; readonly why: string };

/** A declared link and where it stands. */
interface Judged {
  readonly link: LinkDeclaration;
  readonly standing: Standing;
}

/** REG917 of the declared links, with REG913 and REG914 where package or repository is misspelt. */
export async function declaredLinks(sight: Sight): Promise<readonly Outcome[]> {
  const links = declaredOf(sight.request);
  if (links.length === 0) {
    return [];
  }
  const judged = await Promise.all(
    links.map(async (link) => ({ link, standing: await standingOf(sight, link) })),
  );
  const of = (...kinds: readonly Standing['kind'][]): Judged[] =>
    judged.filter(({ standing }) => kinds.includes(standing.kind));
  return [
    ...misspelt(of('no-package')),
    ...withoutRepository(of('no-repository')),
    ...wrong(sight.request, of('unlinked', 'elsewhere')),
    ...untold(of('untold', 'unseen')),
    ...right(of('linked'), of('no-package').filter(isAwaited)),
  ];
}

/** What is asked about by name has its own answer. */
function declaredOf({ declaration, link }: DoctorRequest): readonly LinkDeclaration[] {
  const asked = link && formatPackageReference(link.reference).toLowerCase();
  return (declaration?.links ?? []).filter((each) => shown(each).toLowerCase() !== asked);
}

async function standingOf(sight: Sight, link: LinkDeclaration): Promise<Standing> {
  const look = await sight.see(ownedPackage);
  const { value, error } = await look({ owner: link.owner, type: link.type, name: link.name });
  if (error) {
    return { kind: 'untold', why: withoutCode(error) };
  }
  if (value.newest === undefined) {
    return { kind: 'no-package', similar: similarTo(link, value) };
  }
  const current = value.newest.repository?.fullName;
  if (current !== undefined) {
    const isWanted = current.toLowerCase() === wanted(link).toLowerCase();
    return isWanted ? { kind: 'linked' } : { kind: 'elsewhere', repository: serverText(current) };
  }
  const find = await sight.see(repositories);
  return unlinked(await find(link.owner, link.repository));
}

/** No repository is named for one the account cannot see, too. */
function unlinked({ kind }: RepositorySeen): Standing {
  const kinds = {
    found: 'unlinked',
    renamed: 'no-repository',
    absent: 'no-repository',
    unknown: 'unseen',
  } as const;
  return { kind: kinds[kind] };
}

function similarTo({ type, name }: LinkDeclaration, { siblings }: OwnedPackage): string[] {
  const names = siblings.filter((each) => each.type === type).map((each) => serverText(each.name));
  return similarNames(name, names);
}

/** A package that was never pushed may come; where there is one with a name like it, that was meant. */
function isAwaited({ standing }: Judged): boolean {
  return standing.kind === 'no-package' && standing.similar.length === 0;
}

function misspelt(judged: readonly Judged[]): Outcome[] {
  return judged.flatMap(({ link, standing }) =>
    standing.kind === 'no-package' && standing.similar.length > 0
      ? [
          broken('REG913', {
            severity: 'warning',
            observed: `the declared package '${shown(link)}' is not there; there is ${listed(standing.similar)}`,
            expected: 'a package that was pushed',
          }),
        ]
      : [],
  );
}

function withoutRepository(judged: readonly Judged[]): Outcome[] {
  return judged.length === 0
    ? []
    : [
        broken('REG914', {
          severity: 'warning',
          observed: `declared, and not seen by this account under that name: ${listed(judged.map(({ link }) => wanted(link)))}`,
          expected: 'a repository of the owner of the package',
        }),
      ];
}

function wrong(request: DoctorRequest, judged: readonly Judged[]): Outcome[] {
  if (judged.length === 0) {
    return [];
  }
  const told = judged.map(({ link, standing }) =>
    standing.kind === 'elsewhere'
      ? `'${shown(link)}' is linked to '${standing.repository}' and not to '${wanted(link)}'`
      : `'${shown(link)}' is not linked to '${wanted(link)}'`,
  );
  const more = told.length > MOST_TOLD ? `; and ${told.length - MOST_TOLD} more` : '';
  const [{ link }] = judged;
  return [
    broken('REG917', {
      severity: 'warning',
      observed: `${told.slice(0, MOST_TOLD).join('; ')}${more}`,
      expected: 'each declared link',
      fix: command(request, 'links', 'apply'),
      note: `--link '${shown(link)}=${link.repository}' tells what is in the way`,
    }),
  ];
}

function untold(judged: readonly Judged[]): Outcome[] {
  return judged.length === 0
    ? []
    : [
        skipped(
          'REG917',
          [
            ...new Set(
              judged.map(({ link, standing }) =>
                standing.kind === 'untold'
                  ? standing.why
                  : `a credential that sees '${wanted(link)}'`,
              ),
            ),
          ].join('; '),
        ),
      ];
}

function right(linked: readonly Judged[], awaited: readonly Judged[]): Outcome[] {
  const names = awaited.map(({ link }) => shown(link));
  const note = names.length > 0 ? `not pushed yet: ${listed(names)}` : undefined;
  return linked.length + awaited.length === 0
    ? []
    : [passed('REG917', `${linked.length} declared links are made`, note)];
}

function shown({ owner, type, name }: LinkDeclaration): string {
  return formatPackageReference({ owner, type, name });
}

function wanted({ owner, repository }: LinkDeclaration): string {
  return `${owner}/${repository}`;
}
