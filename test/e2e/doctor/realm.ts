import { HOST } from '../../doctor/scenarios/world';
import { behindBoth, behindNginx, behindTraefik, proxied } from './front';
import type { RealScenario } from './scenario';
import { plainRouter, routed, service, router, through } from './traefik-routes';

const PASS = 'proxy_request_buffering off; client_max_body_size 0;';

/** Everything led to Gitea with these headers and no other. */
const withHeaders =
  (...headers: readonly string[]) =>
  (gitea: string) =>
    `location / { proxy_pass ${gitea}; ${PASS} ${headers.map((header) => `proxy_set_header ${header};`).join(' ')} }`;

/** Step P5 and the encoded slash of P10: what a proxy makes of scheme, host and path. */
export const REALM: readonly RealScenario[] = [
  behindBoth('Traefik does not trust the proxy that ends TLS', 'REG240', {
    routes: routed({ gitea: plainRouter() }),
  }),
  behindTraefik('a middleware says http although the client came by https', 'REG240', {
    routes: through({
      proto: { headers: { customRequestHeaders: { 'X-Forwarded-Proto': 'http' } } },
    }),
  }),
  behindNginx('nginx sends a list as X-Forwarded-Proto', 'REG240', {
    server: withHeaders('Host $http_host', "X-Forwarded-Proto 'https, http'"),
  }),
  behindNginx('nginx sends no X-Forwarded-Proto, and ROOT_URL is http', 'REG240', {
    settings: { rootUrl: `http://${HOST}/` },
    server: withHeaders('Host $http_host'),
  }),
  behindNginx('nginx sends no X-Forwarded-Proto, and ROOT_URL has another name', 'REG241', {
    settings: { rootUrl: 'https://forge.example.test/' },
    server: withHeaders('Host $http_host'),
  }),
  behindNginx('nginx passes the name of its upstream on', 'REG241', {
    server: withHeaders('X-Forwarded-Proto https'),
  }),
  behindTraefik('Traefik passes the name of the Service on', 'REG241', {
    routes: (gitea) => ({
      routers: { gitea: router() },
      services: { gitea: service(gitea, { passHostHeader: false }) },
    }),
  }),
  behindNginx('nginx drops the port of the host', 'REG241', {
    port: 8443,
    server: withHeaders('Host $host', 'X-Forwarded-Proto https'),
  }),
  behindTraefik('Traefik refuses an encoded slash', 'REG250', {
    routes: through({ strict: { encodedCharacters: { allowEncodedSlash: false } } }),
    login: (lab) => lab.login('publisher'),
    request: (lab) => ({ owners: [lab.open] }),
  }),
  behindNginx('nginx decodes an encoded slash, its proxy_pass having a path', 'REG250', {
    server: (gitea) => `client_max_body_size 0; location / { ${proxied(`${gitea}/`)} }`,
    login: (lab) => lab.login('publisher'),
    request: (lab) => ({ owners: [lab.open] }),
  }),
];
