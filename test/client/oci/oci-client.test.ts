import { gzipSync } from 'node:zlib';
import type { ClientError } from '../../../src/client/error';
import { bodyOf } from '../../../src/client/http/message';
import { digestOf } from '../../../src/client/oci/digest';
import type { Digest } from '../../../src/client/oci/digest';
import type { OciClient } from '../../../src/client/oci/oci-client';
import { LocalServers, rejection } from '../http/local-servers';
import { SeededForge } from '../packages/seeded-forge';
import { IMAGE_TYPE, imageOf, INDEX_TYPE, indexOf } from '../../testing/images';
import type { TestImage } from '../../testing/images';
import { arrived, proxiedForge, publisher } from './forge-clients';
import { all, clientOf } from './token-registry';

const servers = new LocalServers();
const REPOSITORY = 'coulomb/app';
const AMD = imageOf('amd64');
const ARM = imageOf('arm64');
const INDEX = { mediaType: INDEX_TYPE, bytes: indexOf(AMD, ARM) };

const manifestOf = ({ manifest }: TestImage) => ({ mediaType: IMAGE_TYPE, bytes: manifest });

async function pushParts(client: OciClient, image: TestImage, repository = REPOSITORY) {
  await client.pushBlob(repository, bodyOf(image.config), { digest: digestOf(image.config) });
  await client.pushBlob(repository, bodyOf(image.layer), { digest: digestOf(image.layer) });
}

/** Two images under their digests, and an index of them under a tag. */
async function pushIndex(client: OciClient, tag = 'v1') {
  for (const image of [AMD, ARM]) {
    await pushParts(client, image);
    await client.putManifest(REPOSITORY, digestOf(image.manifest), manifestOf(image));
  }
  return client.putManifest(REPOSITORY, tag, INDEX);
}

async function bytesOf(client: OciClient, digest: string): Promise<string> {
  const { stream } = await client.getBlob(REPOSITORY, digest);
  return Buffer.concat(await all<Buffer>(stream)).toString();
}

describe.each(['1.22.6', '1.23.8', '1.25.4', '1.26.0-dev', '1.26.1', 'forgejo-11.0.2'])(
  'a registry as of %s',
  (release) => {
    it('gives back what was pushed, and forgets what was deleted', async () => {
      const forge = await SeededForge.start({ release });
      const client = publisher(forge, forge.target('publisher', 'write'));
      await client.ping();
      const pushed = await pushIndex(client);
      expect(pushed.digest).toBe(digestOf(INDEX.bytes));
      await client.putManifest(REPOSITORY, 'Amd', manifestOf(AMD));

      expect(await all(client.tags(REPOSITORY))).toEqual(['amd', 'v1']);
      expect(await all(client.catalog())).toContain(REPOSITORY);
      expect(await client.headManifest(REPOSITORY, 'v1')).toEqual(pushed);
      const manifest = await client.getManifest(REPOSITORY, pushed.digest);
      expect(manifest.kind === 'index' && manifest.manifests).toHaveLength(2);
      expect(await bytesOf(client, digestOf(AMD.layer))).toBe('layer amd64');

      expect(await client.deleteManifest(REPOSITORY, 'amd')).toBe('deleted');
      expect(await client.deleteManifest(REPOSITORY, 'amd')).toBe('absent');
      expect(await client.headManifest(REPOSITORY, 'amd')).toBeUndefined();
      expect(await client.headBlob(REPOSITORY, digestOf('never'))).toBeUndefined();
      expect(await client.deleteBlob(REPOSITORY, digestOf('never'))).toBe('deleted');
      expect(await client.deleteManifest(REPOSITORY, pushed.digest)).toBe('deleted');
      expect(await all(client.tags(REPOSITORY))).toEqual([]);
    });
  },
);

describe('what is not there', () => {
  it.each([
    ['a tag', 'REG723', (client: OciClient) => client.getManifest(REPOSITORY, 'nope')],
    ['a blob', 'REG735', (client: OciClient) => client.getBlob(REPOSITORY, digestOf('nope'))],
    ['an image', 'REG913', (client: OciClient) => all(client.tags('coulomb/nope'))],
    ['an owner', 'REG320', (client: OciClient) => client.headManifest('nobody/app', 'v1')],
    [
      'an owner of a blob',
      'REG320',
      (client: OciClient) => client.headBlob('nobody/app', digestOf('')),
    ],
    [
      'an owner of a deleted tag',
      'REG320',
      (client: OciClient) => client.deleteManifest('nobody/app', 'v1'),
    ],
  ])('is told apart: %s is %s', async (_what, code, act) => {
    const forge = await proxiedForge();
    const client = publisher(forge);
    await pushIndex(client);
    expect((await rejection<ClientError>(act(client))).code).toBe(code);
  });
});

describe('a manifest that is refused', () => {
  it.each(['1.25.4', '1.26.0-dev', 'forgejo-11.0.2'])(
    'names the parts that are missing (%s)',
    async (release) => {
      const forge = await proxiedForge({ release });
      const client = publisher(forge);
      await client.pushBlob(REPOSITORY, bodyOf(AMD.config));
      const layer = await rejection<ClientError>(
        client.putManifest(REPOSITORY, 'v1', manifestOf(AMD)),
      );
      expect(layer.code).toBe('REG475');
      expect(layer.message).toContain(
        `cannot push 'coulomb/app:v1': layer ${digestOf(AMD.layer)} is missing under this image name: push it there first`,
      );
      await client.pushBlob(REPOSITORY, bodyOf(AMD.layer));
      await client.putManifest(REPOSITORY, digestOf(AMD.manifest), manifestOf(AMD));
      const child = await rejection<ClientError>(client.putManifest(REPOSITORY, 'v1', INDEX));
      expect(child.code).toBe('REG471');
      expect(child.message).toContain(
        `manifest ${digestOf(ARM.manifest)} of the index is missing under this image name`,
      );
      expect(child.message).not.toContain(digestOf(AMD.manifest));
      expect(layer.message.includes('move to 1.25.3')).toBe(release === '1.26.0-dev');
    },
  );

  it('names a layer of another size, and an index in an index', async () => {
    const forge = await proxiedForge({ release: '1.26.0-dev' });
    const client = publisher(forge);
    const index = await pushIndex(client);
    const size = AMD.manifest.toString().replace(`"size":${AMD.layer.length}}`, '"size":99}');
    const wrong = { mediaType: IMAGE_TYPE, bytes: Buffer.from(size) };
    expect((await rejection(client.putManifest(REPOSITORY, 'v1', wrong))).message).toContain(
      `layer ${digestOf(AMD.layer)} has ${AMD.layer.length} bytes, not 99`,
    );
    const nested = JSON.stringify({ schemaVersion: 2, mediaType: INDEX_TYPE, manifests: [index] });
    const error = await rejection(
      client.putManifest(REPOSITORY, 'v1', { mediaType: INDEX_TYPE, bytes: Buffer.from(nested) }),
    );
    expect(error.message).toContain(`the index holds another index, ${index.digest}`);
  });

  it('without a fault in its parts is what the server says', async () => {
    const forge = await proxiedForge();
    const client = publisher(forge);
    const bytes = Buffer.from('{"schemaVersion":1}');
    const error = await rejection<ClientError>(
      client.putManifest(REPOSITORY, 'v1', { mediaType: IMAGE_TYPE, bytes }),
    );
    expect(error.facts.status).toBe(501);
  });

  it('is refused before a request where its digest or size says so', async () => {
    const forge = await proxiedForge();
    const client = publisher(forge);
    const big = { mediaType: IMAGE_TYPE, bytes: Buffer.alloc(10 * 1024 * 1024 + 1) };
    expect((await rejection<ClientError>(client.putManifest(REPOSITORY, 'v1', big))).code).toBe(
      'REG471',
    );
    const other = client.putManifest(REPOSITORY, digestOf('x'), manifestOf(AMD));
    expect((await rejection<ClientError>(other)).code).toBe('REG475');
    expect(forge.proxy.requests).toEqual([]);
  });
});

describe('on a way that breaks things', () => {
  let forge: SeededForge;
  let client: OciClient;
  beforeEach(async () => {
    forge = await proxiedForge();
    client = publisher(forge);
    await pushIndex(client);
    forge.proxy.forgetRequests();
  });

  it('a manifest is put again when its answer is lost', async () => {
    forge.proxy.set({ breakOff: { at: 'answer', times: 1 } });
    expect((await client.putManifest(REPOSITORY, 'v2', INDEX)).digest).toBe(digestOf(INDEX.bytes));
    expect(await all(client.tags(REPOSITORY))).toEqual(['v1', 'v2']);
  });

  it('a tag whose deletion was not answered is looked for, and counts as deleted', async () => {
    forge.proxy.set({ breakOff: { at: 'answer', times: 1 } });
    expect(await client.deleteManifest(REPOSITORY, 'v1')).toBe('deleted');
    expect(arrived(forge)).toEqual([
      'DELETE /v2/coulomb/app/manifests/v1',
      'HEAD /v2/coulomb/app/manifests/v1',
    ]);
  });

  it.each([
    ['other bytes under a digest', { flippedByte: {} }, 'REG218'],
    ['another digest', { contentDigest: { value: digestOf('x') } }, 'REG218'],
  ])('%s is no manifest', async (_what, fault, code) => {
    forge.proxy.set(fault);
    expect((await rejection<ClientError>(client.getManifest(REPOSITORY, 'v1'))).code).toBe(code);
    const put = rejection<ClientError>(client.putManifest(REPOSITORY, 'v2', INDEX));
    if ('contentDigest' in fault) {
      expect((await put).code).toBe('REG475');
    } else {
      await put.catch(() => undefined);
    }
  });

  it('a manifest by digest is compared with that digest, whatever the answer names', async () => {
    const wrong = digestOf('x');
    forge.proxy.set({ contentDigest: { value: wrong } });
    const found = await client.getManifest(REPOSITORY, digestOf(AMD.manifest));
    expect(found.descriptor.digest).toBe(digestOf(AMD.manifest));
  });

  it.each([['Docker-Content-Digest'], ['Content-Type']])(
    'HEAD without %s reads the manifest',
    async (name) => {
      forge.proxy.set({
        responseHeaders: { strip: [name], match: ({ method }) => method === 'HEAD' },
      });
      expect((await client.headManifest(REPOSITORY, 'v1'))?.digest).toBe(digestOf(INDEX.bytes));
    },
  );

  it('HEAD of a blob without a length is no answer', async () => {
    forge.proxy.set({ responseHeaders: { strip: ['Content-Length'] } });
    const error = await rejection<ClientError>(client.headBlob(REPOSITORY, digestOf(AMD.layer)));
    expect(error.code).toBe('REG218');
  });

  it.each(['close', 'reset', 'complete'] as const)(
    'a blob that is cut (%s) fails before its end',
    async (how) => {
      forge.proxy.set({ responseCut: { afterBytes: 3, how } });
      const size = AMD.layer.length;
      const { stream } = await client.getBlob(REPOSITORY, digestOf(AMD.layer), size);
      const error = await rejection<ClientError>(all(stream));
      expect(error.code).toBe(how === 'complete' ? 'REG735' : 'REG210');
    },
  );

  it('an endless manifest is not read to its end', async () => {
    const registry = await servers.http((_request, response) => {
      response.writeHead(200, { 'Content-Type': IMAGE_TYPE });
      const fill = (): void => {
        while (response.write(Buffer.alloc(65536, 32)));
      };
      response.on('drain', fill);
      fill();
    });
    const error = await rejection<ClientError>(
      clientOf(servers, registry).getManifest('a/b', 'v1'),
    );
    expect(error.message).toContain('more than 10 MiB');
  });

  it('a page in place of a manifest is none', async () => {
    const page = gzipSync('x');
    const registry = await servers.http((_request, response) => response.end(page));
    const error = await rejection<ClientError>(
      clientOf(servers, registry).getManifest('a/b', 'v1'),
    );
    expect(error.code).toBe('REG471');
  });
});

describe('a registry that redirects to its object store', () => {
  const layer = Buffer.from('a layer');

  async function redirecting(location: string) {
    const registry = await servers.http((request, response) => {
      if (request.headers.authorization === undefined) {
        const challenge = { 'WWW-Authenticate': 'Basic realm="r"' };
        response.writeHead(401, challenge).end();
      } else {
        response.writeHead(307, { Location: location }).end();
      }
    });
    return clientOf(servers, registry);
  }

  it('has its blobs read there, without the credential', async () => {
    const store = await servers.http((_request, response) => response.end(layer));
    const client = await redirecting(`${store.origin}/bucket/x?X-Amz-Signature=s`);
    const { stream } = await client.getBlob('a/b', digestOf(layer));
    expect(Buffer.concat(await all<Buffer>(stream))).toEqual(layer);
    expect(store.requests).toEqual(['GET /bucket/x?X-Amz-Signature=s']);
    expect(store.headers[0].authorization).toBeUndefined();
  });

  it('never answers a challenge of the store', async () => {
    const store = await servers.http((_request, response) => {
      const challenge = `Bearer realm="http://127.0.0.1:1/steal", Basic realm="x"`;
      response.writeHead(401, { 'WWW-Authenticate': challenge }).end();
    });
    const client = await redirecting(`${store.origin}/x`);
    const error = await rejection<ClientError>(client.getBlob('a/b', digestOf(layer)));
    expect(error.code).toBe('REG712');
    expect(store.requests).toHaveLength(1);
  });

  it('is named when the store refuses, or cannot be reached', async () => {
    const store = await servers.http((_request, response) => response.writeHead(403).end());
    for (const origin of [store.origin, 'http://127.0.0.1:1']) {
      const client = await redirecting(`${origin}/x?X-Amz-Signature=secret-signature`);
      const error = await rejection<ClientError>(client.getBlob('a/b', digestOf(layer)));
      expect(error.code).toBe('REG712');
      expect(error.message).toContain('SERVE_DIRECT');
      expect(error.message).not.toContain('secret-signature');
    }
  });
});

describe('a walk', () => {
  const short = (digest: string): string => digest.slice(7, 13);
  const walked = async (client: OciClient, reference = 'v1') =>
    (await all(client.walk(REPOSITORY, reference))).map(
      ({ descriptor, depth, isMissing, manifest }) =>
        `${depth} ${short(descriptor.digest)}${manifest ? ` ${manifest.kind}` : ''}${isMissing ? ' missing' : ''}`,
    );

  it('comes to everything below a reference, each once', async () => {
    const forge = await proxiedForge();
    const client = publisher(forge);
    const index = await pushIndex(client);
    const below = ({ config, layer, manifest }: TestImage) => [
      `1 ${short(digestOf(manifest))} image`,
      `2 ${short(digestOf(config))}`,
      `2 ${short(digestOf(layer))}`,
    ];
    expect(await walked(client)).toEqual([
      `0 ${short(index.digest)} index`,
      ...below(AMD),
      ...below(ARM),
    ]);
  });

  it('goes on past a manifest that is missing', async () => {
    const forge = await proxiedForge();
    const client = publisher(forge);
    await pushIndex(client);
    await client.deleteManifest(REPOSITORY, digestOf(AMD.manifest));
    expect((await walked(client))[1]).toBe(`1 ${short(digestOf(AMD.manifest))} missing`);
    const index = await client.getManifest(REPOSITORY, 'v1');
    const found = index.kind === 'index' && (await all(client.children(REPOSITORY, index)));
    expect(found && found.map(({ isMissing }) => isMissing)).toEqual([true, false]);
  });

  it('fails where its reference is missing', async () => {
    const forge = await proxiedForge();
    const client = publisher(forge);
    await pushIndex(client);
    expect((await rejection<ClientError>(walked(client, 'nope'))).code).toBe('REG723');
  });

  /** A registry of indexes, each of which names what is told. */
  async function indexes(children: (name: number) => readonly number[]) {
    const bytesOfName = (name: number): Buffer =>
      Buffer.from(
        JSON.stringify({
          schemaVersion: 2,
          mediaType: INDEX_TYPE,
          manifests: children(name).map((child) => ({
            mediaType: INDEX_TYPE,
            digest: digestOfName(child),
            size: 1,
          })),
        }),
      );
    const names = new Map<string, number>();
    const digestOfName = (name: number): Digest => {
      const digest = digestOf(bytesOfName(name));
      names.set(digest, name);
      return digest;
    };
    const registry = await servers.http((request, response) => {
      const name = names.get(request.url!.split('/').at(-1)!) ?? 0;
      response.writeHead(200, { 'Content-Type': INDEX_TYPE }).end(bytesOfName(name));
    });
    return { registry, client: clientOf(servers, registry) };
  }

  it('reads what several indexes name once', async () => {
    const { registry, client } = await indexes((name) => [[1, 2, 1], [2], []][name]);
    expect((await all(client.walk(REPOSITORY, 'v1'))).map(({ depth }) => depth)).toEqual([0, 1, 2]);
    expect(registry.requests).toHaveLength(3);
  });

  it('goes only so deep', async () => {
    const { client } = await indexes((name) => (name < 12 ? [name + 1] : []));
    expect((await rejection<ClientError>(all(client.walk(REPOSITORY, 'v1')))).code).toBe('REG471');
  });
});

describe.each([
  ['a sign-in', '<!DOCTYPE html><title>Sign in</title>', 'REG217'],
  [
    'the web interface',
    '<!DOCTYPE html><html data-theme="gitea-auto"><title>Gitea</title>',
    'REG212',
  ],
])('a page of %s with 200', (_, page, code) => {
  it.each([
    ['a ping', (client: OciClient) => client.ping()],
    ['the tags', (client: OciClient) => all(client.tags(REPOSITORY))],
    ['the catalog', (client: OciClient) => all(client.catalog())],
    ['a manifest by tag', (client: OciClient) => client.getManifest(REPOSITORY, 'v1')],
    [
      'a manifest by digest',
      (client: OciClient) => client.getManifest(REPOSITORY, digestOf(AMD.manifest)),
    ],
    ['the descriptor of a manifest', (client: OciClient) => client.headManifest(REPOSITORY, 'v1')],
  ])('is never taken for %s', async (__, read) => {
    const registry = await servers.http((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
    });
    const error = await rejection<ClientError>(read(clientOf(servers, registry)));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^cannot .* answered 200, an HTML page titled '/);
  });
});

it('takes a manifest for one, whatever type it came with', async () => {
  const registry = await servers.http((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(AMD.manifest);
  });
  const { descriptor } = await clientOf(servers, registry).getManifest(REPOSITORY, 'v1');
  expect(descriptor).toMatchObject({ mediaType: IMAGE_TYPE, digest: digestOf(AMD.manifest) });
});

it('takes the names of other registries where it is told to', async () => {
  const registry = await servers.http((_request, response) => response.end('{"tags":["v1"]}'));
  const client = clientOf(servers, registry, {}, { naming: 'oci' });
  expect(await all(client.tags('library/a__b'))).toEqual(['v1']);
  await rejection(all(clientOf(servers, registry).tags('library/a__b')));
  expect(registry.requests).toHaveLength(1);
});

it('shows no token in any error or record', async () => {
  const seen: unknown[] = [];
  const forge = await proxiedForge();
  const transport = servers.transport({ record: (exchange) => seen.push(exchange) });
  const client = publisher(forge, { transport });
  await pushIndex(client);
  seen.push(`${await rejection(client.getManifest(REPOSITORY, 'nope'))}`);
  const text = JSON.stringify(seen);
  const { secret } = forge.target('publisher', 'write').credential!;
  expect(text).not.toContain(secret);
  expect(text).not.toContain(Buffer.from(`publisher:${secret}`).toString('base64'));
  expect(text).not.toMatch(/eyJ[\w-]+\./);
});
