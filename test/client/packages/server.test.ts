import { FINGERPRINTS } from '../../../src/client/fingerprint';
import { PackagesClient } from '../../../src/client/packages/packages-client';
import { describeServer, hasFeature } from '../../../src/client/packages/server';
import type { ForgeServer } from '../../../src/client/packages/server';
import { CLOSED_PORT, LocalServers, rejection } from '../http/local-servers';
import { all, of, SeededForge } from './seeded-forge';

const servers = new LocalServers();

/** A client of a server that answers a few paths with JSON and everything else with 404. */
async function against(documents: { readonly [path: string]: unknown }) {
  const server = await servers.http((request, response) => {
    const document = documents[request.url ?? ''];
    response.writeHead(document === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(document ?? { message: 'not found' }));
  });
  const client = new PackagesClient({ origin: server.url(), transport: servers.transport() });
  return { client, requests: server.requests };
}

describe('the server', () => {
  it.each([
    ['1.25.4', 'gitea', 'Gitea 1.25.4'],
    ['forgejo-11.0.2', 'forgejo', 'Forgejo 11.0.2+gitea-1.22.0'],
  ])('behaving as %s is known by its version', async (release, product, described) => {
    const forge = await SeededForge.start({ release });
    const server = await forge.client().server();
    expect(server.product).toBe(product);
    expect(describeServer(server)).toBe(described);
    expect(server.version?.flavor).toBe(product);
  });

  it('is asked without the credential, once', async () => {
    const forge = await SeededForge.start();
    const client = forge.client();
    await Promise.all([client.server(), client.server()]);
    await client.server();
    expect(forge.arrived()).toEqual(['GET /api/v1/version']);
    expect(forge.gitea.requests[0].headers.map(([name]) => name)).not.toContain('Authorization');
  });

  it('is asked with the credential where nobody is answered who is not signed in', async () => {
    const forge = await SeededForge.start({ requireSignIn: true });
    expect((await forge.client('reader', 'read').server()).text).toBe('1.25.4');
    const anonymous = new PackagesClient(forge.anonymous());
    await expect(anonymous.server()).rejects.toThrow(/REQUIRE_SIGNIN_VIEW.*\(REG310\)$/);
  });

  it('is asked again after a failure', async () => {
    const forge = await SeededForge.start();
    forge.proxy.set({ breakOff: { at: 'request', times: 4 } });
    const client = forge.proxied();
    await expect(client.server()).rejects.toThrow(/\(REG210\)$/);
    expect((await client.server()).product).toBe('gitea');
  });

  it.each(['1.21.11-1', '1.22.0-dev', 'development'])(
    'that calls itself %s may be Forgejo, and is asked for that too',
    async (version) => {
      const { client, requests } = await against({ '/api/v1/version': { version } });
      expect((await client.server()).product).toBe('gitea');
      expect(requests).toEqual(['GET /api/v1/version', 'GET /api/forgejo/v1/version']);
    },
  );

  it('is Forgejo when only its own API says so', async () => {
    const { client } = await against({
      '/api/v1/version': { version: '1.20.5-0' },
      '/api/forgejo/v1/version': { version: '1.20.5-0' },
    });
    expect(await client.server()).toMatchObject({
      product: 'forgejo',
      version: { flavor: 'forgejo', number: '1.20.5' },
    });
  });

  it('has no version when its text is none', async () => {
    const { client } = await against({ '/api/v1/version': { version: 'development' } });
    expect(await client.server()).toEqual({ product: 'gitea', text: 'development' });
  });

  it('must say its version as a text', async () => {
    const { client } = await against({ '/api/v1/version': { version: 1 } });
    await expect(client.server()).rejects.toThrow(/'version' is 1, not a text.*\(REG910\)$/);
  });

  it('that routes only /v2 is told apart, with what to do', async () => {
    const server = await servers.http((_request, response) => {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end('404 page not found\n');
    });
    const client = new PackagesClient({ origin: server.url(), transport: servers.transport() });
    const error = await rejection(client.server());
    expect(error.message).toMatch(
      /^cannot read the version of the server: Traefik answered 404: .*routes only \/v2.*--registry.*--connect-to \(REG910\)$/,
    );
  });
});

describe('a feature', () => {
  const server = (number: string, preRelease = false): ForgeServer => ({
    product: 'gitea',
    text: number,
    version: { flavor: 'gitea', number, preRelease },
  });

  it.each<[string, ForgeServer, boolean | undefined]>([
    ['is there from its release on', server('1.24.0'), true],
    ['is not there before', server('1.23.9'), false],
    ['may be in a build on the way', server('1.24.0', true), undefined],
    ['may be in a build without a version', { product: 'gitea', text: 'x' }, undefined],
  ])('%s', (_, given, expected) => expect(hasFeature(given, 'linkApi')).toBe(expected));
});

it('rows the client decides by exist', () => {
  const ids = FINGERPRINTS.map(({ id }) => id);
  for (const id of [
    'sign-in-required',
    'no-token-seen',
    'api-route-missing',
    'package-missing',
    'repository-missing',
    'owner-unknown',
    'thing-missing',
    'repository-renamed',
    'owner-renamed',
    'invalid-argument',
    'file-missing',
  ]) {
    expect(ids).toContain(id);
  }
});

describe.each(['1.23.8', '1.25.4', 'forgejo-11.0.2'])(
  'a server like %s that hides its version',
  (release) => {
    it('is used by trying', async () => {
      const forge = await SeededForge.start({ release });
      await forge.put('tool', '1');
      await forge.put('tool2', '1');
      forge.proxy.set({
        answer: {
          status: 404,
          headers: [['Content-Type', 'text/plain']],
          body: 'hidden',
          match: ({ path }) => path.endsWith('/version'),
        },
      });
      const client = forge.proxied();
      expect(await all(client.versions(of('tool', 'generic')))).toHaveLength(1);
      expect(await all(client.versions(of('tool', 'generic')))).toHaveLength(1);
      const link = client.link(of('tool', 'generic'), 'state-hub');
      await (release === '1.23.8'
        ? expect(link).rejects.toThrow(/its API has no route for links.*\(REG911\)$/)
        : expect(link).resolves.toMatchObject({ kind: 'linked' }));
    });
  },
);

it('that takes no connection is no server that hides its version', async () => {
  const origin = new URL(`http://127.0.0.1:${CLOSED_PORT}`);
  const client = new PackagesClient({ origin, transport: servers.transport() });
  await expect(client.link(of('app'), 'state-hub')).rejects.toThrow(/\(REG113\)$/);
});
