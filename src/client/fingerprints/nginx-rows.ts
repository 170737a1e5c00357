import type { Fingerprint } from './pattern';
import { ONLY_V2 } from './api-rows';
import { REDIRECTS, SENDING } from './pattern';

/** The footer of every page nginx makes itself. */
const FOOTER = /<center>(nginx|openresty)/;

/** What nginx answers itself; recorded from nginx 1.22. */
export const NGINX_ROWS: readonly Fingerprint[] = [
  {
    id: 'nginx-body-limit',
    when: { status: 413, body: FOOTER },
    responder: 'nginx',
    meaning: 'it takes bodies up to client_max_body_size, 1 MB unless set, and a layer is one body',
    next: 'set nginx.ingress.kubernetes.io/proxy-body-size: "0", on every nginx of the path',
    code: 'REG450',
  },
  {
    id: 'nginx-http-to-https',
    when: { status: [400, 497], body: /plain HTTP request was sent to HTTPS port/ },
    responder: 'nginx',
    meaning: 'plain http reached a port that speaks TLS',
    next: 'use https',
    code: 'REG220',
  },
  {
    id: 'nginx-upload-cut',
    when: { status: [408, 504], method: SENDING, body: FOOTER },
    responder: 'nginx',
    meaning: 'it gave up on the upload, after 60 s unless set',
    next: 'set proxy-read-timeout and proxy-send-timeout, and proxy-request-buffering: "off"',
    code: 'REG442',
  },
  {
    id: 'nginx-timeout',
    when: { status: 504, body: FOOTER },
    responder: 'nginx',
    meaning: 'Gitea did not answer it in time',
    next: 'look whether the pod is ready and how busy it is',
    code: 'REG560',
  },
  {
    id: 'nginx-bad-gateway',
    when: { status: 502, body: FOOTER },
    responder: 'nginx',
    meaning: 'it could not reach Gitea',
    next: 'compare the backend of the route with the Service: name, port and protocol; then the pod',
    code: 'REG220',
  },
  {
    id: 'nginx-no-server',
    when: { status: 503, body: FOOTER },
    responder: 'nginx',
    meaning:
      "the Service has no ready endpoint: Gitea's pod is down or starting, or requests are limited",
    next: 'kubectl get pods,endpoints in the namespace of the release',
    code: 'REG560',
  },
  {
    id: 'nginx-no-route',
    when: { status: 404, surface: 'v2', body: FOOTER },
    responder: 'nginx',
    meaning: 'it has no location for /v2 at this host',
    next: 'add a Prefix rule for /v2 to the host',
    code: 'REG211',
  },
  {
    id: 'nginx-no-route',
    when: { status: 404, body: FOOTER },
    responder: 'nginx',
    meaning: `it has no location for the API; ${ONLY_V2}`,
    code: 'REG910',
  },
  {
    id: 'nginx-sign-in',
    when: { status: 401, body: FOOTER },
    responder: 'nginx',
    meaning: 'it wants another password before the registry is asked',
    next: 'take auth_basic and auth_request off /v2 and /api',
    code: 'REG217',
  },
  {
    id: 'nginx-forbidden',
    when: { status: [403, 429], body: FOOTER },
    responder: 'nginx',
    meaning: 'a rule of it refuses the request: an address list, a rate limit or a firewall module',
    next: 'exempt /v2 and /api from the rule',
    code: 'REG218',
  },
  {
    id: 'nginx-redirect',
    when: { status: REDIRECTS, body: FOOTER, headers: { location: /(?<location>.*)/ } },
    responder: 'nginx',
    meaning: "it leads to '{location}', and a request that changes something is not sent twice",
    next: 'use the address it leads to, and take redirects off /v2 and /api',
    code: 'REG219',
  },
  {
    id: 'nginx-error',
    when: { status: { from: 400, to: 599 }, body: FOOTER },
    responder: 'nginx',
    meaning: 'it refuses the request itself',
    next: 'read its error log',
    code: 'REG210',
    shows: true,
  },
];
