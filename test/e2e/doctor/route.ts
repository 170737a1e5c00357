import { basic } from '../../testing/raw-request';
import { HOST } from '../../doctor/scenarios/world';
import { behindNginx, behindTraefik, everything, proxied } from './front';
import type { RealScenario } from './scenario';
import {
  allBut,
  ON_HOST,
  onV2Through,
  plainRouter,
  routed,
  router,
  service,
  through,
} from './traefik-routes';

/** A port nobody listens on. */
const CLOSED = 'http://127.0.0.1:1';

/** `/v2` led by these lines of nginx, the rest to Gitea. */
const onV2 = (lines: string) => (gitea: string) => `${everything(gitea)} location /v2 { ${lines} }`;

/** Steps P3 and P4: who answers, and how `/v2` is led there. */
export const ROUTE: readonly RealScenario[] = [
  behindTraefik('Traefik has no route for the host', 'REG210', {
    routes: routed({ other: router({ rule: 'Host(`www.example.test`)' }) }),
  }),
  behindTraefik('the route names a middleware that does not exist', 'REG210', {
    routes: routed({ gitea: router({ middlewares: ['missing'] }) }),
  }),
  behindTraefik('Traefik has no route for /v2', 'REG211', { routes: allBut('/v2') }),
  behindTraefik('Traefik has no route for /v2, and no other path is known', 'REG211', {
    routes: allBut('/v2'),
    direct: 'none',
  }),
  behindTraefik('the route of Traefik is exactly /v2', 'REG211', {
    routes: routed({
      gitea: router({ rule: `${ON_HOST} && !PathPrefix(\`/v2\`)` }),
      registry: router({ rule: `${ON_HOST} && Path(\`/v2\`)` }),
    }),
  }),
  behindNginx('nginx has no location for /v2', 'REG211', { server: onV2('return 404;') }),
  behindTraefik('Traefik strips /v2', 'REG212', {
    routes: onV2Through({ strip: { stripPrefix: { prefixes: ['/v2'] } } }),
  }),
  behindTraefik('Traefik puts a path before /v2', 'REG212', {
    routes: onV2Through({ add: { addPrefix: { prefix: '/git' } } }),
  }),
  behindNginx('nginx rewrites /v2 to a path Gitea does not know', 'REG212', {
    server: (gitea) => `${everything(gitea)} location /v2/ { ${proxied(`${gitea}/registry/v2/`)} }`,
  }),
  behindTraefik('the host is routed on http only', 'REG213', {
    routes: routed({ gitea: plainRouter() }),
  }),
  behindTraefik('port 443 leads to the entry point for http', 'REG213', {
    entry: 'web',
    routes: routed({ gitea: plainRouter() }),
  }),
  behindTraefik('/v2 is routed on http only, the pages on both', 'REG213', {
    routes: routed({
      gitea: router({ rule: `${ON_HOST} && !PathPrefix(\`/v2\`)` }),
      plain: plainRouter(),
    }),
  }),
  behindTraefik('Traefik asks for a password of its own', 'REG217', {
    routes: through({ login: { basicAuth: { users: ['somebody:$apr1$x1$x'] } } }),
  }),
  behindTraefik('Traefik asks for a password of its own on /v2', 'REG217', {
    routes: onV2Through({ login: { basicAuth: { users: ['somebody:$apr1$x1$x'] } } }),
  }),
  behindNginx('nginx sends /v2 to single sign-on', 'REG217', {
    server: onV2('return 302 https://sso.example.test/login?rd=https://$host$request_uri;'),
  }),
  behindTraefik('Traefik limits the rate of requests', 'REG218', {
    routes: onV2Through({ limit: { rateLimit: { average: 1, period: '1h', burst: 1 } } }),
  }),
  behindTraefik('Traefik lets one network in', 'REG218', {
    routes: onV2Through({ allow: { ipAllowList: { sourceRange: ['192.0.2.0/24'] } } }),
  }),
  behindNginx('nginx redirects to itself without end', 'REG219', {
    server: onV2('return 301 https://$host$request_uri;'),
  }),
  behindTraefik('Traefik redirects to the name with www', 'REG219', {
    routes: onV2Through({
      www: {
        redirectRegex: {
          regex: `^https://${HOST}/(.*)`,
          replacement: `https://www.${HOST}/\${1}`,
          permanent: true,
        },
      },
    }),
  }),
  behindTraefik('nobody listens where Traefik looks for Gitea', 'REG220', {
    routes: () => ({ routers: { gitea: router() }, services: { gitea: service(CLOSED) } }),
  }),
  behindNginx('nobody listens where nginx looks for Gitea', 'REG220', {
    server: () => everything(CLOSED),
  }),
  behindTraefik('the Service has no endpoint', 'REG560', {
    routes: () => ({
      routers: { gitea: router() },
      services: { gitea: { loadBalancer: { servers: [] } } },
    }),
  }),
  behindTraefik('Traefik takes the challenge away', 'REG230', {
    routes: onV2Through({
      hide: { headers: { customResponseHeaders: { 'WWW-Authenticate': '' } } },
    }),
  }),
  behindNginx('nginx takes the challenge away', 'REG230', {
    server: (gitea) =>
      `client_max_body_size 0; location / { ${proxied(gitea, 'proxy_hide_header WWW-Authenticate;')} }`,
  }),
  {
    name: 'Traefik signs everybody in with credentials of its own',
    proxies: ['traefik'],
    code: 'REG230',
    start: async (lab, programs) => {
      const { user, secret } = await lab.login('publisher');
      return behindTraefik('', undefined, {
        routes: onV2Through({
          sign: { headers: { customRequestHeaders: { ...basic(user, secret) } } },
        }),
      }).start(lab, programs);
    },
  },
  behindTraefik('packages are off', 'REG610', { settings: { packagesEnabled: false } }),
  behindTraefik('packages are off, and only a known owner tells it', 'REG610', {
    settings: { packagesEnabled: false },
    direct: 'none',
    request: (lab) => ({ owners: [lab.open] }),
  }),
];
