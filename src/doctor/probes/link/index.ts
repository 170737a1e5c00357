import type { Outcome } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';
import type * as declaredModule from './declared';
import type * as packageModule from './package';
import type * as permissionModule from './permission';
import type * as repositoryModule from './repository';
import type * as standingModule from './standing';

/** The API, and a token whose scope is enough (section 3 of the catalogue, P11). */
const NEEDS: readonly string[] = ['REG910', 'REG314'];

/** P11: why a link fails, told without trying it, and whether the declared links are made. */
export const LINK_PROBES: readonly Probe[] = [
  linkProbe({
    code: 'REG913',
    names: ['REG320', 'REG916'],
    sends:
      'GET /api/v1/packages/OWNER, and where the package is missing GET /v2/OWNER/IMAGE/tags/list',
    decide: (sight) => (require('./package') as typeof packageModule).packageThere(sight),
  }),
  linkProbe({
    code: 'REG914',
    sends: 'GET /api/v1/repos/OWNER/REPO, and where it is missing GET /api/v1/repos/search',
    decide: (sight) => (require('./repository') as typeof repositoryModule).repositoryThere(sight),
  }),
  linkProbe({
    code: 'REG915',
    sends: 'nothing more: reads the units of the repository',
    decide: (sight) => (require('./repository') as typeof repositoryModule).unitOn(sight),
  }),
  linkProbe({
    code: 'REG916',
    sends:
      'GET of an upload session nobody has, which takes the right to write; GET /api/v1/user/teams',
    decide: (sight) => (require('./permission') as typeof permissionModule).mayLink(sight),
  }),
  {
    code: 'REG917',
    step: 'P11',
    scope: 'registry',
    needs: NEEDS,
    names: ['REG913', 'REG914'],
    sends: 'GET /api/v1/packages/OWNER; for links that are not there GET /api/v1/repos/OWNER/REPO',
    isAsked: ({ link, declaration }) => link !== undefined || (declaration?.links ?? []).length > 0,
    decide: linksStand,
  },
];

async function linksStand(sight: Sight): Promise<readonly Outcome[]> {
  const [asked, declared] = await Promise.all([
    sight.request.link ? (require('./standing') as typeof standingModule).askedLink(sight) : [],
    (require('./declared') as typeof declaredModule).declaredLinks(sight),
  ]);
  return [...asked, ...declared];
}

function isMade(sight: Sight): Promise<boolean> {
  return (require('./standing') as typeof standingModule).isMade(sight);
}

/** About the link somebody fails to make; of one that is made only the package is told. */
function linkProbe({
  decide,
  ...probe
}: Pick<Probe, 'code' | 'names' | 'sends'> & {
  readonly decide: (sight: Sight) => Promise<Outcome>;
}): Probe {
  return {
    ...probe,
    step: 'P11',
    scope: 'registry',
    needs: NEEDS,
    isAsked: ({ link }) => link !== undefined,
    decide: async (sight) =>
      probe.code !== 'REG913' && (await isMade(sight)) ? [] : [await decide(sight)],
  };
}
