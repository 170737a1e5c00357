import type { Check } from '../check';

/** What the public host answers. */
export const ROUTE_CHECKS: readonly Check[] = [
  {
    code: 'REG210',
    slug: 'edge-reaches-gitea',
    title: 'a request for the registry host reaches Gitea',
    severity: 'error',
    why: 'something else answers for the host, or ends the connection: a route of another class, a proxy without a backend, a page of a firewall',
    shows: [
      '`404 page not found` of 19 bytes, `Bad Gateway`, `no available server`',
      'an HTML page where JSON is expected',
      'docker: `unexpected EOF`, `connection reset by peer`',
    ],
    fix: 'ask the Service of the release directly; what answers there and not on the host is lost in the route',
    links: ['https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/'],
  },
  {
    code: 'REG230',
    slug: 'v2-answers',
    title:
      'anonymous `GET /v2/` answers 401 with `Docker-Distribution-Api-Version: registry/2.0` and a Bearer challenge',
    severity: 'error',
    gate: 'Gitea ≥1.26 may add a second challenge of scheme Basic',
    why: 'this answer is how every client finds out that a registry is there and where to log in; 404 means that the route is missing, 200 that a proxy logs everybody in',
    shows: [
      'docker login: `login attempt to https://HOST/v2/ failed with status: 404 Not Found`',
      'skopeo: `pinging container registry HOST: invalid status code from registry 404`',
    ],
    fix: 'route `/v2` of the host root to the HTTP Service of the release, without rewriting and without a login in front',
    links: [
      'https://distribution.github.io/distribution/spec/auth/token/',
      'https://github.com/opencontainers/distribution-spec/blob/main/spec.md#determining-support',
    ],
  },
];
