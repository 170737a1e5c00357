/** Kinds of WebSocket frames (RFC 6455, 5.2). */
export const Opcode = { CONTINUATION: 0, BINARY: 2, CLOSE: 8, PING: 9, PONG: 10 } as const;

/** A frame of a client, unmasked. */
export interface WebSocketFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** Bytes of an unmasked, final frame: what a server sends. */
export function webSocketFrame(opcode: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x80 | opcode]), lengthBytes(payload.length), payload]);
}

/** Frames of a stream of bytes, whatever its chunks; a frame that breaks off at its end is dropped. */
export async function* readWebSocketFrames(
  source: AsyncIterable<Buffer>,
): AsyncGenerator<WebSocketFrame> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    held = Buffer.concat([held, chunk]);
    for (let found = firstOf(held); found !== undefined; found = firstOf(held)) {
      yield found.frame;
      held = held.subarray(found.end);
    }
  }
}

function firstOf(
  held: Buffer,
): { readonly frame: WebSocketFrame; readonly end: number } | undefined {
  if (held.length < 2) return undefined;
  const [first, second] = [held.readUInt8(0), held.readUInt8(1)];
  const short = second & 0x7f;
  const wide = short === 127 ? 8 : short === 126 ? 2 : 0;
  const maskAt = 2 + wide;
  const payloadAt = maskAt + ((second & 0x80) === 0 ? 0 : 4);
  if (held.length < payloadAt) return undefined;
  const length = lengthAt(held, short, wide);
  const end = payloadAt + length;
  if (held.length < end) return undefined;
  const payload = unmasked(held.subarray(payloadAt, end), held.subarray(maskAt, payloadAt));
  return { frame: { opcode: first & 0x0f, payload }, end };
}

function lengthAt(held: Buffer, short: number, wide: number): number {
  if (wide === 0) return short;
  return wide === 2 ? held.readUInt16BE(2) : Number(held.readBigUInt64BE(2));
}

/** A copy: the held bytes move on. In a plain loop, as this is where a large upload spends its time. */
function unmasked(payload: Buffer, mask: Buffer): Buffer {
  const bytes = Buffer.from(payload);
  if (mask.length === 0) return bytes;
  for (let at = 0; at < bytes.length; at += 1) bytes[at]! ^= mask[at & 3]!;
  return bytes;
}

function lengthBytes(length: number): Buffer {
  if (length < 126) return Buffer.from([length]);
  if (length < 65536) {
    const bytes = Buffer.from([126, 0, 0]);
    bytes.writeUInt16BE(length, 1);
    return bytes;
  }
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(127);
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}
