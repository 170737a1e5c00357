import { PassThrough } from 'node:stream';
import type { ByteCarrier } from '../../../../src/testing/fake-cluster/byte-carrier';
import {
  ControlType,
  FLAG_FIN,
  frameBytes,
  readFrames,
} from '../../../../src/testing/fake-cluster/spdy/frame';
import type { SpdyFrame } from '../../../../src/testing/fake-cluster/spdy/frame';
import { HeaderBlocks } from '../../../../src/testing/fake-cluster/spdy/header-block';
import type { SpdyHeaders } from '../../../../src/testing/fake-cluster/spdy/header-block';
import { SpdySession } from '../../../../src/testing/fake-cluster/spdy/session';
import type { SpdyStream } from '../../../../src/testing/fake-cluster/spdy/stream';

/** The client's end of a session. */
class Client {
  readonly opened: SpdyStream[] = [];
  private readonly blocks = new HeaderBlocks();
  private readonly toServer = new PassThrough();
  private readonly toClient = new PassThrough();
  private readonly frames = readFrames(this.toClient);
  readonly ended: Promise<void>;

  constructor(onStream: (stream: SpdyStream) => void) {
    const carrier: ByteCarrier = {
      bytes: () => this.toServer,
      write: async (bytes) => void this.toClient.write(bytes),
      end: () => void this.toClient.end(),
    };
    this.ended = new SpdySession(carrier, onStream).run();
  }

  send(frame: SpdyFrame): void {
    this.toServer.write(frameBytes(frame));
  }

  async open(stream: number, headers: SpdyHeaders): Promise<void> {
    const block = await this.blocks.write(headers);
    const payload = Buffer.concat([uint32(stream), Buffer.alloc(6), block]);
    this.send({ control: ControlType.SYN_STREAM, stream: 0, flags: 0, payload });
  }

  async next(): Promise<SpdyFrame> {
    return (await this.frames.next()).value as SpdyFrame;
  }

  leave(): void {
    this.toServer.end();
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

test('a stream is accepted, carries bytes both ways, and ends both ways', async () => {
  const client = new Client((stream) => stream.pipe(stream));
  await client.open(5, { streamtype: 'data' });
  const reply = await client.next();
  expect(reply.control).toBe(ControlType.SYN_REPLY);
  expect(reply.payload.readUInt32BE(0)).toBe(5);
  const payload = Buffer.from('echo');
  client.send({ stream: 5, flags: FLAG_FIN, payload });
  expect(await client.next()).toEqual({ stream: 5, flags: 0, payload });
  expect(await client.next()).toMatchObject({ stream: 5, flags: FLAG_FIN });
  client.leave();
  await client.ended;
});

test('the headers of later streams are read in the same zlib stream', async () => {
  const seen: SpdyHeaders[] = [];
  const client = new Client((stream) => seen.push(stream.headers));
  const headers = [
    { streamtype: 'error', port: '3000', requestid: '0' },
    { streamtype: 'data', port: '3000', requestid: '0' },
  ];
  await client.open(1, headers[0]!);
  await client.open(3, headers[1]!);
  await client.next();
  await client.next();
  client.leave();
  await client.ended;
  expect(seen).toEqual(headers);
});

test('a ping comes back as it is', async () => {
  const client = new Client(() => undefined);
  const ping = { control: ControlType.PING, stream: 0, flags: 0, payload: uint32(7) };
  client.send(ping);
  expect(await client.next()).toEqual(ping);
  client.leave();
  await client.ended;
});

test('a reset, or a client that leaves, destroys the streams', async () => {
  const streams: SpdyStream[] = [];
  const client = new Client((stream) => streams.push(stream));
  await client.open(1, {});
  await client.open(3, {});
  await client.next();
  await client.next();
  const payload = Buffer.concat([uint32(1), uint32(5)]);
  client.send({ control: ControlType.RST_STREAM, stream: 0, flags: 0, payload });
  client.leave();
  await client.ended;
  expect(streams.map((stream) => stream.destroyed)).toEqual([true, true]);
});

test('a stream nobody reads holds the client back, and lets go when it is destroyed', async () => {
  const streams: SpdyStream[] = [];
  const client = new Client((stream) => streams.push(stream));
  await client.open(1, {});
  await client.next();
  const half = Buffer.alloc(64 * 1024);
  for (let sent = 0; sent < 4; sent += 1) client.send({ stream: 1, flags: 0, payload: half });
  while (streams[0]!.readableLength === 0) await new Promise(setImmediate);
  expect(streams[0]!.readableLength).toBe(half.length);
  streams[0]!.destroy();
  client.leave();
  await client.ended;
});
