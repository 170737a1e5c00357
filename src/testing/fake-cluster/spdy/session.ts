import type { ByteCarrier } from '../byte-carrier';
import { ControlType, FLAG_FIN, frameBytes, readFrames } from './frame';
import type { SpdyFrame } from './frame';
import { HeaderBlocks } from './header-block';
import { SpdyStream } from './stream';

/**
 * The server side of a SPDY/3.1 session as Kubernetes uses it: the client opens streams, each is accepted; pings are
 * answered; windows and settings are ignored, as Kubernetes' own library does.
 */
export class SpdySession {
  private readonly streams = new Map<number, SpdyStream>();
  private readonly blocks = new HeaderBlocks();

  constructor(
    private readonly carrier: ByteCarrier,
    private readonly onStream: (stream: SpdyStream) => void,
  ) {}

  /** Reads until the client leaves; then every stream is destroyed. */
  async run(): Promise<void> {
    try {
      for await (const frame of readFrames(this.carrier.bytes())) await this.take(frame);
    } finally {
      for (const stream of this.streams.values()) stream.destroy();
    }
  }

  private async take(frame: SpdyFrame): Promise<void> {
    switch (frame.control) {
      case undefined:
        return this.takeData(frame);
      case ControlType.SYN_STREAM:
        return this.open(frame);
      case ControlType.RST_STREAM:
        this.streams.get(frame.payload.readUInt32BE(0))?.destroy();
        return undefined;
      case ControlType.PING:
        return this.send(frame);
      default:
        return undefined;
    }
  }

  private async takeData({ stream: id, flags, payload }: SpdyFrame): Promise<void> {
    const stream = this.streams.get(id);
    if (payload.length > 0) await stream?.arrive(payload);
    if ((flags & FLAG_FIN) !== 0) await stream?.arrive(null);
  }

  private async open({ flags, payload }: SpdyFrame): Promise<void> {
    const id = payload.readUInt32BE(0);
    const headers = await this.blocks.read(payload.subarray(10));
    const stream = new SpdyStream(id, headers, (frame) => this.send(frame));
    // A reset by the client is no failure of the fake.
    stream.on('error', () => undefined);
    stream.on('close', () => this.streams.delete(id));
    this.streams.set(id, stream);
    const block = await this.blocks.write({});
    await this.send({
      control: ControlType.SYN_REPLY,
      stream: 0,
      flags: 0,
      payload: Buffer.concat([payload.subarray(0, 4), block]),
    });
    if ((flags & FLAG_FIN) !== 0) await stream.arrive(null);
    this.onStream(stream);
  }

  private send(frame: SpdyFrame): Promise<void> {
    return this.carrier.write(frameBytes(frame));
  }
}
