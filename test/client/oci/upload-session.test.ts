import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ClientError } from '../../../src/client/error';
import { bodyOf } from '../../../src/client/http/message';
import { digestOf } from '../../../src/client/oci/digest';
import { LocalServers, rejection } from '../http/local-servers';
import type { SeededForge } from '../packages/seeded-forge';
import { openSessions, publisher, proxiedForge } from './forge-clients';
import { clientOf } from './token-registry';

const servers = new LocalServers();
const SESSION = '/v2/a/b/blobs/uploads/1';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A registry of another make: how it answers a method is told, the rest is as the OCI spec has it. */
async function registryWith(how: { readonly [method: string]: Handler }) {
  const bodies: string[] = [];
  const usual: { readonly [method: string]: Handler } = {
    POST: (_request, response) => response.writeHead(202, { Location: SESSION }).end(),
    PATCH: (_request, response) => response.writeHead(202).end(),
    PUT: (_request, response) => response.writeHead(201).end(),
    DELETE: (_request, response) => response.writeHead(204).end(),
    HEAD: (_request, response) =>
      response.writeHead(404, { 'Content-Type': 'application/json' }).end(),
  };
  const registry = await servers.http((request, response) => {
    const handle = how[request.method!] ?? usual[request.method!];
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      bodies.push(`${request.method} ${body}`);
      handle(request, response);
    });
  });
  return { registry, bodies };
}

describe('where a session lies', () => {
  it.each([
    ['a path', '/v2/a/b/blobs/uploads/7?_state=x%3D%3D'],
    ['a whole URL', 'ORIGIN/v2/a/b/blobs/uploads/7?_state=x%3D%3D'],
    ['a URL with a user', 'http://user:pass@HOST/v2/a/b/blobs/uploads/7?_state=x%3D%3D'],
  ])('may be told as %s, and its query is kept', async (_form, location) => {
    const { registry } = await registryWith({
      POST: (_request, response) => {
        const told = location.replace('ORIGIN', registry.origin);
        const Location = told.replace('HOST', `127.0.0.1:${registry.port}`);
        response.writeHead(202, { Location }).end();
      },
      PATCH: (_request, response) =>
        response.writeHead(202, { Location: '/v2/a/b/blobs/uploads/8?_state=y' }).end(),
    });
    await clientOf(servers, registry).pushBlob('a/b', bodyOf('xyz'));
    expect(registry.requests).toEqual([
      'POST /v2/a/b/blobs/uploads/',
      'PATCH /v2/a/b/blobs/uploads/7?_state=x%3D%3D',
      `PUT /v2/a/b/blobs/uploads/8?_state=y&digest=${digestOf('xyz')}`,
    ]);
    expect(registry.headers.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  it('is not left for another origin, by no byte and no credential', async () => {
    const other = await servers.http((request, response) => {
      request.resume();
      response.writeHead(202).end();
    });
    for (const Location of [
      `${other.origin}/v2/a/b/blobs/uploads/7`,
      `//127.0.0.1:${other.port}/v2/x`,
      '/somewhere/else',
      '/v2/../api/x',
      undefined,
    ]) {
      const answer: Handler = (_request, response) =>
        response.writeHead(202, Location === undefined ? {} : { Location }).end();
      const first = await registryWith({ POST: answer });
      const error = await rejection<ClientError>(
        clientOf(servers, first.registry).pushBlob('a/b', bodyOf('xyz')),
      );
      expect(error.code).toBe('REG212');
      if (Location !== undefined) {
        const second = await registryWith({ PATCH: answer });
        const later = await rejection<ClientError>(
          clientOf(servers, second.registry).pushBlob('a/b', bodyOf('xyz')),
        );
        expect(later.code).toBe('REG212');
        expect(second.registry.requests.at(-1)).toBe(`DELETE ${SESSION}`);
      }
    }
    expect(other.requests).toEqual([]);
  });

  it('is not looked for behind a redirect, which would lose the body', async () => {
    const { registry } = await registryWith({
      PATCH: (_request, response) => response.writeHead(307, { Location: '/v2/elsewhere' }).end(),
    });
    const error = await rejection<ClientError>(
      clientOf(servers, registry).pushBlob('a/b', bodyOf('xyz')),
    );
    expect(error.facts.status).toBe(307);
    expect(registry.requests.at(-1)).toBe(`DELETE ${SESSION}`);
  });
});

describe('an answer that cannot be true', () => {
  it('before the body was sent ends the session', async () => {
    const registry = await servers.http(
      (request, response) => {
        request.resume();
        response.writeHead(request.method === 'POST' ? 202 : 204, { Location: SESSION }).end();
      },
      { expecting: (_request, response) => void response.writeHead(202).end() },
    );
    const client = clientOf(servers, registry, {
      transport: servers.transport({ retry: { attempts: 1 } }),
    });
    const error = await rejection<ClientError>(
      client.pushBlob('a/b', bodyOf(Buffer.alloc(2 * 1024 * 1024))),
    );
    expect(error.code).toBe('REG218');
    expect(registry.requests.at(-1)).toBe(`DELETE ${SESSION}`);
  });

  it('about the bytes it holds ends the session', async () => {
    const { registry } = await registryWith({
      PATCH: (_request, response) => response.writeHead(202, { Range: '0-1' }).end(),
    });
    const client = clientOf(servers, registry, {
      transport: servers.transport({ retry: { attempts: 1 } }),
    });
    const error = await rejection<ClientError>(client.pushBlob('a/b', bodyOf('xyz')));
    expect(error.message).toContain('holds 2 bytes of a blob after 3 were sent');
    expect(registry.requests.at(-1)).toBe(`DELETE ${SESSION}`);
  });

  it('about a mount is found out', async () => {
    const { registry } = await registryWith({
      POST: (_request, response) => response.writeHead(201).end(),
    });
    const options = { digest: digestOf('xyz'), mountFrom: 'a/c' };
    const error = await rejection<ClientError>(
      clientOf(servers, registry).pushBlob('a/b', bodyOf('xyz'), options),
    );
    expect(error.code).toBe('REG735');
  });
});

it('sends chunks with the range Gitea reads, without a unit', async () => {
  const { registry, bodies } = await registryWith({});
  await clientOf(servers, registry).pushBlob('a/b', bodyOf('abcde'), { chunkSize: 2 });
  expect(registry.headers.map((headers) => headers['content-range']).slice(1, 4)).toEqual([
    '0-1',
    '2-3',
    '4-4',
  ]);
  expect(bodies.slice(1, 4)).toEqual(['PATCH ab', 'PATCH cd', 'PATCH e']);
});

describe('a session by hand', () => {
  it.each(['1.22.6', '1.25.4', 'forgejo-11.0.2'])(
    'is opened, asked and ended (%s)',
    async (release) => {
      const forge: SeededForge = await proxiedForge({ release });
      const client = publisher(forge);
      const session = await client.startUpload('coulomb/app');
      expect(openSessions(forge)).toBe(1);
      const status = await client.uploadStatus(session);
      // Older ones say 0-0.
      expect(status?.received).toBe(release === '1.25.4' ? 0 : undefined);
      await client.cancelUpload(session);
      expect(openSessions(forge)).toBe(0);
      expect(await client.uploadStatus(session)).toBeUndefined();
      await client.cancelUpload(session);
    },
  );

  it('can be ended after an abort, and where no server is left', async () => {
    const forge = await proxiedForge();
    const abort = new AbortController();
    const client = publisher(forge, { signal: abort.signal });
    const session = await client.startUpload('coulomb/app');
    abort.abort();
    await client.cancelUpload(session);
    expect(openSessions(forge)).toBe(0);
    await forge.proxy.close();
    await client.cancelUpload(session);
  });
});

it('says whether a blob was mounted, and leaves no session where not', async () => {
  const forge = await proxiedForge();
  const client = publisher(forge);
  const { digest } = await client.pushBlob('coulomb/base', bodyOf('x'));
  expect(await client.mountBlob('coulomb/app', digest, 'coulomb/base')).toBe(true);
  expect((await client.headBlob('coulomb/app', digest))?.size).toBe(1);
  expect(await client.mountBlob('coulomb/app', digestOf('y'), 'coulomb/base')).toBe(false);
  expect(openSessions(forge)).toBe(0);
});
