import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Switches } from '../../../src/testing';
import { NGINX, TRAEFIK } from '../../../src/testing';
import type { Asked } from './client';
import { ask } from './client';
import { proxied } from './proxied';

/** Where the recordings lie on a machine that has them. They are not part of this repository. */
const FOLDER = join(__dirname, '../../../../shared/recordings');

interface HeaderValues {
  readonly [name: string]: string;
}

/** A line of a recording. */
interface Recorded {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: HeaderValues;
  };
  readonly response: {
    readonly status: number;
    readonly headers: HeaderValues;
    readonly body: string;
  };
}

/** What the proxy does to answer as a recorded program did. */
interface Styled {
  readonly name: string;
  readonly switches: Switches;
  readonly asked?: Asked;
  /** Which lines of the recording it stands for. */
  readonly stands: (line: Recorded) => boolean;
  /** A header whose value the recording spoiled, or that counts time: only its name is compared. */
  readonly nameOnly?: string;
}

const toHost =
  (host: string, method = 'GET') =>
  ({ request }: Recorded): boolean =>
    request.headers.Host === host && request.method === method;

const withStatus =
  (status: number) =>
  ({ response }: Recorded): boolean =>
    response.status === status;

const LARGE: Asked = { method: 'PATCH', body: 'large', headers: { 'Content-Length': 5 } };

const TRAEFIK_STYLED: readonly Styled[] = [
  {
    name: 'no router',
    switches: { answer: TRAEFIK.notFound },
    stands: ({ request }) => request.path === '/nothing',
  },
  {
    name: 'no server of a Service',
    switches: { answer: TRAEFIK.noAvailableServer },
    stands: withStatus(503),
  },
  {
    name: 'a dead backend',
    switches: { answer: TRAEFIK.badGateway },
    stands: toHost('dead.test'),
  },
  {
    name: 'readTimeout',
    switches: { requestCut: { afterMilliseconds: 20 } },
    asked: { method: 'PATCH', body: 'part', unfinished: true },
    stands: withStatus(504),
  },
  {
    name: 'buffering',
    switches: { bodyLimit: { bytes: 4, style: 'traefik' } },
    asked: LARGE,
    stands: withStatus(413),
  },
  { name: 'ipAllowList', switches: { answer: TRAEFIK.forbidden }, stands: withStatus(403) },
  {
    name: 'an encoded slash',
    switches: { encodedSlash: { treatment: 'refuse' } },
    asked: { path: '/api/v1/packages/coulomb/container/team%2Fapp' },
    stands: withStatus(400),
  },
  {
    name: 'basicAuth',
    switches: { answer: TRAEFIK.basicAuth },
    stands: toHost('auth.test'),
    nameOnly: 'Www-Authenticate',
  },
  {
    name: 'rateLimit',
    switches: { answer: TRAEFIK.tooManyRequests(59.996307351) },
    stands: withStatus(429),
    nameOnly: 'X-Retry-In',
  },
  {
    name: 'redirectScheme of GET',
    switches: { redirect: { status: 301, location: 'https://redirect.test{path}' } },
    asked: { path: '/v2/' },
    stands: toHost('redirect.test'),
  },
  {
    name: 'redirectScheme of POST',
    switches: { redirect: { status: 308, location: 'https://redirect.test{path}' } },
    asked: { method: 'POST', path: '/v2/coulomb/x/blobs/uploads/' },
    stands: toHost('redirect.test', 'POST'),
  },
];

const NGINX_STYLED: readonly Styled[] = [
  {
    name: 'client_max_body_size',
    switches: { bodyLimit: { bytes: 4, style: 'nginx' } },
    asked: LARGE,
    stands: (line) => withStatus(413)(line) && line.request.headers.Expect === undefined,
  },
  {
    name: 'client_max_body_size before the body',
    switches: { bodyLimit: { bytes: 4, style: 'nginx' } },
    asked: { ...LARGE, expect: true },
    stands: (line) => withStatus(413)(line) && line.request.headers.Expect !== undefined,
  },
  { name: 'a dead backend', switches: { answer: NGINX.badGateway }, stands: withStatus(502) },
  {
    name: 'proxy_read_timeout',
    switches: { answer: NGINX.gatewayTimeout },
    stands: withStatus(504),
  },
  { name: 'no location', switches: { answer: NGINX.notFound }, stands: withStatus(404) },
  { name: 'deny', switches: { answer: NGINX.forbidden }, stands: withStatus(403) },
  {
    name: 'return 301',
    switches: { answer: NGINX.movedPermanently('https://gitea.example.org/old') },
    stands: withStatus(301),
  },
];

describe.each([
  ['traefik-3.jsonl', TRAEFIK_STYLED],
  ['nginx-1.22.jsonl', NGINX_STYLED],
] as const)('%s', (file, styled) => {
  const both = proxied();
  const path = join(FOLDER, file);
  const there = existsSync(path);
  const compared = there ? it : it.skip;
  const lines = there ? ownLines(path) : [];
  const skipped = there ? '' : ` (SKIPPED: ${file} not found in ${FOLDER})`;

  compared.each(styled.map((one) => [one.name, one] as const))(
    `has the answer the proxy gives for %s${skipped}`,
    async (_name, { switches, asked, stands, nameOnly }) => {
      const { proxy } = both();
      proxy.set(switches);
      const { status, rawHeaders, body } = await ask(proxy.url, asked);
      const same = lines.filter(stands);
      expect(same).not.toHaveLength(0);
      for (const { response } of same) {
        expect(status).toBe(response.status);
        expect(comparable(pairs(rawHeaders), nameOnly)).toEqual(
          comparable(Object.entries(response.headers), nameOnly),
        );
        expect(response.headers['Content-Length']).toBe(String(body.length));
        // The recordings keep the first 160 characters of HTML.
        expect(response.body).toMatch(/^(?:[^…]*|[^…]{150,}…)$/);
        expect(body.toString().slice(0, 160)).toBe(response.body.replace('…', ''));
      }
    },
  );

  compared(`has no answer of its own the proxy cannot give${skipped}`, () => {
    const left = lines.filter((line) => !styled.some(({ stands }) => stands(line)));
    expect(left).toEqual([]);
  });
});

/** Lines the proxy of a recording answered itself, Gitea behind it not asked. */
function ownLines(path: string): Recorded[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines
    .map((line) => JSON.parse(line) as Recorded)
    .filter(({ response: { headers } }) => !isGitea(headers));
}

function isGitea(headers: HeaderValues): boolean {
  return (
    headers['Docker-Distribution-Api-Version'] !== undefined ||
    headers['Cache-Control'] !== undefined ||
    (headers['Content-Type']?.includes('json') ?? false)
  );
}

function pairs(rawHeaders: readonly string[]): (readonly [string, string])[] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1]!] as const] : [],
  );
}

/** Header lines without those the recordings drop. */
function comparable(
  headers: readonly (readonly [string, string])[],
  nameOnly?: string,
): (readonly [string, string])[] {
  return headers
    .filter(([name]) => !['Date', 'Connection'].includes(name))
    .map(([name, value]) => [name, name === nameOnly ? '' : value]);
}
