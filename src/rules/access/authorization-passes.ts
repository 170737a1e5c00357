import type { RegistryView } from '../registry-view';
import { PACKAGES, servingRoutes, V2_PING } from '../routes/serving';
import type { Rule, Violation } from '../rule';
import type { AuthorizationChange } from './authorization-change';
import { authorizationChanges } from './authorization-change';

/** REG311: the header with the credential must arrive as the client sent it. */
export const authorizationPasses: Rule = {
  code: 'REG311',
  slug: 'authorization-passes',
  title: 'the Authorization header reaches Gitea',
  severity: 'error',
  why: 'without the header Gitea takes every request for an anonymous one: /v2/token hands out an anonymous token with 200, docker prints "Login Succeeded", and pushes and private pulls fail',
  shows: [
    'docker login says `Login Succeeded`, with a wrong password too; docker push: `unauthorized: reqPackageAccess`',
    '`curl -u x:wrong https://HOST/v2/token`: 200 instead of 401',
    '`GET /v2/` without credentials: 200 where a proxy adds its own',
  ],
  fix: 'take the middleware, filter or directive that touches Authorization off the routes of `/v2` and `/api/packages`',
  links: [
    'https://github.com/traefik/traefik/issues/10524',
    'https://github.com/traefik/traefik/pull/3606',
    'https://github.com/distribution/distribution/issues/3010',
  ],
  judgeRegistry,
};

function judgeRegistry(registry: RegistryView): Violation[] {
  const routes = [V2_PING, PACKAGES].flatMap((path) => servingRoutes(registry, path));
  return [...new Set(routes)]
    .flatMap((route) => authorizationChanges(route, registry.estate))
    .map(violationOf);
}

const EXPECTED = 'the header as the client sent it';

function violationOf({ effect, at }: AuthorizationChange): Violation {
  switch (effect) {
    case 'removed':
      return { at, observed: 'header Authorization is removed', expected: EXPECTED };
    case 'fixed':
      return {
        at,
        observed: 'header Authorization is set to one value for everybody',
        expected: EXPECTED,
        why: 'every request arrives with one account, anonymous ones too: anybody reads private images and pushes with its rights, and the credential stands in plain text',
        fix: 'drop the header, let clients log in themselves, and replace the credential that stands here',
      };
    case 'auth':
      return {
        at,
        observed: 'header Authorization is replaced by what an authentication server answers',
        expected: EXPECTED,
        fix: 'leave Authorization out of the headers taken over, and keep the login off `/v2` (REG217)',
      };
  }
}
