import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import type { ClientError } from '../../../src/client/error';
import { DigestMeter, digestOf, isDigest } from '../../../src/client/oci/digest';
import { LocalServers, rejection } from '../http/local-servers';
import { clientOf } from './token-registry';

const servers = new LocalServers();

/** A registry whose one blob is what it is told to send; chunked unless a length is given. */
async function serving(chunks: readonly Uint8Array[], length?: number) {
  return servers.http((_request, response) => {
    if (length !== undefined) {
      response.setHeader('Content-Length', length);
    }
    response.flushHeaders();
    chunks.forEach((chunk) => response.write(chunk));
    response.end();
  });
}

/** What a reader got, and how it ended. */
async function read(stream: NodeJS.ReadableStream) {
  const got: Buffer[] = [];
  let error: unknown;
  try {
    for await (const chunk of stream) {
      got.push(chunk as Buffer);
    }
  } catch (caught) {
    error = caught;
  }
  return { bytes: Buffer.concat(got), error };
}

/** Waits until a connection is closed, in whatever way. */
async function closed(socket: Socket): Promise<void> {
  if (!socket.closed) {
    await new Promise((resolve) => socket.once('close', resolve));
  }
}

it('gives the bytes of a digest in whatever pieces they come, and fails before the end of others', async () => {
  const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 5 });
  const change = fc.constantFrom('none', 'flip', 'cut', 'append');
  await fc.assert(
    fc.asyncProperty(pieces, change, fc.boolean(), fc.nat(), async (chunks, how, sized, at) => {
      const right = Buffer.concat(chunks);
      const sent = changed(right, how, at);
      const registry = await serving(sent.equals(right) ? chunks : [sent]);
      const client = clientOf(servers, registry);
      const size = sized ? right.length : undefined;
      const { bytes, error } = await read(
        (await client.getBlob('a/b', digestOf(right), size)).stream,
      );
      if (sent.equals(right)) {
        expect(error).toBeUndefined();
        expect(bytes.equals(right)).toBe(true);
      } else {
        expect((error as ClientError).code).toBe('REG735');
        expect(bytes.length).toBeLessThanOrEqual(sized ? right.length : sent.length);
      }
    }),
    { numRuns: 40 },
  );
});

function changed(bytes: Buffer, how: string, at: number): Buffer {
  if (how === 'append') return Buffer.concat([bytes, Buffer.from([at & 255])]);
  if (how === 'cut') return bytes.subarray(0, Math.max(0, bytes.length - 1 - (at % 3)));
  if (how === 'flip' && bytes.length > 0) {
    const copy = Buffer.from(bytes);
    copy[at % bytes.length] ^= 1;
    return copy;
  }
  return bytes;
}

it('says what was wrong, and of what', async () => {
  const registry = await serving([Buffer.from('short')]);
  const { stream, size } = await clientOf(servers, registry).getBlob('a/b', digestOf('longer'), 6);
  expect(size).toBe(6);
  const { error } = await read(stream);
  expect((error as ClientError).message).toContain(
    `sent other bytes than asked for as blob ${digestOf('longer')} of 'a/b': it ended after 5 of 6 bytes`,
  );
});

it('says that a connection broke off', async () => {
  const registry = await servers.http((request, response) => {
    response.writeHead(200, { 'Content-Length': 100 }).write('begin');
    setImmediate(() => request.socket.destroy());
  });
  const { stream, size } = await clientOf(servers, registry).getBlob('a/b', digestOf('x'));
  expect(size).toBe(100);
  expect(((await read(stream)).error as ClientError).code).toBe('REG210');
});

it('ends with the reason of the signal, and leaves no connection', async () => {
  const registry = await servers.http((_request, response) => {
    response.writeHead(200, { 'Content-Length': 100 }).write('begin');
  });
  const abort = new AbortController();
  const client = clientOf(servers, registry, { signal: abort.signal });
  const { stream } = await client.getBlob('a/b', digestOf('x'));
  await once(stream, 'readable');
  abort.abort(new Error('enough'));
  expect((await read(stream)).error).toEqual(new Error('enough'));
});

it("leaves a reader's own failure alone, and closes the connection with it", async () => {
  const registry = await servers.http((_request, response) => {
    response.writeHead(200, { 'Content-Length': 10_000_000 }).write(Buffer.alloc(1_000_000));
  });
  const { stream } = await clientOf(servers, registry).getBlob('a/b', digestOf('x'));
  const full = new Writable({
    write: (_chunk, _encoding, done) => done(new Error('no space left on device')),
  });
  const error = await rejection(pipeline(stream, full));
  expect(error.message).toBe('no space left on device');
  await closed(registry.sockets[0]);
});

it('closes the connection of a blob that nobody reads to its end', async () => {
  const registry = await servers.http((_request, response) => {
    response.writeHead(200, { 'Content-Length': 100 }).write('begin');
  });
  const { stream } = await clientOf(servers, registry).getBlob('a/b', digestOf('x'));
  stream.destroy();
  await closed(registry.sockets[0]);
});

it('reads no further ahead than its reader, by more than a few buffers', async () => {
  let sent = 0;
  const total = 64 * 1024 * 1024;
  const registry = await servers.http((_request, response) => {
    response.writeHead(200, { 'Content-Length': total });
    const piece = Buffer.alloc(256 * 1024);
    const fill = (): void => {
      while (sent < total && response.write(piece)) {
        sent += piece.length;
      }
    };
    response.on('drain', fill);
    fill();
  });
  const { stream } = await clientOf(servers, registry).getBlob('a/b', digestOf('x'));
  await once(stream, 'readable');
  // The server has had time for all of it before its socket answers this.
  await rejection(clientOf(servers, await serving([])).getManifest('a/b', 'v1'));
  expect(stream.readableLength).toBeLessThanOrEqual(2 * 1024 * 1024);
  stream.destroy();
});

it('measures as the whole does, however the bytes are parted', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), (chunks) => {
      const meter = new DigestMeter();
      chunks.forEach((chunk) => {
        meter.update(chunk);
        meter.digest();
      });
      const whole = Buffer.concat(chunks);
      expect(meter.size).toBe(whole.length);
      expect(meter.digest()).toBe(`sha256:${createHash('sha256').update(whole).digest('hex')}`);
      expect(isDigest(meter.digest())).toBe(true);
    }),
  );
});

it.each([
  '',
  'sha256:',
  `sha256:${'g'.repeat(64)}`,
  `SHA256:${'0'.repeat(64)}`,
  `x sha256:${'0'.repeat(64)}`,
  `sha256:${'0'.repeat(64)}\n`,
  7,
])('takes %j for no digest', (text) => expect(isDigest(text)).toBe(false));
