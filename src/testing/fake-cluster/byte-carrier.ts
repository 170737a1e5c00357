import type { Socket } from 'node:net';

/** What a SPDY session runs on: a socket, or the binary messages of a WebSocket. */
export interface ByteCarrier {
  /** What arrives, until the client leaves. */
  bytes(): AsyncIterable<Buffer>;
  /** Done when the bytes are on their way; rejects when the client has left. */
  write(bytes: Buffer): Promise<void>;
  /** Ends it from this side. */
  end(): void;
}

/** A socket whose HTTP upgrade is done; `head` came with the upgrade request. */
export function socketCarrier(socket: Socket, head: Buffer): ByteCarrier {
  return {
    bytes: () => arriving(socket, head),
    write: (bytes) => written(socket, bytes),
    end: () => void socket.end(),
  };
}

/** What arrives on a socket; a reset is an end. */
export async function* arriving(socket: Socket, head: Buffer): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  try {
    for await (const chunk of socket) yield chunk as Buffer;
  } catch {
    return;
  }
}

/** Writes, and waits for it. */
export function written(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
