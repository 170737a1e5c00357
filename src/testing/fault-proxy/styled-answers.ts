import type { HeaderLine } from './header-lines';
import type { ProxyAnswer } from './proxy-answer';
import type { BodyLimitStyle, Redirect } from './switches';

/** Two lines Go's `http.Error` writes. */
const GO_ERROR: readonly HeaderLine[] = [
  ['Content-Type', 'text/plain; charset=utf-8'],
  ['X-Content-Type-Options', 'nosniff'],
];

/** Status texts of Go's `net/http`; 301 and 308 are in the recordings. */
const REDIRECT_TEXT: { readonly [Status in Redirect['status']]: string } = {
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
};

/** Answers of Traefik 3, recorded from the running program; header lines in its order, `Date` left out. */
export const TRAEFIK = {
  /** No router for host and path. Recording: `GET /nothing`. */
  notFound: { status: 404, headers: GO_ERROR, body: '404 page not found\n' },
  /** The Service has no ready endpoint. Recording: `GET /v2/`, Host `empty.test`. */
  noAvailableServer: { status: 503, headers: GO_ERROR, body: 'no available server\n' },
  /** The backend does not listen, or closed the connection. Recording: `GET /v2/`, Host `dead.test`. */
  badGateway: plain(502, 'Bad Gateway'),
  /** `readTimeout` passed before the body was whole. Recording: `PATCH /v2/coulomb/slow/blobs/uploads/…`. */
  gatewayTimeout: plain(504, 'Gateway Timeout'),
  /** The same cut, when its own end of the connection is noticed first: most cuts of a running Traefik 3.7. */
  clientClosedRequest: plain(499, 'Client Closed Request'),
  /** Middleware buffering. Recording: `PUT /v2/x`, Host `buffer.test`. */
  tooLarge: plain(413, 'Request Entity Too Large'),
  /** Middleware ipAllowList. Recording: `GET /v2/`, Host `deny.test`. */
  forbidden: plain(403, 'Forbidden'),
  /** An encoded slash it does not let through. Recording: `GET /api/v1/packages/coulomb/container/team%2Fapp`, 400. */
  encodedSlashRefused: { status: 400 },
  /** Middleware basicAuth. Recording: `GET /v2/`, Host `auth.test`; its challenge is cut there, the reference has it. */
  basicAuth: {
    status: 401,
    headers: [
      ['Content-Type', 'text/plain'],
      ['Www-Authenticate', 'Basic realm="traefik"'],
    ],
    body: '401 Unauthorized\n',
  },
  /** Middleware rateLimit. Recording: `GET /v2/`, Host `limit.test`. @param seconds until the client may come back */
  tooManyRequests: (seconds: number): ProxyAnswer =>
    plain(
      429,
      'Too Many Requests',
      ['Retry-After', String(Math.ceil(seconds))],
      ['X-Retry-In', `${seconds}s`],
    ),
  /** Middleware redirectScheme. Recording: `GET` (301) and `POST` (308), Host `redirect.test`. */
  redirect: (status: Redirect['status'], location: string): ProxyAnswer =>
    plain(status, REDIRECT_TEXT[status], ['Location', location]),
} as const satisfies AnswersOf;

/** Answers of nginx 1.22.1, recorded from the running program. */
export const NGINX = {
  /** `client_max_body_size`. Recording: `PATCH /v2/coulomb/ngx/blobs/uploads/…`, without and with `Expect`. */
  tooLarge: nginxPage(413, 'Request Entity Too Large'),
  /** Recording: `GET /v2/`, 502. */
  badGateway: nginxPage(502, 'Bad Gateway'),
  /** `proxy_read_timeout`. Recording: `GET /v2/`, 504. */
  gatewayTimeout: nginxPage(504, 'Gateway Time-out'),
  /** No location for the path. Recording: `GET /v2/`, 404. */
  notFound: nginxPage(404, 'Not Found'),
  /** `limit_except`, `deny`. Recording: `POST /v2/x/y/blobs/uploads/`, 403. */
  forbidden: nginxPage(403, 'Forbidden'),
  /** `return 301`. Recording: `GET /old`. */
  movedPermanently: (location: string): ProxyAnswer => {
    const page = nginxPage(301, 'Moved Permanently');
    return { ...page, headers: [...page.headers, ['Location', location]] };
  },
} as const satisfies AnswersOf;

/** Answers of Cloudflare, written after the reference: nobody recorded them. */
export const CLOUDFLARE = {
  /** The body cap of the plan. */
  tooLarge: cloudflarePage(413, 'Request Entity Too Large'),
  /** A request its firewall takes for an attack. */
  forbidden: cloudflarePage(403, 'Forbidden'),
} as const satisfies AnswersOf;

/** What a browser login in front of everything answers, written after the reference. */
export const FORWARD_AUTH = {
  /** The page itself, with 200: no challenge in it. */
  loginPage: {
    status: 200,
    headers: [['Content-Type', 'text/html; charset=utf-8']],
    body: '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form method="post" action="/login"></form></body></html>\n',
  },
  /** The way to the page. @param location such as `https://sso.example.org/login?rd=…` */
  loginRedirect: (location: string): ProxyAnswer =>
    plain(302, REDIRECT_TEXT[302], ['Location', location]),
} as const satisfies AnswersOf;

/** The refusal of a large body, by who refuses. */
export const TOO_LARGE: { readonly [Style in BodyLimitStyle]: ProxyAnswer } = {
  nginx: NGINX.tooLarge,
  cloudflare: CLOUDFLARE.tooLarge,
  traefik: TRAEFIK.tooLarge,
};

interface AnswersOf {
  readonly [name: string]: ProxyAnswer | ((...args: never[]) => ProxyAnswer);
}

/** The status text as the body, without Content-Type: how Traefik's own middlewares answer. */
function plain(status: number, text: string, ...headers: readonly HeaderLine[]): ProxyAnswer {
  return { status, reason: text, headers, body: text };
}

function nginxPage(
  status: number,
  text: string,
): ProxyAnswer & Required<Pick<ProxyAnswer, 'headers'>> {
  const body = htmlPage(status, text, 'nginx/1.22.1');
  return {
    status,
    reason: text,
    headers: [
      ['Server', 'nginx/1.22.1'],
      ['Content-Type', 'text/html'],
      ['Content-Length', String(body.length)],
    ],
    body,
  };
}

function cloudflarePage(status: number, text: string): ProxyAnswer {
  const body = htmlPage(status, text, 'cloudflare');
  return {
    status,
    reason: text,
    headers: [
      ['Content-Type', 'text/html'],
      ['Content-Length', String(body.length)],
      ['Server', 'cloudflare'],
      ['CF-RAY', '-'],
    ],
    body,
  };
}

function htmlPage(status: number, text: string, server: string): string {
  return [
    '<html>',
    `<head><title>${status} ${text}</title></head>`,
    '<body>',
    `<center><h1>${status} ${text}</h1></center>`,
    `<hr><center>${server}</center>`,
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
}
