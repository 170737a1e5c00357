import { organization } from '../../doctor/scenarios/declared';
import { HOST } from '../../doctor/scenarios/world';
import type { Asked } from './front';
import { behindBoth, behindNginx, behindTraefik } from './front';
import type { RealScenario } from './scenario';
import { ON_HOST, plainRouter, routed, router, service } from './traefik-routes';
import { limits, readTimeout } from './upload';

/** Everything a publisher can ask. */
const curious: Asked = {
  login: (lab) => lab.login('publisher'),
  pullLogin: (lab) => lab.login('reader', ['read:package']),
  declared: (lab) => ({
    owners: [organization(lab.open), organization(lab.closed, 'private')],
    links: [{ owner: lab.open, type: 'container', name: 'state-hub', repository: 'hub' }],
  }),
  request: (lab) => ({
    publish: { repository: `${lab.open}/state-hub`, reference: '6186a99' },
    link: {
      reference: { owner: lab.open, type: 'container', name: 'state-hub' },
      repository: 'hub',
    },
    blobs: true,
  }),
};

/** Set-ups in which nothing is broken. */
export const HEALTHY: readonly RealScenario[] = [
  behindTraefik('Traefik leads the host to Gitea', undefined),
  behindTraefik('the same without another path', undefined, { direct: 'none' }),
  behindTraefik('the same, and a publisher asks everything', undefined, curious),
  behindNginx('nginx leads the host to Gitea', undefined),
  behindNginx('the same, and a publisher asks everything', undefined, curious),
  behindTraefik('Traefik leads /v2 by a route of its own', undefined, {
    routes: routed({
      gitea: router(),
      registry: router({ rule: `${ON_HOST} && PathPrefix(\`/v2\`)` }),
    }),
  }),
  behindTraefik('http is redirected to https', undefined, {
    routes: (gitea) => ({
      routers: { gitea: router(), plain: plainRouter({ middlewares: ['https'] }) },
      services: { gitea: service(gitea) },
      middlewares: { https: { redirectScheme: { scheme: 'https', permanent: true } } },
    }),
  }),
  behindBoth('nginx ends TLS, and Traefik trusts it', undefined, {
    routes: routed({ gitea: plainRouter() }),
    args: ['--entryPoints.web.forwardedHeaders.trustedIPs=127.0.0.1/32'],
  }),
  behindTraefik('the public name has a port', undefined, { port: 8443 }),
  behindTraefik('everybody must sign in', undefined, {
    settings: { requireSignIn: true },
    ...curious,
    declared: (lab) => ({ owners: [organization(lab.closed, 'private')] }),
  }),
  behindTraefik('ROOT_URL has a path, and /v2 is at the root', undefined, {
    settings: { rootUrl: `https://${HOST}/git/` },
    login: (lab) => lab.login('publisher'),
    routes: (gitea) => ({
      routers: {
        gitea: router({ rule: `${ON_HOST} && PathPrefix(\`/git\`)`, middlewares: ['strip'] }),
        registry: router({ rule: `${ON_HOST} && PathPrefix(\`/v2\`)` }),
      },
      services: { gitea: service(gitea) },
      middlewares: { strip: { stripPrefix: { prefixes: ['/git'] } } },
    }),
  }),
  behindTraefik('Traefik lets a body take its time', undefined, {
    ...limits,
    args: readTimeout(0),
  }),
  behindNginx('nginx takes bodies of any size', undefined, limits),
];
