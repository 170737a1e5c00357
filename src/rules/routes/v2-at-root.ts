import { supports } from '../../declaration/gates';
import { quote } from '../../declaration/problem';
import { runningVersion } from '../read/forge-version';
import type { Route } from '../read/route';
import { covers, V2 } from '../read/route';
import type { Treatment } from '../read/treatment';
import { treatmentName, treatmentsOf } from '../read/treatment';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { rewrittenPath } from './rewritten-path';
import { releaseUrls, subPath } from './root-path';
import { servingRoutes, V2_PING } from './serving';

/** REG212: whatever the path of ROOT_URL, clients ask `/v2/…` and the server must see `/v2/…`. */
export const v2AtRoot: Rule = {
  code: 'REG212',
  slug: 'v2-at-root',
  title:
    '`/v2` is served at the host root without rewrite, whatever the path of ROOT_URL, and token realm and upload Location stay on it',
  severity: 'error',
  gate: 'the realm keeps the path of ROOT_URL on Gitea up to 1.22.0 and on Forgejo',
  why: 'OCI clients always use https://HOST/v2/…; where a proxy strips or replaces that path the server sees a page of its web UI, and takes a Basic login only on paths that begin with /v2/',
  shows: [
    'docker login: `unauthorized: authGroup.Verify`; the log of the server: `token is malformed: token contains an invalid number of segments`',
    '`curl -i https://HOST/v2/`: 200 `text/html` without WWW-Authenticate, and /v2/token is 404 `Not found.`: /v2 is stripped',
    '`curl -i https://HOST/v2/`: 404 `Not found.` while the same request to the Service is 401: the path is replaced',
  ],
  fix: 'route /v2 of a host of its own to the Service without any middleware that touches the path',
  links: [
    'https://github.com/go-gitea/gitea/issues/21092',
    'https://github.com/go-gitea/gitea/issues/33227',
    'https://github.com/go-gitea/gitea/pull/31300',
  ],
  judgeRegistry: (registry) => [
    ...servingRoutes(registry, V2_PING).flatMap((route) => rewritten(route, registry)),
    ...unreachableToken(registry),
    ...sharedHost(registry),
  ],
};

/** A path as long as real ones. */
const ASKED = `${V2}/owner/image/manifests/latest`;

function rewritten(route: Route, { estate }: RegistryView): Violation[] {
  const { path, by } = throughProxy(ASKED, route, treatmentsOf(route, estate));
  return path === undefined || path === ASKED || by === undefined
    ? []
    : [
        {
          at: by.via,
          observed: `${treatmentName(by)} turns ${quote(ASKED)} into ${quote(path)}`,
          expected: `'${V2}' untouched`,
          fix: `route '${V2}' by a rule of its own without it`,
        },
      ];
}

interface Passage {
  /** What reaches the backend; undefined where the rules cannot tell. */
  readonly path?: string;
  /** The first treatment that changes the path. */
  readonly by?: Treatment;
}

function throughProxy(asked: string, route: Route, treatments: readonly Treatment[]): Passage {
  let passage: Passage = { path: asked };
  for (const treatment of treatments) {
    const { path: before, by } = passage;
    const path = before === undefined ? undefined : rewrittenPath(before, treatment, route);
    passage = path === before ? passage : { ...(path && { path }), by: by ?? treatment };
  }
  return passage;
}

/** Some versions send clients to `HOST/<path of ROOT_URL>/v2/token` for their token. */
function unreachableToken(registry: RegistryView): Violation[] {
  const below = subPath(registry);
  const { routes, v2Routes, hostName } = registry;
  if (!below || routes.length === 0 || !keepsSubPath(registry)) {
    return [];
  }
  const token = `${below.path}${V2}/token`;
  const served = [...routes, ...v2Routes].some((route) => covers(route, token));
  return served
    ? []
    : [
        {
          at: below.at,
          observed: `clients are sent to ${quote(`https://${hostName}${token}`)} for their token, and no route takes that path`,
          expected: `a rule for ${quote(below.path)} that strips it, beside the one for '${V2}'`,
          fix: `add a rule for ${quote(below.path)} with StripPrefix to the same Service, or serve the registry on a host of its own`,
        },
      ];
}

function keepsSubPath(registry: RegistryView): boolean {
  const version = runningVersion(registry);
  return version ? !supports(version, 'realmAtRoot') : registry.facts.flavor === 'forgejo';
}

/** Two releases below one host: `/v2` can lead to one of them only. */
function sharedHost({ hostName, estate, facts }: RegistryView): Violation[] {
  const urls = hostName === undefined ? [] : releaseUrls(hostName, estate);
  const own = `${facts.namespace ?? ''}/${facts.releaseName ?? ''}`;
  const first = urls.find(({ release }) => release === own) ?? urls[0];
  const others = urls.filter(
    ({ release, path }) => release !== first.release && path !== first.path,
  );
  return others.map(({ at, path, release }) => ({
    at,
    observed: `release ${quote(release)} lies at ${quote(path || '/')} of ${quote(hostName)}, where release ${quote(first.release)} lies at ${quote(first.path || '/')}`,
    expected: `one registry on a host; '${V2}' leads to one of them only`,
    fix: 'give each of the two a host of its own',
  }));
}
