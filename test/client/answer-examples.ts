import type { SeenAnswer, Surface } from '../../src/client/fingerprints/pattern';
import type { Method } from '../../src/client/http/message';
import { CLOUDFLARE, FORWARD_AUTH, NGINX, TRAEFIK } from '../../src/testing';
import type { ProxyAnswer } from '../../src/testing';

/** An answer, and what the table must say of it. */
export interface AnswerExample {
  /** `id code responder` of the reading. */
  readonly reading: string;
  readonly seen: SeenAnswer;
}

const V2 = { 'docker-distribution-api-version': 'registry/2.0' };
const V2_JSON = { ...V2, 'content-type': 'application/json' };
const TEXT = { 'content-type': 'text/plain;charset=utf-8' };
const GITEA = { 'x-frame-options': 'SAMEORIGIN', 'x-content-type-options': 'nosniff' };
const API = { ...GITEA, 'content-type': 'application/json;charset=utf-8' };
const PAGE = { 'content-type': 'text/html; charset=utf-8' };
const THEME = '<!DOCTYPE html>\n<html lang="en-US" data-theme="gitea-auto"><title>Gitea</title>';

const API_PATH = '/api/v1/packages/coulomb/container/app';
const LINK = `POST ${API_PATH}/-/link/state-hub`;
const MANIFEST = '/v2/coulomb/app/manifests/v1';
const BLOB = '/v2/coulomb/app/blobs/sha256:00';
const SESSION = '/v2/coulomb/app/blobs/uploads/u1';
const FILE = '/api/packages/coulomb/generic/tool/1/f';

/** `METHOD path` of the request, then the answer. */
function example(
  reading: string,
  request: string,
  status: number,
  headers: SeenAnswer['headers'],
  body = '',
): AnswerExample {
  const [method, path] = request.split(' ');
  return {
    reading,
    seen: { method: method as Method, surface: surfaceOf(path), path, status, headers, body },
  };
}

/** The protocol a path belongs to. */
export function surfaceOf(path: string): Surface {
  return path.startsWith('/api/packages') ? 'generic' : /\/v2(\/|$)/.test(path) ? 'v2' : 'api';
}

const error = (code: string, message = ''): string =>
  `{"errors":[{"code":"${code}","message":"${message}"}]}\n`;

const said = (message: string): string =>
  `{"message":"${message}","url":"https://git.example.org/api/swagger"}\n`;

/** An answer of the fault proxy, which holds what Traefik and nginx were recorded with. */
function styled(reading: string, request: string, answer: ProxyAnswer): AnswerExample {
  const headers = Object.fromEntries(
    (answer.headers ?? []).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return example(reading, request, answer.status, headers, `${answer.body ?? ''}`);
}

/** Recorded from Gitea 1.26-dev; what other releases say differently is named. */
const REGISTRY: readonly AnswerExample[] = [
  example('login-refused REG314 gitea', 'GET /v2/token', 401, V2_JSON, error('UNAUTHORIZED')),
  example('no-credential-seen REG311 gitea', 'GET /v2/', 401, V2_JSON, error('UNAUTHORIZED')),
  example('quota-container REG460 gitea', `PUT ${SESSION}`, 403, V2),
  example('public-only-v2 REG314 gitea', `GET ${MANIFEST}`, 403, TEXT, 'reqToken\n'),
  example(
    'image-missing REG913 gitea',
    'GET /v2/a/b/tags/list',
    404,
    V2_JSON,
    error('NAME_UNKNOWN'),
  ),
  example(
    'manifest-missing REG723 gitea',
    `GET ${MANIFEST}`,
    404,
    V2_JSON,
    error('MANIFEST_UNKNOWN'),
  ),
  example('manifest-missing-head REG723 gitea', `HEAD ${MANIFEST}`, 404, V2_JSON),
  example(
    'layer-missing-on-push REG475 gitea',
    `PUT ${MANIFEST}`,
    404,
    V2_JSON,
    error('BLOB_UNKNOWN'),
  ),
  example(
    'child-missing-on-push REG471 gitea',
    `PUT ${MANIFEST}`,
    404,
    V2_JSON,
    error('MANIFEST_BLOB_UNKNOWN'),
  ),
  example('blob-missing REG735 gitea', `GET ${BLOB}`, 404, V2_JSON, error('BLOB_UNKNOWN')),
  example('blob-missing-head REG735 gitea', `HEAD ${BLOB}`, 404, V2_JSON),
  example(
    'session-missing REG632 gitea',
    `PATCH ${SESSION}`,
    404,
    V2_JSON,
    error('BLOB_UPLOAD_UNKNOWN'),
  ),
  example(
    'chunk-refused REG475 gitea',
    `PATCH ${SESSION}`,
    416,
    V2_JSON,
    error('BLOB_UPLOAD_INVALID'),
  ),
  example('digest-refused REG475 gitea', `PUT ${SESSION}`, 400, V2_JSON, error('DIGEST_INVALID')),
  example('size-refused REG475 gitea', `PUT ${MANIFEST}`, 400, V2_JSON, error('SIZE_INVALID')),
  example(
    'tag-refused REG470 gitea',
    `PUT ${MANIFEST}`,
    400,
    V2_JSON,
    error('MANIFEST_INVALID', 'Tag is invalid'),
  ),
  example(
    'manifest-too-large REG471 gitea',
    `PUT ${MANIFEST}`,
    413,
    V2_JSON,
    error('MANIFEST_INVALID', 'Manifest exceeds maximum size'),
  ),
  example(
    'manifest-refused REG471 gitea',
    `PUT ${MANIFEST}`,
    400,
    V2_JSON,
    error('MANIFEST_INVALID'),
  ),
  example('name-refused REG470 gitea', `POST ${SESSION}`, 400, V2_JSON, error('NAME_INVALID')),
  example('schema-refused REG471 gitea', `PUT ${MANIFEST}`, 501, V2_JSON, error('UNSUPPORTED')),
  example('session-broken REG632 gitea', `PATCH ${SESSION}`, 500, V2),
  example('registry-failed-reading REG735 gitea', `GET ${BLOB}`, 500, V2),
  example('registry-failed REG475 gitea', `PUT ${MANIFEST}`, 500, V2),
  example('registry-error REG475 gitea', `PUT ${MANIFEST}`, 409, V2_JSON, error('NEW')),
  example('push-panic REG643 gitea', `PUT ${MANIFEST}`, 500, PAGE, THEME),
  example('page-under-v2 REG212 gitea', 'GET /v2/', 200, PAGE, THEME),
  // Forgejo 11.
  example('no-such-route REG211 forgejo', 'GET /v2/coulomb/app/referrers/x', 404, {}),
  example('method-refused REG230 gitea', 'HEAD /v2/', 405, { allow: 'GET' }),
  example('packages-off REG610 gitea', 'GET /v2/token', 404, TEXT, 'Not found.\n'),
];

/** Recorded from Gitea 1.26-dev; what other releases say differently is named. */
const REST: readonly AnswerExample[] = [
  example('owner-renamed REG320 gitea', LINK, 307, {
    ...GITEA,
    location: '/api/v1/packages/coulomb2/container/app/-/link/state-hub',
  }),
  example('repository-renamed REG914 gitea', 'GET /api/v1/repos/coulomb/second', 301, {
    ...GITEA,
    location: '/api/v1/repos/coulomb/renamed',
  }),
  example(
    'sign-in-required REG310 gitea',
    'GET /api/v1/version',
    403,
    API,
    '{"message":"Only signed in user is allowed to call APIs."}\n',
  ),
  example(
    'password-change-required REG322 gitea',
    'GET /api/v1/user',
    403,
    API,
    said(
      'You must change your password. Change it at: https://git.example.org//user/change_password',
    ),
  ),
  example(
    'account-locked REG322 gitea',
    'GET /api/v1/user',
    403,
    API,
    said('This account is prohibited from signing in, please contact your site administrator.'),
  ),
  example(
    'scope-missing REG314 gitea',
    LINK,
    403,
    API,
    said(
      'token does not have at least one of required scope(s), required=[write:package], token scope=read:package',
    ),
  ),
  // Forgejo 11, and Gitea before 1.23.
  example(
    'scope-missing REG314 gitea',
    LINK,
    403,
    API,
    said('token does not have at least one of required scope(s): [write:package]'),
  ),
  example(
    'public-only REG314 gitea',
    LINK,
    403,
    API,
    said('token scope is limited to public packages'),
  ),
  example('no-token-seen REG311 gitea', `GET ${API_PATH}`, 401, API, said('token is required')),
  example(
    'token-refused REG312 gitea',
    `GET ${API_PATH}`,
    401,
    API,
    said('user does not exist [uid: 0, name: ]'),
  ),
  example(
    'token-refused REG312 gitea',
    `GET ${API_PATH}`,
    401,
    API,
    said("user's password is invalid [uid: 3, name: ci-push]"),
  ),
  example(
    'owner-access REG323 gitea',
    `GET ${API_PATH}`,
    403,
    API,
    said('user should have specific permission or be a site admin'),
  ),
  example(
    'owner-access REG321 gitea',
    LINK,
    403,
    API,
    said('user should have specific permission or be a site admin'),
  ),
  example('permission-denied REG916 gitea', LINK, 403, API, said('permission denied')),
  example(
    'owner-unknown REG320 gitea',
    `GET ${API_PATH}`,
    404,
    API,
    said('user redirect does not exist [name: coulomb]'),
  ),
  example('package-missing REG913 gitea', LINK, 404, API, said('package does not exist')),
  example(
    'package-missing REG913 gitea',
    `GET ${API_PATH}/v1`,
    404,
    API,
    said('GetVersionByNameAndVersion: package does not exist'),
  ),
  example(
    'package-missing REG913 gitea',
    `GET ${API_PATH}/-/latest`,
    404,
    API,
    said('%!s(\\u003cnil\\u003e)'),
  ),
  example(
    'repository-missing REG914 gitea',
    LINK,
    404,
    API,
    said('repository does not exist [id: 0, uid: 7, owner_name: , name: state-hub]'),
  ),
  example('repository-missing REG914 gitea', 'GET /api/v1/repos/a/b', 404, API, said('not found')),
  example(
    'thing-missing REG910 gitea',
    'GET /api/v1/signing-key.gpg',
    404,
    API,
    said('no signing key'),
  ),
  example('invalid-argument REG917 gitea', LINK, 400, API, said('invalid argument')),
  example(
    'api-below-path REG910 gitea',
    'GET /api/v1/version',
    404,
    TEXT,
    '404 page not found, sub-path is: <a href="/git">/git</a>',
  ),
  example(
    'api-route-missing REG910 gitea',
    LINK,
    404,
    { ...GITEA, ...TEXT },
    '404 page not found\n',
  ),
  // Gitea 1.22-dev.
  example('api-route-missing REG910 gitea', `HEAD ${API_PATH}`, 404, {
    ...GITEA,
    'content-length': '19',
  }),
  example('api-route-missing REG910 gitea', `GET ${API_PATH}`, 404, GITEA),
  example('no-api REG910 gitea', 'GET /api/v1/version', 404, TEXT, 'Not found.\n'),
  example('method-refused REG910 gitea', `GET ${API_PATH}/-/link/x`, 405, {
    ...GITEA,
    allow: 'POST',
  }),
  example('account-refused REG321 gitea', LINK, 403, API, said('user should be the site admin')),
  example('message-empty REG910 gitea', `POST ${API_PATH}/-/unlink`, 500, API, said('')),
  example('api-error REG910 gitea', LINK, 422, API, said('no such thing')),
];

/** Recorded from Gitea 1.26-dev; what other releases say differently is named. */
const GENERIC: readonly AnswerExample[] = [
  example('token-refused REG312 gitea', `PUT ${FILE}`, 401, TEXT, 'Failed to authenticate user\n'),
  // Forgejo 11, and Gitea before 1.25.
  example('token-refused REG312 gitea', 'GET /v2/token', 401, TEXT, 'authGroup.Verify\n'),
  example('package-access REG323 gitea', `GET ${FILE}`, 401, TEXT, 'reqPackageAccess\n'),
  example('package-access REG321 gitea', `PUT ${FILE}`, 401, TEXT, 'reqPackageAccess\n'),
  example('package-access REG321 gitea', `POST ${SESSION}`, 401, TEXT, 'reqPackageAccess\n'),
  example('package-access REG323 gitea', `HEAD ${FILE}`, 401, {
    'www-authenticate': 'Basic realm="Gitea Package API"',
  }),
  example('public-only REG314 gitea', `PUT ${FILE}`, 403, TEXT, 'reqToken\n'),
  example(
    'quota-type REG460 gitea',
    `PUT ${FILE}`,
    403,
    TEXT,
    'maximum allowed package type size exceeded',
  ),
  example(
    'quota-owner REG461 gitea',
    `PUT ${FILE}`,
    403,
    TEXT,
    'maximum allowed package storage quota exceeded',
  ),
  example(
    'quota-owner REG461 gitea',
    `PUT ${FILE}`,
    403,
    TEXT,
    'maximum allowed package count exceeded',
  ),
  example('package-missing REG913 gitea', `GET ${FILE}`, 404, TEXT, 'package does not exist'),
  example('file-missing REG913 gitea', `GET ${FILE}`, 404, TEXT, 'package file does not exist'),
  example('name-refused REG920 gitea', `PUT ${FILE}`, 400, TEXT, 'invalid filename'),
  example('file-exists REG920 gitea', `PUT ${FILE}`, 409, TEXT, 'package file already exists'),
  example(
    'range-refused REG920 gitea',
    `GET ${FILE}`,
    416,
    TEXT,
    'invalid range: failed to overlap\n',
  ),
  example(
    'file-lost REG735 gitea',
    `GET ${FILE}`,
    500,
    TEXT,
    'open /data/packages/03/8d/038d: no such file or directory',
  ),
  example('upload-failed REG920 gitea', `PUT ${FILE}`, 500, TEXT, 'internal server error'),
  // Forgejo 11, and Gitea before 1.25.
  example('upload-failed REG920 gitea', `PUT ${FILE}`, 500, TEXT),
  example('method-refused REG920 gitea', `HEAD ${FILE}`, 405, { allow: 'GET' }),
  example('owner-unknown REG320 gitea', `GET ${FILE}`, 404, TEXT, 'Not found.\n'),
  example('owner-unknown REG320 gitea', 'GET /v2/nobody/x/tags/list', 404, TEXT, 'Not found.\n'),
  example('owner-unknown REG320 gitea', 'HEAD /v2/nobody/x/manifests/v1', 404, {
    'content-length': '11',
  }),
  example(
    'package-error REG913 gitea',
    'GET /api/packages/coulomb/npm/@doctor%2fprobe',
    404,
    API,
    '{"error":""}\n',
  ),
];

const PATCH = `PATCH ${SESSION}`;

/** Traefik 3 and nginx 1.22 as recorded, the rest after their manuals. */
const EDGE: readonly AnswerExample[] = [
  styled('cloudflare-body-limit REG452 cloudflare', PATCH, CLOUDFLARE.tooLarge),
  styled('cloudflare-block REG452 cloudflare', PATCH, CLOUDFLARE.forbidden),
  example('cloudflare-challenge REG452 cloudflare', 'GET /v2/', 403, {
    'cf-mitigated': 'challenge',
  }),
  styled('cloudflare-page-head REG452 cloudflare', `HEAD ${BLOB}`, CLOUDFLARE.forbidden),
  example('cloudflare-timeout REG452 cloudflare', PATCH, 524, {}),
  example('cloudflare-origin REG210 cloudflare', 'GET /v2/', 522, { server: 'cloudflare' }),
  styled('nginx-body-limit REG450 nginx', PATCH, NGINX.tooLarge),
  example(
    'nginx-http-to-https REG220 nginx',
    'GET /v2/',
    400,
    PAGE,
    '<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head><hr><center>nginx</center>',
  ),
  styled('nginx-upload-cut REG442 nginx', PATCH, NGINX.gatewayTimeout),
  styled('nginx-timeout REG560 nginx', 'GET /v2/', NGINX.gatewayTimeout),
  styled('nginx-bad-gateway REG220 nginx', 'GET /v2/', NGINX.badGateway),
  styled('nginx-no-server REG560 nginx', 'GET /v2/', { ...NGINX.badGateway, status: 503 }),
  styled('nginx-no-route REG211 nginx', 'GET /v2/', NGINX.notFound),
  styled('nginx-no-route REG910 nginx', `GET ${API_PATH}`, NGINX.notFound),
  styled('nginx-sign-in REG217 nginx', 'GET /v2/', { ...NGINX.forbidden, status: 401 }),
  styled('nginx-forbidden REG218 nginx', PATCH, NGINX.forbidden),
  styled('nginx-redirect REG219 nginx', PATCH, NGINX.movedPermanently('https://git.example.org/')),
  styled('nginx-error REG210 nginx', 'GET /v2/', { ...NGINX.badGateway, status: 500 }),
  styled('traefik-body-limit REG218 traefik', PATCH, TRAEFIK.tooLarge),
  styled('traefik-rate-limit REG218 traefik', 'GET /v2/', TRAEFIK.tooManyRequests(59.9)),
  styled('traefik-forbidden REG218 traefik', 'GET /v2/', TRAEFIK.forbidden),
  example('traefik-forbidden REG218 traefik', `HEAD ${BLOB}`, 403, { 'content-length': '9' }),
  styled('traefik-basic-auth REG217 traefik', 'GET /v2/', TRAEFIK.basicAuth),
  styled('traefik-encoded-slash REG250 traefik', LINK, TRAEFIK.encodedSlashRefused),
  example('traefik-strip-prefix REG212 traefik', 'GET /v2/', 400, {}, 'Bad Request'),
  styled('traefik-upload-cut REG440 traefik', PATCH, TRAEFIK.gatewayTimeout),
  styled('traefik-timeout REG560 traefik', `GET ${API_PATH}`, TRAEFIK.gatewayTimeout),
  styled('traefik-bad-gateway REG220 traefik', 'GET /v2/', TRAEFIK.badGateway),
  styled('traefik-no-server REG560 traefik', 'GET /v2/', TRAEFIK.noAvailableServer),
  example('traefik-broken-route REG215 traefik', 'GET /v2/', 500, {}),
  styled('no-router REG211 unknown', 'GET /v2/', TRAEFIK.notFound),
  styled('no-router REG910 unknown', `GET ${FILE}`, TRAEFIK.notFound),
  styled('no-api REG910 traefik', `GET ${API_PATH}`, TRAEFIK.notFound),
  example(
    'http-to-https REG220 unknown',
    'GET /v2/',
    400,
    TEXT,
    'Client sent an HTTP request to an HTTPS server.\n',
  ),
  styled(
    'sign-in-redirect REG217 forward-auth',
    PATCH,
    FORWARD_AUTH.loginRedirect('https://sso.example.org/login?rd=x'),
  ),
  styled(
    'traefik-redirect REG219 traefik',
    PATCH,
    TRAEFIK.redirect(308, 'https://git.example.org/'),
  ),
  example('redirect REG219 unknown', PATCH, 308, { ...PAGE, location: 'https://git.example.org/' }),
  example(
    'object-store REG712 unknown',
    `GET ${FILE}`,
    403,
    { 'content-type': 'application/xml' },
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>SignatureDoesNotMatch</Code></Error>',
  ),
];

/** What nobody recorded: the words are foreign, the status alone speaks. */
const FOREIGN: readonly AnswerExample[] = [
  example('page-of-gitea REG212 gitea', `GET ${API_PATH}`, 200, PAGE, THEME),
  styled('page-head REG218 unknown', `HEAD ${BLOB}`, NGINX.forbidden),
  styled('sign-in-page REG217 forward-auth', 'GET /v2/', FORWARD_AUTH.loginPage),
  example('foreign-challenge REG217 forward-auth', 'GET /v2/', 401, {
    'www-authenticate': 'Negotiate',
  }),
  example('too-many-requests REG218 unknown', 'GET /v2/', 429, TEXT, 'slow down'),
  example('soft-quota REG461 forgejo', `PUT ${FILE}`, 413, TEXT, 'quota exceeded'),
  example('body-limit REG450 unknown', PATCH, 413, {}),
  example('upload-cut REG440 unknown', PATCH, 408, TEXT, 'stream timeout'),
  example('backend-failed REG220 unknown', 'GET /v2/', 502, TEXT, 'upstream failed'),
  example('backend-missing REG560 unknown', 'GET /v2/', 503, TEXT, 'upstream missing'),
  example('redirect-without-target REG219 unknown', PATCH, 302, {}),
  example('no-api REG910 unknown', `GET ${API_PATH}`, 404, TEXT, 'nothing here'),
  example('no-route REG211 unknown', 'GET /v2/', 404, TEXT, 'nothing here'),
  example('unknown-head REG210 unknown', `HEAD ${BLOB}`, 500, {}),
  example('unknown-head REG210 unknown', `HEAD ${BLOB}`, 403, TEXT),
  example('unknown REG210 unknown', 'GET /v2/', 418, TEXT, 'a teapot'),
];

/** An answer for each row of the table. */
export const ANSWER_EXAMPLES: readonly AnswerExample[] = [
  ...REGISTRY,
  ...REST,
  ...GENERIC,
  ...EDGE,
  ...FOREIGN,
];
