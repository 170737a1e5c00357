import fc from 'fast-check';
import {
  ControlType,
  FLAG_FIN,
  frameBytes,
  readFrames,
} from '../../../../src/testing/fake-cluster/spdy/frame';
import type { SpdyFrame } from '../../../../src/testing/fake-cluster/spdy/frame';
import { anyBytes, cut, places, streamed } from '../chunks';

const anyFrame: fc.Arbitrary<SpdyFrame> = fc.oneof(
  fc.record({
    stream: fc.integer({ min: 1, max: 0x7fffffff }),
    flags: fc.constantFrom(0, FLAG_FIN),
    payload: anyBytes,
  }),
  fc.record({
    control: fc.constantFrom(...Object.values(ControlType)),
    stream: fc.constant(0),
    flags: fc.constantFrom(0, FLAG_FIN),
    payload: anyBytes,
  }),
);

test('frames are found whatever the chunks are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyFrame, { maxLength: 4 }), places, async (frames, at) => {
      const found: SpdyFrame[] = [];
      const chunks = cut(Buffer.concat(frames.map(frameBytes)), at);
      for await (const frame of readFrames(streamed(chunks))) found.push(frame);
      expect(found).toEqual(frames);
    }),
  );
});

test('a control frame says version 3, its type, flags and length', () => {
  const frame = {
    control: ControlType.PING,
    stream: 0,
    flags: 0,
    payload: Buffer.from([0, 0, 0, 1]),
  };
  expect(frameBytes(frame).toString('hex')).toBe('800300060000000400000001');
});
