import type { Fingerprint } from './pattern';
import { CLOUDFLARE_ROWS } from './cloudflare-rows';
import { NGINX_ROWS } from './nginx-rows';
import { EMPTY, REDIRECTS, SENDING } from './pattern';

/** Traefik answers with the bare text of the status; Go's file server and Gitea always name a type. */
const BARE = { 'content-type': null, 'docker-distribution-api-version': null, server: null };

const NO_BROWSER_LOGIN =
  'take browser sign-in off /v2 and /api: they need a route of their own without that middleware';

/** What Traefik, nginx, Cloudflare and sign-in proxies answer in place of the registry. */
export const EDGE_ROWS: readonly Fingerprint[] = [
  // Before those of each program: what matters is where the redirect leads, not who writes it.
  {
    id: 'sign-in-redirect',
    when: {
      status: REDIRECTS,
      headers: {
        location: /\/(login|signin|sign_in|oauth2?|authorize|sso|saml)\b|redirect_uri=|[?&]rd=/i,
      },
    },
    responder: 'forward-auth',
    meaning: 'a sign-in page for browsers stands in front',
    next: NO_BROWSER_LOGIN,
    code: 'REG217',
  },
  ...CLOUDFLARE_ROWS,
  ...NGINX_ROWS,
  {
    id: 'traefik-body-limit',
    when: { status: 413, body: /^Request Entity Too Large\s*$/ },
    responder: 'traefik',
    meaning: 'its buffering middleware takes no body of this size',
    next: 'remove the buffering middleware from the route',
    code: 'REG218',
  },
  {
    id: 'traefik-rate-limit',
    when: { status: 429, headers: { 'x-retry-in': /./ } },
    responder: 'traefik',
    meaning: 'its rateLimit middleware counts parallel layers as an attack',
    next: 'remove the rateLimit middleware from the route',
    code: 'REG218',
  },
  {
    id: 'traefik-forbidden',
    when: { status: 403, headers: BARE, body: /^Forbidden\s*$/ },
    responder: 'traefik',
    meaning: 'its ipAllowList middleware does not know this address',
    next: 'add the address, or remove the middleware from the route',
    code: 'REG218',
  },
  {
    id: 'traefik-basic-auth',
    when: { status: 401, headers: { 'www-authenticate': /realm="traefik"/ } },
    responder: 'traefik',
    meaning: 'its basicAuth middleware wants another password before the registry is asked',
    next: NO_BROWSER_LOGIN,
    code: 'REG217',
  },
  {
    id: 'traefik-encoded-slash',
    when: { status: 400, headers: BARE, body: EMPTY },
    responder: 'traefik',
    meaning: "it refuses escaped characters such as '%2F' in a path",
    next: 'allow them on the entry point (http.encodedCharacters.allowEncodedSlash: true), or move to Traefik 2.11.35, 3.6.7 or later',
    code: 'REG250',
  },
  {
    id: 'traefik-strip-prefix',
    when: { status: 400, headers: BARE, body: /^Bad Request\s*$/ },
    responder: 'traefik',
    meaning: 'its StripPrefix middleware makes a path it does not trust',
    next: 'route /v2 and /api untouched',
    code: 'REG212',
  },
  {
    id: 'traefik-upload-cut',
    when: {
      // 499 where its own end of the connection is noticed first.
      status: [499, 504],
      method: SENDING,
      headers: BARE,
      body: /^(Gateway Timeout|Client Closed Request)\s*$/,
    },
    responder: 'traefik',
    meaning: 'its entry point cuts request bodies after readTimeout, 60 s unless set',
    next: 'set respondingTimeouts.readTimeout: 0 on the entry point',
    code: 'REG440',
  },
  {
    id: 'traefik-timeout',
    when: { status: 504, headers: BARE, body: /^Gateway Timeout\s*$/ },
    responder: 'traefik',
    meaning: 'Gitea did not answer it in time',
    next: 'look whether the pod is ready and how busy it is',
    code: 'REG560',
  },
  {
    id: 'traefik-bad-gateway',
    when: { status: 502, headers: BARE, body: /^Bad Gateway\s*$/ },
    responder: 'traefik',
    meaning: 'it could not reach Gitea',
    next: 'compare the backend of the route with the Service: name, port and protocol; then the pod',
    code: 'REG220',
  },
  {
    id: 'traefik-no-server',
    when: { status: 503, body: /^no available server\s*$/ },
    responder: 'traefik',
    meaning: "the Service has no ready endpoint: Gitea's pod is down or starting",
    next: 'kubectl get pods,endpoints in the namespace of the release',
    code: 'REG560',
  },
  {
    id: 'traefik-broken-route',
    when: { status: 500, headers: BARE, body: EMPTY },
    responder: 'traefik',
    meaning: 'its Gateway route names a filter or backend that it may not use',
    next: 'look at the conditions of the HTTPRoute; a ReferenceGrant may be missing',
    code: 'REG215',
  },
  {
    id: 'no-router',
    when: { status: 404, surface: 'v2', body: /^404 page not found\s*$/ },
    responder: 'unknown',
    meaning:
      'nothing is routed there: the proxy has no route for /v2 at this host, or Gitea no such path',
    next: 'add a Prefix rule for /v2 to the host; the same request straight to the Service tells which of them answered',
    code: 'REG211',
  },
  {
    id: 'no-router',
    when: { status: 404, surface: 'generic', body: /^404 page not found\s*$/ },
    responder: 'unknown',
    meaning: 'nothing is routed there: a 404 here may mean that the host routes only /v2',
    next: 'name the address of the API with --registry, or dial the Service with --connect-to',
    code: 'REG910',
  },
  {
    id: 'http-to-https',
    when: { status: 400, body: /^Client sent an HTTP request to an HTTPS server/ },
    responder: 'unknown',
    meaning: 'plain http reached a port that speaks TLS',
    next: 'use https, or set PROTOCOL = http where a proxy speaks to Gitea',
    code: 'REG220',
  },
  {
    id: 'traefik-redirect',
    when: {
      status: REDIRECTS,
      headers: { ...BARE, location: /(?<location>.*)/ },
      body: /^(Moved Permanently|Found|See Other|Temporary Redirect|Permanent Redirect)\s*$/,
    },
    responder: 'traefik',
    meaning:
      "its redirect middleware leads to '{location}', and a request that changes something is not sent twice",
    next: 'use the address it leads to, and take redirects off /v2 and /api',
    code: 'REG219',
  },
  {
    id: 'redirect',
    when: { status: REDIRECTS, headers: { location: /(?<location>.*)/ } },
    responder: 'unknown',
    meaning: "it leads to '{location}', and a request that changes something is not sent twice",
    next: 'use the address it leads to, and take redirects off /v2 and /api',
    code: 'REG219',
  },
  {
    id: 'object-store',
    when: {
      status: { from: 400, to: 599 },
      body: /^\s*(<\?xml[^>]*\?>\s*)?<Error>\s*<Code>(?<s3>\w+)/,
    },
    responder: 'unknown',
    meaning: "the object store that holds the packages answered '{s3}'",
    next: 'check that this machine reaches it, or set SERVE_DIRECT = false',
    code: 'REG712',
  },
];
