import type { RequestListener } from 'node:http';
import { ClientError } from '../../src/client/error';
import type { Method } from '../../src/client/http/message';
import type { Surface } from '../../src/client/fingerprints/pattern';
import { refusal } from '../../src/client/refusal';
import { LocalServers, rejection } from './http/local-servers';

const servers = new LocalServers();

const TOKEN = '0123456789abcdef0123456789abcdef01234567';

/** The error for what a server answers. */
async function refused(
  listener: RequestListener,
  { method = 'GET' as Method, surface = 'v2' as Surface, path = '/v2/' } = {},
): Promise<ClientError> {
  const server = await servers.http(listener);
  const transport = servers.transport({ retry: { attempts: 1 } });
  const answer = await transport.send({ method, url: server.url(path) });
  return refusal(answer, { method, purpose: 'push the image', surface });
}

const text =
  (
    status: number,
    body: string,
    headers: { readonly [name: string]: string } = {},
  ): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'text/plain', ...headers });
    response.end(body);
  };

it('says what could not be done, who said so, what it means and what to do', async () => {
  const error = await refused(text(401, 'Failed to authenticate user\n'));
  expect(error).toBeInstanceOf(ClientError);
  expect(error.message).toBe(
    'cannot push the image: the registry answered 401: it does not know the token, or the password is wrong or needs a second factor; make a new access token with a package scope, and give it with its user name (REG312)',
  );
  expect(error.code).toBe('REG312');
  expect(error.facts).toMatchObject({ method: 'GET', status: 401, responder: 'gitea' });
  expect(error.facts.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v2\/$/);
});

it('shows what was said where the table does not know it', async () => {
  const error = await refused(text(418, 'short\tand \u001b[31mstout\u001b[0m\n'));
  expect(error.message).toMatch(
    /^cannot push the image: an unknown server or proxy answered 418, 'short and stout': .*\(REG210\)$/,
  );
});

it.each([
  ['in a text', TOKEN],
  ['in a message', JSON.stringify({ message: `token ${TOKEN}`, url: 'x' })],
  ['in a title', `<html><title>${TOKEN}</title>`],
])('hides a credential %s', async (_, body) => {
  const error = await refused(text(418, body));
  expect(error.message).not.toContain(TOKEN);
  expect(error.message).toContain('‹redacted›');
});

it('hides a credential in what it was led to', async () => {
  const location = `https://user:${TOKEN}@sso.example.org/x`;
  const error = await refused(text(308, '', { Location: location }), { method: 'POST' });
  expect(error.message).not.toContain(TOKEN);
  expect(error.code).toBe('REG219');
});

it('names the title of a page, not the page', async () => {
  const error = await refused(
    text(403, `<html><head><title>Sign\nin</title></head>${'x'.repeat(5000)}`, {
      'Content-Type': 'text/html',
    }),
  );
  expect(error.message).toMatch(
    /something in front of the registry answered 403, an HTML page titled 'Sign in': .*\(REG217\)$/,
  );
  expect(error.message.length).toBeLessThan(400);
});

it('reads HEAD by its headers', async () => {
  const head: RequestListener = (_request, response) => {
    response.writeHead(404, { 'Content-Length': '11' });
    response.end();
  };
  const error = await refused(head, { method: 'HEAD', path: '/v2/nobody/x/manifests/v1' });
  expect(error.code).toBe('REG320');
});

it.each([
  [500, {}, 'an unknown server or proxy answered 500: status and headers do not tell', 'REG210'],
  [503, {}, 'an unknown server or proxy answered 503: a proxy has no ready backend', 'REG560'],
  [
    403,
    { 'Content-Type': 'text/html', Server: 'cloudflare' },
    'Cloudflare answered 403: a page came in place of data',
    'REG452',
  ],
  [403, { 'Content-Length': '9' }, 'Traefik answered 403: its ipAllowList middleware', 'REG218'],
] as const)(
  'says of %i to HEAD (%j) what is proven, and no body',
  async (status, sent, words, code) => {
    const error = await refused(
      (_request, response) => response.writeHead(status, { ...sent }).end(),
      { method: 'HEAD', path: '/v2/a/b/blobs/sha256:00' },
    );
    expect(error.message).toMatch(`cannot push the image: ${words}`);
    expect(error.code).toBe(code);
  },
);

it.each([
  [504, 'PATCH', true],
  [502, 'DELETE', true],
  [504, 'GET', false],
  [413, 'PUT', false],
] as const)(
  'says whether %i to %s leaves it open what was done',
  async (status, method, isUncertain) => {
    const error = await refused(text(status, 'x'), { method });
    expect(error.facts.isUncertain).toBe(isUncertain);
  },
);

it('needs no body that ends', async () => {
  const cut: RequestListener = (_request, response) => {
    response.writeHead(503, { 'Content-Length': '100' });
    response.write('no');
    setImmediate(() => response.destroy());
  };
  expect((await refused(cut)).code).toBe('REG560');
});

it('ends with the signal of the request', async () => {
  const stop = new AbortController();
  const server = await servers.http((_request, response) => {
    response.writeHead(500);
    response.write('begun');
  });
  const url = server.url();
  const answer = await servers.transport().send({ method: 'GET', url, signal: stop.signal });
  const reading = rejection(refusal(answer, { method: 'GET', purpose: 'x', surface: 'v2' }));
  stop.abort(new Error('enough'));
  expect((await reading).message).toBe('enough');
});
