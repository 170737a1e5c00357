import { quote } from '../../declaration/problem';
import { controllerOf } from '../read/controller';
import type { Backend, Route } from '../read/route';
import { covers, isV2Route, V2 } from '../read/route';
import { option } from '../read/traefik-static';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { unservedByChart } from './chart-ingress';
import { subPath } from './root-path';
import { routesOfAnyHost } from './router';

/** REG211: docker asks `https://HOST/v2/`; without a Prefix rule there the proxy answers 404. */
export const v2Route: Rule = {
  code: 'REG211',
  slug: 'v2-route',
  title: "a Prefix rule for `/v2` exists on every public host and leads to Gitea's HTTP Service",
  severity: 'error',
  why: 'OCI clients ask https://HOST/v2/ at the root of the host; where no router takes it the proxy answers 404, and login, push and pull fail',
  shows: [
    'docker login: `login attempt to https://HOST/v2/ failed with status: 404 Not Found`',
    'crane: `unexpected status code 404 Not Found: 404 page not found`',
    '`curl -i https://HOST/v2/`: 404 with 19 bytes, while the same request straight to the Service is 401',
  ],
  fix: 'add a rule `path: /v2` with `pathType: Prefix` to the HTTP Service of the release (every V2Route does)',
  links: [
    'https://github.com/opencontainers/distribution-spec/blob/main/spec.md#determining-support',
    'https://github.com/go-gitea/gitea/pull/27505',
  ],
  judgeRegistry: (registry) => [
    ...unserved(registry),
    ...bareV2(registry),
    ...unservedByChart(registry),
  ],
};

/** What every client asks first, and one of the paths it asks next. */
const ROOT = `${V2}/`;
const BELOW = `${V2}/owner/image/manifests/latest`;

/** The routes of the host are there, and together they leave `/v2` out. */
function unserved(registry: RegistryView): Violation[] {
  const { routes } = registry;
  const takers = candidates(registry).filter(
    (route) => covers(route, ROOT) && !onlyRedirects(route),
  );
  const plain = takers.filter(({ narrowed }) => !narrowed);
  if (routes.every(onlyRedirects) || plain.some((route) => takesBelow(route, routes))) {
    return [];
  }
  const narrowed = takers.filter((route) => route.narrowed && covers(route, BELOW));
  if (narrowed.length > 0) {
    return hidden(narrowed);
  }
  const exact = routes.filter((route) => isV2Route(route) && !covers(route, BELOW));
  return exact.length > 0 ? exact.map(exactly) : [unroutedHost(registry)];
}

/** A rule of an HTTPRoute without backend sends requests elsewhere, or answers 500; the host is served by others. */
function onlyRedirects({ kind, backends }: Route): boolean {
  return kind === 'HTTPRoute' && backends.length === 0;
}

/** Routes that may serve the host: its own, and those of wildcards and of any host that lead to the same place. */
function candidates(registry: RegistryView): Route[] {
  const { estate, routes, v2Routes } = registry;
  const own = new Set(routes);
  const known = new Set(routes.flatMap((route) => route.backends).map(nameOf));
  const broad = [...v2Routes, ...routesOfAnyHost(estate)].filter((route) => !own.has(route));
  return [...routes, ...broad.filter((route) => leadsHere(route, known, registry))];
}

/** A catch-all of somebody else answers as well, with an error page. */
function leadsHere(
  { backends }: Route,
  known: ReadonlySet<string>,
  { facts }: RegistryView,
): boolean {
  return backends.some(
    (backend) =>
      known.has(nameOf(backend)) ||
      backend.name === facts.service?.name ||
      /gitea|forgejo/.test(backend.name),
  );
}

function nameOf({ namespace, name }: Backend): string {
  return `${namespace}/${name}`;
}

/** Below `/v2/` too, by the route itself or by others that let only some owners through. */
function takesBelow(route: Route, routes: readonly Route[]): boolean {
  return (
    covers(route, BELOW) ||
    routes.some((other) => other !== route && isV2Route(other) && other.match !== 'exact')
  );
}

/** Methods of the distribution spec that pull, then those that push. */
const PULL = ['GET', 'HEAD'];
const PUSH = ['POST', 'PUT', 'PATCH'];

/** Every route to `/v2` asks for more than host and path. */
function hidden(routes: readonly Route[]): Violation[] {
  // A network or a name that the rules cannot read may well be meant.
  if (routes.some(({ conditions }) => conditions.includes('other'))) {
    return [];
  }
  const byMethod = routes.filter(({ conditions }) => conditions.every((one) => one === 'method'));
  return byMethod.length > 0 ? missingMethods(byMethod) : routes.map(behindCondition);
}

function missingMethods(routes: readonly Route[]): Violation[] {
  const taken = new Set(routes.flatMap(({ method }) => method ?? []));
  const missing = [...PULL, ...PUSH].filter((method) => !taken.has(method));
  if (missing.length === 0) {
    return [];
  }
  return [
    {
      at: routes[0].pathAt,
      severity: missing.some((method) => PULL.includes(method)) ? 'error' : 'warning',
      observed: `'${V2}' is routed for ${[...taken].map(quote).join(', ')} only`,
      expected: `a rule for every method; ${missing.join(', ')} reach no router`,
      fix: 'drop the method from the rule; Gitea itself decides who may push',
    },
  ];
}

function behindCondition({ pathAt, conditions }: Route): Violation {
  const words = conditions.filter((one) => one !== 'method').join(' and a ');
  return {
    at: pathAt,
    observed: `'${V2}' is routed only for requests with a certain ${words}`,
    expected: `a rule for '${V2}' by host and path alone`,
    fix: `drop the ${words} from the rule; docker sends nothing that could match it`,
  };
}

function exactly({ path, pathAt }: Route): Violation {
  return {
    at: pathAt,
    observed: `${quote(path)} matches exactly`,
    expected: `'${V2}' as Prefix`,
    fix: `make it \`path: ${V2}\` with \`pathType: Prefix\`, in Traefik's words PathPrefix(\`${V2}\`)`,
  };
}

/** Paths a message names before it says how many more there are. */
const SHOWN_PATHS = 4;

function unroutedHost(registry: RegistryView): Violation {
  const { routes, hostName } = registry;
  const paths = [...new Set(routes.map(({ path }) => quote(path)))];
  const more = paths.length > SHOWN_PATHS ? ` and ${paths.length - SHOWN_PATHS} more` : '';
  const below = subPath(registry);
  return {
    at: routes[0].at,
    observed: `host ${quote(hostName)} is routed for ${paths.slice(0, SHOWN_PATHS).join(', ')}${more} only`,
    expected: `a Prefix rule for '${V2}'`,
    ...(below && {
      fix: `add a rule \`path: ${V2}\` at the root of the host; OCI clients know nothing of the path ${quote(below.path)} in ROOT_URL`,
    }),
  };
}

/** Traefik compares text: `/v2/` does not match `/v2`, unless it is told to compare path elements. */
function bareV2(registry: RegistryView): Violation[] {
  const { routes, v2Routes } = registry;
  const served = [...routes, ...v2Routes].some(
    (route) => covers(route, V2) && !comparesText(route, registry),
  );
  return served
    ? []
    : routes
        .filter((route) => comparesText(route, registry))
        .map(({ pathAt, kind }) => ({
          at: pathAt,
          severity: 'info',
          observed: `a prefix '${ROOT}' does not match '${V2}' in Traefik`,
          expected: kind === 'Ingress' ? `path '${V2}'` : `PathPrefix(\`${V2}\`)`,
          fix: `drop the trailing slash; clients ask ${ROOT}, yet probes and people ask ${V2}`,
        }));
}

function comparesText(route: Route, { estate }: RegistryView): boolean {
  const strict = estate.traefiks.some(
    (traefik) =>
      option(traefik, 'providers.kubernetesingress.strictprefixmatching')?.text === 'true',
  );
  return (
    route.path === ROOT &&
    route.match === 'prefix' &&
    controllerOf(route, estate) === 'traefik' &&
    (route.kind === 'IngressRoute' || (route.kind === 'Ingress' && !strict))
  );
}
