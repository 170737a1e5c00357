import { quote } from '../../declaration/problem';
import { objectName } from '../manifest';
import type { Route } from '../read/route';
import { isV2Route } from '../read/route';
import type { Treatment } from '../read/treatment';
import { pluginNames, treatmentName, treatmentsOf } from '../read/treatment';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { isBouncer } from './bouncer';
import { PACKAGES, servingRoutes, V2_PING } from './serving';

/** REG217: a login page in front of `/v2` hides the challenge that docker, npm and git wait for. */
export const v2NoAuthMiddleware: Rule = {
  code: 'REG217',
  slug: 'v2-no-auth-middleware',
  title: 'no browser authentication stands in front of `/v2`, `/api/packages` and git over http',
  severity: 'error',
  why: "registry clients know the registry's own challenge only: they cannot follow a redirect to a login page, and a second Basic realm takes the Authorization header that was meant for the forge",
  shows: [
    "docker login: `unable to decode token response: invalid character '<'`, or 401 with right credentials",
    '`curl -i https://HOST/v2/`: 302 to the single sign-on host, an HTML page, or `WWW-Authenticate: Basic realm="traefik"`',
  ],
  fix: 'give `/v2` and `/api/packages` a rule of their own without that middleware; the forge authenticates there itself',
  links: [
    'https://github.com/moby/moby/issues/40290',
    'https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/forwardauth/',
  ],
  judgeRegistry: (registry) => [...gates(registry).values()],
};

/** Each gate at its first route: one middleware of one rule may stand before `/v2` and the packages. */
function gates(registry: RegistryView): ReadonlyMap<string, Violation> {
  const found = new Map<string, Violation>();
  for (const route of judged(registry)) {
    for (const treatment of treatmentsOf(route, registry.estate).filter(isAuthentication)) {
      const key = `${objectName(route.manifest)} ${treatment.via.path} ${treatmentName(treatment)}`;
      found.set(key, found.get(key) ?? gated(route, treatment));
    }
  }
  return found;
}

/** What serves `/v2`, be it the rule of the whole host; and rules made for packages alone. */
function judged(registry: RegistryView): readonly Route[] {
  const forPackages = servingRoutes(registry, PACKAGES).filter(isPackagesRoute);
  return [...new Set([...servingRoutes(registry, V2_PING), ...forPackages])];
}

function isPackagesRoute({ path, match }: Route): boolean {
  return match !== 'regex' && path.startsWith('/api/packages');
}

/** Middlewares of Traefik, and what other proxies have in their place. */
const AUTHENTICATION: readonly string[] = ['forwardAuth', 'basicAuth', 'digestAuth'];

/** Names people give plugins that authenticate. */
const PLUGIN = /oidc|oauth|openid|keycloak|authelia|authentik|saml|ldap|jwt|(^|[-_])sso([-_]|$)/i;

function isAuthentication(treatment: Treatment): boolean {
  return (
    (AUTHENTICATION.includes(treatment.type) && !isBouncer(treatment)) ||
    pluginNames(treatment).some((name) => PLUGIN.test(name))
  );
}

function gated(route: Route, treatment: Treatment): Violation {
  const isOwn = isV2Route(route) || isPackagesRoute(route);
  const path = isOwn ? route.path : '/v2';
  return {
    at: treatment.via,
    observed: `${treatmentName(treatment)} stands in front of ${quote(path)}`,
    expected: `no authentication but the forge's own on ${quote(path)}`,
    ...fixOf(route, treatment, isOwn),
  };
}

function fixOf(route: Route, { via }: Treatment, isOwn: boolean): { readonly fix?: string } {
  if (via.manifest !== route.manifest) {
    return {
      fix: 'take it off the entry point and name it in the routes of the UI: no route can leave a middleware of its entry point out',
    };
  }
  return isOwn ? { fix: 'drop it here: this rule is for registry clients alone' } : {};
}
