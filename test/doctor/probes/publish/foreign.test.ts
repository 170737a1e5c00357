import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHash } from 'node:crypto';
import { PUBLISH_PROBES } from '../../../../src/doctor/probes/publish';
import { denialOf } from '../../../../src/doctor/probes/publish/denials';
import { diagnose } from '../../../../src/doctor/run';
import { LocalServers } from '../../../client/http/local-servers';
import { SECRET, tokenRegistry, USER } from '../../../client/oci/token-registry';
import type { LocalServer } from '../../../client/http/local-servers';
import { resultOf, verdicts } from '../upload/run';

const servers = new LocalServers();

/** How distribution challenges. */
const CHALLENGE = 'Bearer realm="ORIGIN/token",service="registry.example.org"';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A registry that is none of Gitea, behind its own token server. */
async function registry(answer: Answer): Promise<LocalServer> {
  return tokenRegistry(servers, { challenge: CHALLENGE, answer });
}

function look({ origin }: LocalServer, reference?: string, isSignedIn = true) {
  const url = new URL(origin);
  const credential = { origin, user: USER, secret: SECRET };
  return diagnose(
    {
      host: url.host,
      paths: [{ name: 'ingress', origin: url, ...(isSignedIn && { credential }) }],
      publish: { repository: 'team/app', ...(reference && { reference }) },
    },
    { dial: { proxyFor: () => '' }, requestTimeoutMs: 5000 },
    PUBLISH_PROBES,
  );
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ code, message }] }));
}

const CONFIG = JSON.stringify({ created: '2026-01-02T03:04:05Z', os: 'linux' });
const DIGEST = (text: string): string =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`;
const TYPE = 'application/vnd.oci.image.manifest.v1+json';
const MANIFEST = JSON.stringify({
  schemaVersion: 2,
  mediaType: TYPE,
  config: {
    mediaType: 'application/vnd.oci.image.config.v1+json',
    digest: DIGEST(CONFIG),
    size: CONFIG.length,
  },
  layers: [],
});

/** Has `team/app:v1`, and lets everybody who has a token push. */
const healthy: Answer = ({ method, url = '' }, response) => {
  if (method === 'POST') {
    response.writeHead(202, { Location: '/v2/team/app/blobs/uploads/1' }).end();
  } else if (url.includes('/manifests/v1')) {
    response.writeHead(200, {
      'Content-Type': TYPE,
      'Content-Length': MANIFEST.length,
      'Docker-Content-Digest': DIGEST(MANIFEST),
    });
    response.end(method === 'HEAD' ? undefined : MANIFEST);
  } else if (url.includes('/manifests/')) {
    refuse(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  } else if (url.includes(DIGEST(CONFIG))) {
    response.writeHead(200, { 'Content-Length': CONFIG.length }).end(CONFIG);
  } else if (url.includes('/tags/list')) {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ name: 'team/app', tags: ['v1', 'v2'] }));
  } else {
    response.writeHead(method === 'DELETE' ? 204 : 404).end();
  }
};

test('tells what can be told of a registry that is none of Gitea, and names what cannot', async () => {
  const server = await registry(healthy);
  const found = await look(server, 'v1');
  expect(verdicts(found)).toEqual([
    'REG312 skip',
    'REG321 pass',
    'REG913 pass',
    'REG724 pass',
    'REG917 skip',
    'REG330 pass',
    'REG323 skip',
  ]);
  expect(resultOf(found, 'REG321').observed).toBe(`'${USER}' may push to 'team/app'`);
  expect(resultOf(found, 'REG913').observed).toBe("'team/app' exists, with 2 tags");
  expect(resultOf(found, 'REG724').observed).toMatch(/bytes, built 2026-01-02T03:04:05Z$/);
  expect(server.requests).toContain('DELETE /v2/team/app/blobs/uploads/1');
  expect(server.requests.filter((line) => /api.v1.(user|packages|orgs)/.test(line))).toEqual([]);
});

test('a tag that is not there is no fault', async () => {
  const found = await look(await registry(healthy), 'v9');
  expect(found.cause).toBeNull();
  expect(resultOf(found, 'REG724').observed).toBe("there is no tag 'v9' yet");
});

test.each([
  ['permission_denied: write_package', /exists, and neither the account/, /role Write/],
  [
    'permission_denied: The token provided does not match expected scopes.',
    /no scope write:packages/,
    /personal access token \(classic\)/,
  ],
  [
    'installation not allowed to Create organization package',
    /may create no package/,
    /packages: write/,
  ],
  ['something nobody has seen', /'DENIED something nobody has seen'/, /may write this image/],
])('a push refused with %p is explained', async (message, observed, fix) => {
  const server = await registry((request, response) =>
    request.method === 'POST'
      ? refuse(response, 403, 'DENIED', message)
      : healthy(request, response),
  );
  const found = await look(server);
  expect(found.cause).toEqual({ code: 'REG321' });
  expect(resultOf(found, 'REG321')).toMatchObject({
    observed: expect.stringMatching(observed),
    fix: { text: expect.stringMatching(fix) },
    note: expect.stringContaining('Login Succeeded'),
  });
});

test('a credential its token server refuses is told as such', async () => {
  const server = await tokenRegistry(servers, {
    challenge: CHALLENGE,
    token: ({ headers }, response) =>
      headers.authorization === undefined
        ? response.end('{"token":"t","expires_in":3600}')
        : refuse(response, 403, 'DENIED', 'denied'),
    answer: healthy,
  });
  const found = await look(server);
  expect(found.cause).toEqual({ code: 'REG312' });
});

test('a registry without accounts lets everybody push', async () => {
  const server = await servers.http((request, response) => {
    request.resume();
    response.setHeader('Docker-Distribution-Api-Version', 'registry/2.0');
    if (request.url === '/v2/') {
      response.end('{}');
    } else {
      healthy(request, response);
    }
  });
  const found = await look(server, undefined, false);
  expect(found.cause).toBeNull();
  expect(resultOf(found, 'REG321').observed).toBe("everybody may push to 'team/app'");
});

test('knows no meaning for what no registry says', () => {
  expect(denialOf("'reqPackageAccess'")).toBeUndefined();
});
