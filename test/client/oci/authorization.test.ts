import type { ClientError } from '../../../src/client/error';
import { testCertificate } from '../../../src/testing/certificate';
import { LocalServers, rejection } from '../http/local-servers';
import {
  all,
  BASIC,
  clientOf,
  jwt,
  LATER,
  realmServer,
  SECRET,
  tokenRegistry,
} from './token-registry';

const servers = new LocalServers();
const OWN = 'Bearer realm="ORIGIN/token",service="reg istry"';

/** What each request showed, by `METHOD path`. */
function shown({
  requests,
  headers,
}: {
  requests: string[];
  headers: { authorization?: string }[];
}) {
  return requests.map((line, at) => `${line.split('?')[0]} ${headers[at].authorization ?? '-'}`);
}

const tags = (client: { tags(name: string): AsyncIterable<string> }, name = 'coulomb/app') =>
  all(client.tags(name));

describe('a registry that gives its tokens itself', () => {
  it('gets the credential at its realm and its token everywhere else', async () => {
    const registry = await tokenRegistry(servers, { challenge: OWN });
    const client = clientOf(servers, registry);
    await tags(client);
    await tags(client);
    expect(shown(registry)).toEqual([
      'GET /v2/coulomb/app/tags/list -',
      `GET /token ${BASIC}`,
      'GET /v2/coulomb/app/tags/list Bearer token-1',
      'GET /v2/coulomb/app/tags/list Bearer token-1',
    ]);
    expect(registry.requests[1]).toBe(
      'GET /token?service=reg+istry&scope=repository%3Acoulomb%2Fapp%3Apull',
    );
  });

  it('is asked for a token anonymously where there is no credential', async () => {
    const registry = await tokenRegistry(servers, { challenge: OWN });
    await tags(clientOf(servers, registry, { credential: undefined }));
    expect(shown(registry)[1]).toBe('GET /token -');
  });

  it('never gets the credential of another origin', async () => {
    const registry = await tokenRegistry(servers, { challenge: [OWN, 'Basic realm="x"'] });
    const credential = { origin: 'https://git.example.org', user: 'u', secret: SECRET };
    await tags(clientOf(servers, registry, { credential }));
    expect(shown(registry).join()).not.toContain('Basic');
  });

  it('gives a token for each image, and one for all where it asks for the scope *', async () => {
    for (const [challenge, expected] of [
      [OWN, 2],
      [`${OWN},scope="*"`, 1],
    ] as const) {
      const registry = await tokenRegistry(servers, { challenge });
      const client = clientOf(servers, registry);
      await tags(client, 'coulomb/app');
      await tags(client, 'coulomb/web');
      expect(registry.requests.filter((line) => line.includes('/token'))).toHaveLength(expected);
    }
  });

  it('gets the scopes it names itself beside ours', async () => {
    const challenge = `${OWN},scope="registry:special:* repository:coulomb/app:pull"`;
    const registry = await tokenRegistry(servers, { challenge });
    await tags(clientOf(servers, registry));
    const { searchParams } = registry.url(registry.requests[1].split(' ')[1]);
    expect(searchParams.getAll('scope')).toEqual([
      'repository:coulomb/app:pull',
      'registry:special:*',
    ]);
  });

  it.each([
    ['at first', 1, 0],
    ['later', 1, 1],
    ['when it has run out', 2, 1],
  ])(
    'is asked for one token by requests that wait for it together (%s)',
    async (when, expected, before) => {
      const isShort = when === 'when it has run out';
      let given = 0;
      const registry = await tokenRegistry(servers, {
        challenge: OWN,
        token: (_request, response) => {
          given += 1;
          const seconds = isShort && given === 1 ? 1 : 3600;
          response.end(JSON.stringify({ token: `t${given}`, expires_in: seconds }));
        },
      });
      const client = clientOf(servers, registry);
      if (before > 0) {
        await tags(client);
      }
      await Promise.all([1, 2, 3].map(() => tags(client)));
      expect(given).toBe(expected);
    },
  );
});

describe('a token', () => {
  it.each([
    ['its exp', { token: jwt({ exp: LATER }) }, 1],
    ['its exp, whatever else the answer says', { token: jwt({ exp: 1 }), expires_in: 3600 }, 2],
    ['expires_in', { access_token: 'opaque', expires_in: 3600 }, 1],
    ['issued_at', { token: 'opaque', expires_in: 60, issued_at: '2001-01-01T00:00:00Z' }, 2],
    ['a minute when nobody says', { token: 'opaque' }, 1],
  ])('is used again as long as it lives, by %s', async (_by, document, expected) => {
    const registry = await tokenRegistry(servers, {
      challenge: OWN,
      token: (_request, response) => response.end(JSON.stringify(document)),
    });
    const client = clientOf(servers, registry);
    await tags(client);
    await tags(client);
    expect(registry.requests.filter((line) => line.includes('/token'))).toHaveLength(expected);
  });

  it.each([['bearer'], ['no']])(
    'that is no longer taken is renewed once, with %s challenge',
    async (which) => {
      let good = 'Bearer token-1';
      const registry = await tokenRegistry(servers, {
        challenge: OWN,
        takes: () => true,
        answer: (request, response) => {
          if (request.headers.authorization === good) {
            response.end('{"tags":[]}');
          } else {
            const isFirst = request.headers.authorization === undefined;
            const challenge = { 'WWW-Authenticate': OWN.replace('ORIGIN', registry.origin) };
            response.writeHead(401, isFirst || which === 'bearer' ? challenge : {}).end('no');
          }
        },
      });
      const client = clientOf(servers, registry);
      await tags(client);
      good = 'Bearer token-2';
      await tags(client);
      good = 'Bearer nobody has it';
      const error = await rejection<ClientError>(tags(client));
      expect(error.facts.status).toBe(401);
      expect(shown(registry).map((line) => line.replace(/.* /, ''))).toEqual([
        '-',
        BASIC.split(' ')[1],
        'token-1',
        'token-1',
        BASIC.split(' ')[1],
        'token-2',
        'token-2',
        BASIC.split(' ')[1],
        'token-3',
      ]);
    },
  );

  it('that lacks a right is not renewed', async () => {
    const registry = await tokenRegistry(servers, {
      challenge: OWN,
      takes: () => true,
      answer: (request, response) => {
        const challenge = request.headers.authorization
          ? 'Basic realm="Gitea Package API"'
          : OWN.replace('ORIGIN', registry.origin);
        response.writeHead(401, { 'WWW-Authenticate': challenge }).end('reqPackageAccess\n');
      },
    });
    const client = clientOf(servers, registry);
    await rejection(tags(client));
    await rejection(tags(client));
    expect(registry.requests.filter((line) => line.includes('/token'))).toHaveLength(1);
  });

  it.each([
    ['nothing', '{}'],
    ['what cannot stand in a header', '{"token":"a\\r\\nX-Evil: 1"}'],
    ['a page', '<html>'],
    ['null', 'null'],
  ])('is not made of %s', async (_what, body) => {
    const registry = await tokenRegistry(servers, {
      challenge: OWN,
      token: (_request, response) => response.end(body),
    });
    expect((await rejection<ClientError>(tags(clientOf(servers, registry)))).code).toBe('REG210');
  });
});

describe('a realm', () => {
  it.each([
    'https, http://127.0.0.1/v2/token',
    'x\\"y://127.0.0.1/v2/token',
    '',
    '/v2/token',
    'ftp://127.0.0.1/token',
  ])('%p is no place to ask for a token', async (realm) => {
    const registry = await tokenRegistry(servers, { challenge: `Bearer realm="${realm}"` });
    const error = await rejection<ClientError>(tags(clientOf(servers, registry)));
    expect(error.code).toBe('REG240');
    expect(registry.requests).toHaveLength(1);
  });

  it('of an https registry must speak https', async () => {
    const realm = await realmServer(servers);
    const certificate = testCertificate({ names: ['127.0.0.1'] });
    const registry = await servers.https(certificate, (_request, response) => {
      const challenge = `Bearer realm="${realm.origin}/token"`;
      response.writeHead(401, { 'WWW-Authenticate': challenge }).end();
    });
    const transport = servers.transport({ ca: certificate.ca });
    const allowedRealms = [`127.0.0.1:${realm.port}`];
    const client = clientOf(servers, registry, { transport, allowedRealms });
    expect((await rejection<ClientError>(tags(client))).code).toBe('REG240');
    expect(realm.requests).toEqual([]);
  });

  it('on another host gives a token without the credential', async () => {
    const realm = await realmServer(servers);
    const registry = await tokenRegistry(servers, {
      challenge: `Bearer realm="${realm.origin}/token"`,
    });
    await tags(clientOf(servers, registry));
    expect(shown(realm)).toEqual(['GET /token -']);
    expect(shown(registry)).toEqual([
      'GET /v2/coulomb/app/tags/list -',
      'GET /v2/coulomb/app/tags/list Bearer token-1',
    ]);
  });

  it.each([
    ['the registry refuses its token', 200, 401],
    ['the registry forbids', 200, 403],
    ['it refuses itself', 401, 401],
  ])('on another host is named when %s', async (_when, ofRealm, ofRegistry) => {
    const realm = await servers.http((_request, response) => {
      response.writeHead(ofRealm).end('{"token":"t"}');
    });
    const registry = await tokenRegistry(servers, {
      challenge: '',
      takes: () => true,
      answer: (request, response) => {
        const challenge = { 'WWW-Authenticate': `Bearer realm="${realm.origin}/token"` };
        const isFirst = request.headers.authorization === undefined;
        response.writeHead(isFirst ? 401 : ofRegistry, isFirst ? challenge : {}).end();
      },
    });
    const error = await rejection<ClientError>(tags(clientOf(servers, registry)));
    expect(error.code).toBe('REG241');
    expect(error.message).toContain(`--allow-realm 127.0.0.1:${realm.port}`);
    expect(JSON.stringify([realm.headers, registry.headers])).not.toContain(BASIC);
  });

  it('on another host gets the credential where the host is allowed, and the registry its token', async () => {
    const realm = await realmServer(servers);
    const registry = await tokenRegistry(servers, {
      challenge: `Bearer realm="http://user:pass@127.0.0.1:${realm.port}/token"`,
    });
    await tags(clientOf(servers, registry, { allowedRealms: [`127.0.0.1:${realm.port}`] }));
    expect(shown(realm)).toEqual([`GET /token ${BASIC}`]);
    expect(shown(registry)[1]).toBe('GET /v2/coulomb/app/tags/list Bearer token-1');
  });

  it('is another one on another port', async () => {
    const realm = await realmServer(servers);
    const registry = await tokenRegistry(servers, {
      challenge: `Bearer realm="${realm.origin}/token"`,
    });
    await tags(clientOf(servers, registry, { allowedRealms: ['127.0.0.1', '127.0.0.1:1'] }));
    expect(shown(realm)).toEqual(['GET /token -']);
  });

  it('that cannot be reached is named with its host', async () => {
    const registry = await tokenRegistry(servers, {
      challenge: 'Bearer realm="http://127.0.0.1:1/token"',
    });
    const error = await rejection<ClientError>(tags(clientOf(servers, registry)));
    expect(error.code).toBe('REG241');
    expect(error.message).toContain("'127.0.0.1:1'");
  });

  it('that redirects to another host takes the credential not there', async () => {
    const other = await realmServer(servers);
    const registry = await tokenRegistry(servers, {
      challenge: OWN,
      token: (_request, response) =>
        response.writeHead(307, { Location: `${other.origin}/token` }).end(),
    });
    await tags(clientOf(servers, registry));
    expect(shown(other)).toEqual(['GET /token -']);
  });

  it('is asked anew after it failed', async () => {
    let isUp = false;
    const registry = await tokenRegistry(servers, {
      challenge: OWN,
      token: (_request, response) =>
        isUp ? response.end('{"token":"t"}') : response.writeHead(500).end(),
    });
    const client = clientOf(servers, registry);
    await rejection(tags(client));
    isUp = true;
    expect(await tags(client)).toEqual([]);
  });
});

describe('signing in', () => {
  it('sends nothing to a registry that asks for nothing', async () => {
    const registry = await tokenRegistry(servers, { challenge: OWN, takes: () => true });
    await tags(clientOf(servers, registry));
    expect(shown(registry)).toEqual(['GET /v2/coulomb/app/tags/list -']);
  });

  it('uses Basic where that is asked for, from then on at once', async () => {
    const registry = await tokenRegistry(servers, {
      challenge: 'Basic realm="private"',
      takes: (authorization) => authorization === BASIC,
    });
    const client = clientOf(servers, registry);
    await tags(client);
    await tags(client);
    expect(shown(registry).map((line) => line.split(' ').at(-2) === 'Basic')).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('gives up where Basic is refused', async () => {
    const registry = await tokenRegistry(servers, {
      challenge: 'Basic realm="private"',
      takes: () => false,
    });
    const client = clientOf(servers, registry);
    expect((await rejection<ClientError>(tags(client))).facts.status).toBe(401);
    expect((await rejection<ClientError>(tags(client))).facts.status).toBe(401);
    expect(registry.requests).toHaveLength(3);
  });

  it('prefers a token where Basic is offered too', async () => {
    const registry = await tokenRegistry(servers, { challenge: `Basic realm="g", ${OWN}` });
    await tags(clientOf(servers, registry));
    expect(shown(registry)[1]).toBe(`GET /token ${BASIC}`);
    expect(shown(registry)[2]).toContain('Bearer token-1');
  });

  it('says that anonymous requests are not answered', async () => {
    const registry = await tokenRegistry(servers, {
      challenge: OWN,
      token: (_request, response) => response.writeHead(401).end(),
    });
    const client = clientOf(servers, registry, { credential: undefined });
    expect((await rejection<ClientError>(tags(client))).code).toBe('REG310');
  });

  it('says that the credential was lost on the way when Gitea gives a token for nobody', async () => {
    const registry = await tokenRegistry(servers, {
      challenge: OWN,
      token: (_request, response) =>
        response.end(JSON.stringify({ token: jwt({ exp: LATER, UserID: -1 }) })),
    });
    expect((await rejection<ClientError>(tags(clientOf(servers, registry)))).code).toBe('REG311');
    const anonymous = clientOf(servers, registry, { credential: undefined });
    expect(await tags(anonymous)).toEqual([]);
  });

  it('says nothing of the secret in any error', async () => {
    const registry = await tokenRegistry(servers, {
      challenge: OWN,
      token: (request, response) => response.writeHead(401).end(request.headers.authorization),
    });
    const error = await rejection<ClientError>(tags(clientOf(servers, registry)));
    expect(error.message).not.toContain(BASIC.split(' ')[1]);
    expect(error.message).not.toContain(SECRET);
  });
});
