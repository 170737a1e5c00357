import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { arriving, written } from './byte-carrier';
import type { ByteCarrier } from './byte-carrier';
import { readWebSocketFrames, webSocketFrame } from './web-socket-frame';
import { Opcode } from './web-socket-frame';

/** RFC 6455, 1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** `Sec-WebSocket-Accept` for the client's `Sec-WebSocket-Key` (RFC 6455, 4.2.2). */
export function acceptOf(key: string): string {
  return createHash('sha1').update(`${key}${GUID}`).digest('base64');
}

/** The server side of a WebSocket whose upgrade is done; binary messages only, as Kubernetes sends them. */
export class WebSocketConnection implements ByteCarrier {
  constructor(
    private readonly socket: Socket,
    private readonly head: Buffer,
  ) {}

  /** Payloads of the binary frames, until the client closes; pings are answered on the way. */
  async *bytes(): AsyncGenerator<Buffer> {
    for await (const { opcode, payload } of readWebSocketFrames(arriving(this.socket, this.head))) {
      switch (opcode) {
        case Opcode.CONTINUATION:
        case Opcode.BINARY:
          yield payload;
          break;
        case Opcode.PING:
          await written(this.socket, webSocketFrame(Opcode.PONG, payload));
          break;
        case Opcode.CLOSE:
          this.end();
          return;
      }
    }
  }

  /** Sends one binary message. */
  write(bytes: Buffer): Promise<void> {
    return written(this.socket, webSocketFrame(Opcode.BINARY, bytes));
  }

  /** Closes with status 1000, the normal end. */
  end(): void {
    if (!this.socket.writable) return;
    this.socket.end(webSocketFrame(Opcode.CLOSE, Buffer.from([0x03, 0xe8])));
    // Unread bytes would turn the end into a reset.
    this.socket.resume();
  }
}
