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
  {
    code: 'REG241',
    slug: 'realm-host',
    title:
      "the token realm's host and port equal the requested ones and are reachable from every client and node",
    severity: 'error',
    gate: 'which header decides differs: Gitea 1.22, 1.23, 1.24 (PUBLIC_URL_DETECTION), 1.26; Forgejo always ROOT_URL',
    why: 'clients fetch their token from the realm: a realm with another name is asked there, or gets no credential at all, for a credential belongs to the origin it was given for',
    shows: [
      'docker: `Get "http://gitea-http.git.svc:3000/v2/token?…": dial tcp: lookup … no such host`',
      'login works, and every push is unauthorized',
    ],
    fix: 'let the proxy pass `Host` with its port and set X-Forwarded-Proto; set ROOT_URL to the public name; where the other host is meant, name it with --allow-realm',
    links: [
      'https://github.com/go-gitea/gitea/pull/32060',
      'https://github.com/go-gitea/gitea/pull/36955',
    ],
  },
  {
    code: 'REG563',
    slug: 'network-policy',
    title:
      'NetworkPolicies admit ingress controller, metrics scrape and our Jobs to Gitea, and nothing more',
    severity: 'error',
    why: 'a policy that denies by default drops the packets of the ingress controller, which then waits for Gitea until it gives up, while Gitea is well on every other way',
    shows: [
      '`Gateway Timeout` on the host, 401 by port-forward or NodePort',
      'Prometheus: the target of Gitea is down',
    ],
    fix: 'admit the namespace of the ingress controller to the http port of Gitea in a NetworkPolicy, and whatever else is declared',
    links: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  },
];
