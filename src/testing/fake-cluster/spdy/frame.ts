/** Types of control frames a Kubernetes client sends or reads (SPDY draft 3, 2.6). */
export const ControlType = {
  SYN_STREAM: 1,
  SYN_REPLY: 2,
  RST_STREAM: 3,
  PING: 6,
  GOAWAY: 7,
} as const;

/** Last frame of this direction of the stream. */
export const FLAG_FIN = 1;

const VERSION = 3;
const HEADER_LENGTH = 8;

/** A frame as it is on the wire. */
export interface SpdyFrame {
  /** Type of a control frame; absent for data. */
  readonly control?: number;
  /** Stream of a data frame; 0 for a control frame, which says it in its payload. */
  readonly stream: number;
  readonly flags: number;
  readonly payload: Buffer;
}

/** Bytes of a frame. */
export function frameBytes({ control, stream, flags, payload }: SpdyFrame): Buffer {
  const header = Buffer.alloc(HEADER_LENGTH);
  if (control === undefined) {
    header.writeUInt32BE(stream);
  } else {
    header.writeUInt16BE(0x8000 | VERSION);
    header.writeUInt16BE(control, 2);
  }
  header.writeUInt32BE(payload.length, 4);
  header.writeUInt8(flags, 4);
  return Buffer.concat([header, payload]);
}

/** Frames of a stream of bytes, whatever its chunks; a frame that breaks off at its end is dropped. */
export async function* readFrames(source: AsyncIterable<Buffer>): AsyncGenerator<SpdyFrame> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    held = Buffer.concat([held, chunk]);
    for (let end = frameEnd(held); end <= held.length; end = frameEnd(held)) {
      yield parse(held.subarray(0, end));
      held = held.subarray(end);
    }
  }
}

function frameEnd(held: Buffer): number {
  return held.length < HEADER_LENGTH ? Infinity : HEADER_LENGTH + held.readUIntBE(5, 3);
}

function parse(bytes: Buffer): SpdyFrame {
  const [flags, payload] = [bytes.readUInt8(4), bytes.subarray(HEADER_LENGTH)];
  return (bytes.readUInt8(0) & 0x80) === 0
    ? { stream: bytes.readUInt32BE(0), flags, payload }
    : { control: bytes.readUInt16BE(2), stream: 0, flags, payload };
}
