import { apiJson } from '../answers';
import type { Forge } from '../forge';
import { ADMINISTRATION_ROUTES } from './administration';
import { linkPackage, unlinkPackage } from './link';
import { ORGANIZATION_ROUTES } from './organizations';
import { forOwner } from './owner-route';
import {
  deleteVersion,
  getVersion,
  latestVersion,
  listFiles,
  listPackages,
  listVersions,
} from './packages';
import { REPOSITORY_ROUTES } from './repositories';
import { REPOSITORY_SEARCH } from './repository-search';
import type { ApiRoute, SignedRoute } from './routes';
import { TOKEN_ROUTES } from './tokens';
import { USER_ROUTES } from './users';

const NAME = '/packages/{owner}/{type}/{name}';

const PACKAGES: readonly PackageRoute[] = [
  packageRoute('GET', '/packages/{owner}', forOwner('read', listPackages)),
  packageRoute('GET', `${NAME}/{version}`, forOwner('read', getVersion)),
  packageRoute('DELETE', `${NAME}/{version}`, forOwner('write', deleteVersion)),
  packageRoute('GET', `${NAME}/{version}/files`, forOwner('read', listFiles)),
];

const VERSION_LISTS: readonly ApiRoute[] = [
  packageRoute('GET', NAME, forOwner('read', listVersions)),
  packageRoute('GET', `${NAME}/-/latest`, forOwner('read', latestVersion)),
];

const LINKS: readonly ApiRoute[] = [
  packageRoute('POST', `${NAME}/-/link/{repo}`, forOwner('write', linkPackage)),
  packageRoute('POST', `${NAME}/-/unlink`, forOwner('write', unlinkPackage)),
];

const VERSION: ApiRoute = {
  method: 'GET',
  path: '/version',
  answer: ({ forge }) => apiJson(200, { version: forge.behavior.versionText }),
};

/** The routes of a release, below `/api/v1`. */
export function routesOf({ behavior }: Forge): readonly ApiRoute[] {
  const packages = behavior.anonymousPackageReads ? PACKAGES.map(openedForReading) : PACKAGES;
  return [
    VERSION,
    ...USER_ROUTES,
    ...TOKEN_ROUTES,
    ...ORGANIZATION_ROUTES,
    REPOSITORY_SEARCH,
    ...REPOSITORY_ROUTES,
    ...ADMINISTRATION_ROUTES,
    ...packages,
    ...(behavior.versionListApi ? VERSION_LISTS : []),
    ...(behavior.linkApi ? LINKS : []),
  ];
}

/** A route below an owner's packages; it judges for itself who may. */
type PackageRoute = SignedRoute & { readonly answer: ReturnType<typeof forOwner> };

function packageRoute(
  method: ApiRoute['method'],
  path: string,
  answer: ReturnType<typeof forOwner>,
): PackageRoute {
  return { method, path, scope: 'package', needs: 'sign-in', answer };
}

function openedForReading(route: PackageRoute): ApiRoute {
  return route.method === 'GET' ? { ...route, needs: undefined } : route;
}
