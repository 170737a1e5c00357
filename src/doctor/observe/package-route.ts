import type { Seen } from '../ask';
import { ask } from '../ask';
import type { DoctorRequest } from '../request';
import type { Observation } from '../sight';

/**
 * Asks the package routes for a file nobody has, of an owner that exists: where packages are off they do not know the
 * owner either. Undefined when no owner is known.
 */
export const packageRoute: Observation<Seen | undefined> = async (sight) => {
  const owner = knownOwner(sight.request) ?? sight.path.credential?.user;
  return owner === undefined
    ? undefined
    : ask(sight, {
        url: `/api/packages/${encodeURIComponent(owner)}/generic/doctor-probe/1/none`,
        surface: 'generic',
      });
};

function knownOwner({
  owners = [],
  declaration,
  publish,
  link,
}: DoctorRequest): string | undefined {
  return (
    declaration?.owners[0]?.name ??
    owners[0] ??
    publish?.repository.split('/')[0] ??
    link?.reference.owner
  );
}
