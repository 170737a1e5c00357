import fc from 'fast-check';
import {
  Opcode,
  readWebSocketFrames,
  webSocketFrame,
} from '../../../src/testing/fake-cluster/web-socket-frame';
import type { WebSocketFrame } from '../../../src/testing/fake-cluster/web-socket-frame';
import { anyBytes, cut, places, streamed } from './chunks';

async function read(chunks: readonly Buffer[]): Promise<WebSocketFrame[]> {
  const frames: WebSocketFrame[] = [];
  for await (const frame of readWebSocketFrames(streamed(chunks))) frames.push(frame);
  return frames;
}

test('frames are found whatever the chunks are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyBytes, { maxLength: 4 }), places, async (payloads, at) => {
      const bytes = Buffer.concat(payloads.map((each) => webSocketFrame(Opcode.BINARY, each)));
      const frames = await read(cut(bytes, at));
      expect(frames).toEqual(payloads.map((payload) => ({ opcode: Opcode.BINARY, payload })));
    }),
  );
});

test('a masked frame is the example of RFC 6455, 5.7', async () => {
  const masked = Buffer.from([0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]);
  expect((await read([masked]))[0]!.payload.toString()).toBe('Hello');
});

test.each([
  [125, '827d'],
  [126, '827e007e'],
  [65535, '827effff'],
  [65536, '827f0000000000010000'],
])('a length of %d is written in its shortest form', async (length, head) => {
  const frame = webSocketFrame(Opcode.BINARY, Buffer.alloc(length));
  expect(frame.subarray(0, frame.length - length).toString('hex')).toBe(head);
  expect((await read([frame]))[0]!.payload).toHaveLength(length);
});

test('a frame that breaks off is dropped', async () => {
  const frame = webSocketFrame(Opcode.BINARY, Buffer.from('whole'));
  expect(await read([frame.subarray(0, -1)])).toEqual([]);
});
