import { Readable } from 'node:stream';
import type { GenericDownload } from '../../../src/client/generic/download';
import { GenericClient } from '../../../src/client/generic/generic-client';
import { bodyOf } from '../../../src/client/http/message';
import { LocalServers, rejection } from '../http/local-servers';
import { SeededForge } from '../packages/seeded-forge';

const RELEASES = ['1.22.6', '1.24.7', '1.25.4', 'forgejo-11.0.2'];

const REFERENCE = { owner: 'coulomb', name: 'tool+x', version: '1 0@a' };

const FILE = 'f [1]+%25@.txt';

const servers = new LocalServers();

/** A download with its bytes as text. */
async function read(download: GenericDownload): Promise<object> {
  if (download.kind === 'beyond-end') {
    return download;
  }
  const { lastModified, body, ...rest } = download;
  expect(lastModified === undefined || !Number.isNaN(Date.parse(lastModified))).toBe(true);
  const chunks: Buffer[] = [];
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
  }
  return { ...rest, text: Buffer.concat(chunks).toString() };
}

describe.each(RELEASES)('a generic file on %s', (release) => {
  it('is put once, read whole or in part, and deleted once', async () => {
    const forge = await SeededForge.start({ release });
    const client = new GenericClient(forge.target('publisher', 'write'));
    expect(await client.head(REFERENCE, FILE)).toBeUndefined();
    expect(await client.put(REFERENCE, FILE, bodyOf('hello world'))).toBe('created');
    expect(await client.put(REFERENCE, FILE, bodyOf('hello world'))).toBe('exists');
    expect(await client.head(REFERENCE, FILE)).toMatchObject({ size: 11 });
    const get = async (range?: object): Promise<object> =>
      read(await client.get(REFERENCE, FILE, range));
    expect(await get()).toEqual({ kind: 'whole', length: 11, text: 'hello world' });
    expect(await get({ from: 6 })).toEqual({
      kind: 'part',
      from: 6,
      to: 10,
      total: 11,
      text: 'world',
    });
    expect(await get({ from: 2, to: 4 })).toEqual({
      kind: 'part',
      from: 2,
      to: 4,
      total: 11,
      text: 'llo',
    });
    expect(await get({ from: 8, to: 99 })).toMatchObject({ to: 10, text: 'rld' });
    expect(await get({ from: 11 })).toEqual({ kind: 'beyond-end', total: 11 });
    expect(await client.deleteFile(REFERENCE, FILE)).toBe('deleted');
    expect(await client.deleteFile(REFERENCE, FILE)).toBe('absent');
  });

  it('may be empty', async () => {
    const forge = await SeededForge.start({ release });
    const client = new GenericClient(forge.target('publisher', 'write'));
    expect(await client.put(REFERENCE, FILE, bodyOf(''))).toBe('created');
    expect(await client.head(REFERENCE, FILE)).toMatchObject({ size: 0 });
    expect(await read(await client.get(REFERENCE, FILE))).toMatchObject({ length: 0, text: '' });
  });

  it('goes with its version', async () => {
    const forge = await SeededForge.start({ release });
    const client = new GenericClient(forge.target('publisher', 'write'));
    await client.put(REFERENCE, 'a', bodyOf('1'));
    await client.put(REFERENCE, 'b', bodyOf('2'));
    expect(await client.deleteVersion(REFERENCE)).toBe('deleted');
    expect(await client.deleteVersion(REFERENCE)).toBe('absent');
    expect(await client.head(REFERENCE, 'a')).toBeUndefined();
  });
});

describe('a refusal', () => {
  it.each<[string, (forge: SeededForge) => Promise<unknown>, RegExp]>([
    [
      'of a missing file names it',
      (forge) => new GenericClient(forge.target('root')).get(REFERENCE, 'nope'),
      /^cannot get 'coulomb\/tool\+x@1 0@a\/nope': .*has no such file.*\(REG913\)$/,
    ],
    [
      'of a missing version says so',
      (forge) => new GenericClient(forge.target('root')).get({ ...REFERENCE, version: '9' }, 'f'),
      /no such package or version.*\(REG913\)$/,
    ],
    [
      'of an unknown owner says so',
      (forge) =>
        new GenericClient(forge.target('root')).get({ ...REFERENCE, owner: 'nobody' }, 'f'),
      /the owner is unknown.*\(REG320\)$/,
    ],
    [
      'of a token that may read only says what it needs',
      (forge) =>
        new GenericClient(forge.target('publisher', 'read')).put(REFERENCE, 'g', bodyOf('')),
      /may not write packages of the owner.*write:package.*\(REG321\)$/,
    ],
    [
      'of a stranger says so, also to HEAD',
      (forge) =>
        new GenericClient(forge.target('stranger')).head({ ...REFERENCE, owner: 'mosaic' }, 'f'),
      /may not read the packages of the owner.*\(REG323\)$/,
    ],
    [
      'of a file too large names the limit',
      (forge) => {
        forge.gitea.configure({ sizeLimits: { generic: 3 } });
        return new GenericClient(forge.target('owner')).put(REFERENCE, 'g', bodyOf('1234'));
      },
      /larger than LIMIT_SIZE.*\(REG460\)$/,
    ],
    [
      'of a full owner names the limits',
      (forge) => {
        forge.gitea.configure({ totalOwnerSize: 3 });
        return new GenericClient(forge.target('owner')).put(REFERENCE, 'g', bodyOf('1234'));
      },
      /used up LIMIT_TOTAL_OWNER_SIZE.*storage quota.*\(REG461\)$/,
    ],
    [
      'of a lost file tells how it comes back',
      (forge) => {
        forge.gitea.state.blobs.clear();
        return new GenericClient(forge.target('root')).get(REFERENCE, 'f');
      },
      /gone from the store.*\(REG735\)$/,
    ],
  ])('%s', async (_, act, message) => {
    const forge = await SeededForge.start();
    await new GenericClient(forge.target('root')).put(REFERENCE, 'f', bodyOf('hello'));
    expect((await rejection(act(forge))).message).toMatch(message);
  });

  it.each([
    [
      'put',
      (client: GenericClient) => client.put({ ...REFERENCE, version: 'latest' }, 'f', bodyOf('')),
    ],
    ['get', (client: GenericClient) => client.get({ ...REFERENCE, name: 'a b' }, 'f')],
    ['head', (client: GenericClient) => client.head(REFERENCE, '..')],
    ['delete a file', (client: GenericClient) => client.deleteFile(REFERENCE, 'a/b')],
    [
      'delete a version',
      (client: GenericClient) => client.deleteVersion({ ...REFERENCE, version: '' }),
    ],
  ])('to %s under a name no server takes comes before a request', async (_, act) => {
    const forge = await SeededForge.start();
    const error = await rejection(act(new GenericClient(forge.target('root'))));
    expect(error.message).toMatch(/\(REG920\)$/);
    expect(forge.arrived()).toEqual([]);
  });

  it('is taken back when latest is meant', async () => {
    const forge = await SeededForge.start();
    const client = new GenericClient(forge.target('root'), { isLatestMeant: true });
    expect(await client.put({ ...REFERENCE, version: 'latest' }, 'f', bodyOf(''))).toBe('created');
  });

  it('is no file when a page for browsers comes', async () => {
    const forge = await SeededForge.start();
    forge.proxy.set({
      answer: {
        status: 200,
        headers: [['Content-Type', 'text/html']],
        body: '<title>Sign in</title>',
      },
    });
    const client = new GenericClient(forge.target('root', 'all', forge.proxy));
    await expect(client.get(REFERENCE, 'f')).rejects.toThrow(/titled 'Sign in'.*\(REG217\)$/);
    await expect(client.head(REFERENCE, 'f')).rejects.toThrow(/\(REG21[78]\)$/);
  });
});

describe('a put whose answer is lost', () => {
  it('is repeated where the bytes can be, and finds the file', async () => {
    const forge = await SeededForge.start();
    forge.proxy.set({
      breakOff: { at: 'answer', match: ({ method }) => method === 'PUT', times: 1 },
    });
    const client = new GenericClient(forge.target('root', 'all', forge.proxy));
    expect(await client.put(REFERENCE, 'f', bodyOf('x'))).toBe('exists');
  });

  it('is uncertain where they cannot', async () => {
    const forge = await SeededForge.start();
    forge.proxy.set({
      breakOff: { at: 'answer', match: ({ method }) => method === 'PUT', times: 1 },
    });
    const client = new GenericClient(forge.target('root', 'all', forge.proxy));
    const body = { length: 1, open: () => Readable.from([Buffer.from('x')]) };
    const error = await rejection(client.put(REFERENCE, 'f', body));
    expect(error).toMatchObject({ facts: { isUncertain: true } });
  });
});

describe('a download', () => {
  const ANSWERS: {
    readonly [path: string]: readonly [number, { readonly [name: string]: string }, string];
  } = {
    shifted: [206, { 'Content-Range': 'bytes 1-3/9' }, 'abc'],
    ignored: [200, { 'Content-Length': '9' }, 'abcdefghi'],
    unasked: [206, { 'Content-Range': 'bytes 0-2/9' }, 'abc'],
    store: [
      403,
      { 'Content-Type': 'application/xml' },
      '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
    ],
  };

  /** A client of a server that answers each file of {@link ANSWERS}, and cuts the file `cut`. */
  async function client() {
    const elsewhere = await servers.http(
      (_request, response) => void response.end('from the store'),
    );
    const server = await servers.http((request, response) => {
      const file = request.url!.split('/').at(-1)!;
      if (file === 'cut') {
        response.writeHead(200, { 'Content-Length': '9' });
        response.write('abc', () => response.destroy());
        return;
      }
      if (file === 'direct') {
        response.writeHead(303, { Location: `${elsewhere.origin}/presigned?x=1` });
        response.end();
        return;
      }
      const [status, headers, body] = ANSWERS[file];
      response.writeHead(status, headers);
      response.end(body);
    });
    const target = { origin: server.url(), transport: servers.transport() };
    const credential = { origin: server.origin, user: 'ci', secret: 'secret' };
    return { client: new GenericClient({ ...target, credential }), elsewhere, server };
  }

  it('of another part than was asked for is refused', async () => {
    const { client: generic } = await client();
    await expect(generic.get(REFERENCE, 'shifted', { from: 0, to: 2 })).rejects.toThrow(
      /\(REG218\)$/,
    );
  });

  it('of a part nobody asked for is refused', async () => {
    const { client: generic } = await client();
    await expect(generic.get(REFERENCE, 'unasked')).rejects.toThrow(/\(REG210\)$/);
  });

  it('says that the whole came in place of a part', async () => {
    const { client: generic } = await client();
    const download = await generic.get(REFERENCE, 'ignored', { from: 3 });
    expect(await read(download)).toEqual({ kind: 'whole', length: 9, text: 'abcdefghi' });
  });

  it('follows the server to an object store, without the credential', async () => {
    const { client: generic, elsewhere, server } = await client();
    const download = await generic.get(REFERENCE, 'direct', { from: 0 });
    expect(await read(download)).toMatchObject({ kind: 'whole', text: 'from the store' });
    expect(server.headers[0].authorization).toBeDefined();
    expect(elsewhere.headers[0].authorization).toBeUndefined();
    expect(elsewhere.headers[0].range).toBe('bytes=0-');
  });

  it('names an object store that refuses', async () => {
    const { client: generic } = await client();
    await expect(generic.get(REFERENCE, 'store')).rejects.toThrow(/AccessDenied.*\(REG712\)$/);
  });

  it('that ends too early says who ended it', async () => {
    const { client: generic } = await client();
    const error = await rejection(read(await generic.get(REFERENCE, 'cut')));
    expect(error.message).toMatch(/ended its answer to GET .* before it was complete.*\(REG210\)$/);
  });

  it('ends with the signal of the target', async () => {
    const { server } = await client();
    const stop = new AbortController();
    const endless = await servers.http((_request, response) => {
      response.writeHead(200, { 'Content-Length': '9' });
      response.write('abc');
    });
    expect(server.requests).toEqual([]);
    const target = { origin: endless.url(), transport: servers.transport(), signal: stop.signal };
    const reading = rejection(read(await new GenericClient(target).get(REFERENCE, 'f')));
    stop.abort(new Error('enough'));
    expect((await reading).message).toBe('enough');
  });

  it('that nobody reads on ends its connection', async () => {
    const endless = await servers.http((_request, response) => {
      response.writeHead(200, { 'Content-Length': '1000000000' });
      response.write(Buffer.alloc(100_000));
    });
    const target = { origin: endless.url(), transport: servers.transport() };
    const download = await new GenericClient(target).get(REFERENCE, 'f');
    expect(download.kind).toBe('whole');
    const closed = new Promise((resolve) => endless.sockets[0].once('close', resolve));
    (download as { body: Readable }).body.destroy();
    await closed;
  });
});

describe('a deletion whose answer is lost', () => {
  it.each(['file', 'version'] as const)('of a %s counts as done when it is gone', async (what) => {
    const forge = await SeededForge.start();
    const client = new GenericClient(forge.target('root', 'all', forge.proxy));
    await client.put(REFERENCE, 'f', bodyOf('x'));
    forge.proxy.set({ breakOff: { at: 'answer', match: ({ method }) => method === 'DELETE' } });
    const from = forge.gitea.requests.length;
    const deleted =
      what === 'file' ? client.deleteFile(REFERENCE, 'f') : client.deleteVersion(REFERENCE);
    expect(await deleted).toBe('deleted');
    expect(forge.arrived(from).filter((line) => line.startsWith('DELETE'))).toHaveLength(1);
  });
});
