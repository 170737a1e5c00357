import type { ClientError } from '../../../client/error';
import { similarNames } from '../../../client/packages/similar-names';
import { serverText } from '../../../client/server-text';
import type { PackageReference } from '../../../declaration/package-reference';
import { formatPackageReference } from '../../../declaration/package-reference';
import { quote } from '../../../declaration/problem';
import { hasEmptyRow } from '../../observe/empty-package';
import type { OwnedPackage } from '../../observe/owned-package';
import { ownedPackage } from '../../observe/owned-package';
import type { Fix, Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { DoctorRequest, LinkSubject } from '../../request';
import type { Sight } from '../../sight';
import { listed } from '../access/shown';
import { withoutCode } from '../route/shown';
import { command, linkCommand } from './next-command';

const CODE = 'REG913';

/** Names of packages that are shown. */
const MOST_SHOWN = 10;

/** REG913: the package to link is there; else what the owner has instead. */
export async function packageThere(sight: Sight): Promise<Outcome> {
  const link = sight.request.link!;
  const look = await sight.see(ownedPackage);
  const { value, error } = await look(link.reference);
  if (error) {
    return untold(error, link.reference);
  }
  const { newest } = value;
  if (newest === undefined) {
    return missing(sight, link, value);
  }
  const { owner } = link.reference;
  return newest.owner.toLowerCase() === owner.toLowerCase()
    ? passed(CODE, shownPackage({ ...newest, version: undefined }))
    : renamed(sight.request, link, newest.owner);
}

/** A list that nobody gave: of an owner nobody knows there is none. */
function untold(error: ClientError, { owner }: PackageReference): Outcome {
  switch (error.code) {
    case 'REG320':
      return broken('REG320', {
        observed: `there is no user or organization ${quote(owner)}`,
        expected: 'an owner by the name it has today',
      });
    case 'REG323':
      return broken('REG916', {
        observed: `the account may not even read the packages of ${quote(owner)}`,
        expected: 'an account that may write them',
      });
    default:
      return skipped(CODE, `a list of packages: ${withoutCode(error)}`);
  }
}

function renamed(request: DoctorRequest, link: LinkSubject, now: string): Outcome {
  const { reference, repository } = link;
  return broken('REG320', {
    observed: `${quote(reference.owner)} was renamed to '${serverText(now)}', and a link follows no rename`,
    expected: 'the owner by the name it has today',
    fix: linkCommand(request, { ...reference, owner: serverText(now) }, repository),
  });
}

async function missing(
  sight: Sight,
  { reference, repository }: LinkSubject,
  { siblings }: OwnedPackage,
): Promise<Outcome> {
  const { owner, type, name } = reference;
  const { request } = sight;
  const wanted = `no package ${quote(formatPackageReference(reference))}`;
  const expected = 'a package that was pushed, by owner, type and name';
  const namesake = siblings.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (namesake !== undefined) {
    const other = { owner, ...clean(namesake) };
    return broken(CODE, {
      observed: `there is ${wanted}; ${shownPackage(other)} has another type`,
      expected,
      fix: linkCommand(request, other, repository),
    });
  }
  const names = siblings.filter((each) => each.type === type).map((each) => clean(each).name);
  const similar = similarNames(name, names);
  if (similar.length > 0) {
    return broken(CODE, {
      observed: `there is ${wanted}; '${serverText(owner)}' has ${listed(nearest(similar, names), MOST_SHOWN)}`,
      expected,
      fix: linkCommand(request, { owner, type, name: similar[0] }, repository),
    });
  }
  if (await hasEmptyRow(sight, reference)) {
    return broken(CODE, {
      severity: 'warning',
      observed: `all versions of ${shownPackage(reference)} are deleted: it goes with the next cleanup, and its link with it`,
      expected: 'a package with a version',
      fix: { kind: 'text', text: 'push a version, then link it' },
    });
  }
  return broken(CODE, {
    observed: `there is ${wanted}; ${names.length > 0 ? `'${serverText(owner)}' has ${listed(names, MOST_SHOWN)}` : `'${serverText(owner)}' has none of type '${type}'`}`,
    expected,
    fix: notPushed(request, reference),
  });
}

/** The best first, then what else there is. */
function nearest(similar: readonly string[], names: readonly string[]): string[] {
  return [...similar, ...names.filter((name) => !similar.includes(name))];
}

function notPushed(request: DoctorRequest, reference: PackageReference): Fix {
  const { host } = request;
  const { owner, type, name } = reference;
  return type === 'container'
    ? { kind: 'command', text: `docker push ${host}/${owner.toLowerCase()}/${name}:TAG` }
    : command(request, 'ls', owner);
}

function clean({ type, name }: { readonly type: string; readonly name: string }) {
  return { type: serverText(type, 40), name: serverText(name, 255) };
}

function shownPackage(reference: PackageReference): string {
  return `'${serverText(formatPackageReference(reference), 200)}'`;
}
