import { unsupportedLink } from '../../../client/packages/link-support';
import { serverText } from '../../../client/server-text';
import type { PackageReference } from '../../../declaration/package-reference';
import { formatPackageReference } from '../../../declaration/package-reference';
import { isAnswered } from '../../ask';
import { linkRoute } from '../../observe/link-route';
import { ownedPackage } from '../../observe/owned-package';
import { server } from '../../observe/server';
import type { Outcome } from '../../outcome';
import { broken, passed } from '../../outcome';
import type { Sight } from '../../sight';
import { linkCommand } from './next-command';
import { packageThere } from './package';
import { mayLink } from './permission';
import { repositoryThere, unitOn } from './repository';

/** REG917 of the link that is asked about: how it stands, and the command that makes it where nothing is in the way. */
export async function askedLink(sight: Sight): Promise<readonly Outcome[]> {
  const { reference, repository } = sight.request.link!;
  const look = await sight.see(ownedPackage);
  const { value } = await look(reference);
  if (value?.newest === undefined) {
    return [];
  }
  const { newest } = value;
  const wanted = `${reference.owner}/${repository}`;
  const current = newest.repository?.fullName;
  if (current !== undefined) {
    return [
      (await isMade(sight))
        ? passed('REG917', `${shown(reference)} is linked to '${serverText(current)}'`)
        : broken('REG917', {
            severity: 'warning',
            observed: `${shown(reference)} is linked to '${serverText(current)}'`,
            expected: `a link to '${serverText(wanted)}'`,
            fix: linkCommand(sight.request, reference, repository, '--move'),
          }),
    ];
  }
  return (await isHindered(sight))
    ? []
    : [
        broken('REG917', {
          severity: 'warning',
          observed: `${shown(reference)} is linked to no repository this account can see, and nothing that was seen is in the way`,
          expected: `a link to '${serverText(wanted)}'`,
          // As it is spelt.
          fix: linkCommand(
            sight.request,
            { ...reference, name: serverText(newest.name) },
            repository,
          ),
        }),
      ];
}

/** Whether the package is linked as it should be: then no right is needed any more. */
export async function isMade(sight: Sight): Promise<boolean> {
  const { reference, repository } = sight.request.link!;
  const look = await sight.see(ownedPackage);
  const current = (await look(reference)).value?.newest?.repository?.fullName;
  return current?.toLowerCase() === `${reference.owner}/${repository}`.toLowerCase();
}

/** Whether another code has said why the link cannot be made. */
async function isHindered(sight: Sight): Promise<boolean> {
  const [route, { server: known }, ...told] = await Promise.all([
    sight.see(linkRoute),
    sight.see(server),
    packageThere(sight),
    repositoryThere(sight),
    unitOn(sight),
    mayLink(sight),
  ]);
  const { reference } = sight.request.link!;
  const hasRoute = route === undefined || !isAnswered(route.seen) || route.seen.status === 405;
  return (
    !hasRoute ||
    (known && unsupportedLink(reference.name, known)) !== undefined ||
    told.some(({ status }) => status === 'fail')
  );
}

function shown(reference: PackageReference): string {
  return `'${serverText(formatPackageReference(reference), 200)}'`;
}
