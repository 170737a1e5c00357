import type { Socket } from 'node:net';
import type { Ending } from './switches';

/** Every socket of a proxy, on both sides. */
export class Connections {
  private readonly sockets = new Set<Socket>();
  /** TCP sockets by the port of their client: only they can send a RST, a TLS socket over them cannot. */
  private readonly byClientPort = new Map<number, Socket>();

  /** A connection a client opened, before TLS. */
  public accepted(socket: Socket): void {
    const port = socket.remotePort!;
    this.byClientPort.set(port, socket);
    socket.once('close', () => {
      if (this.byClientPort.get(port) === socket) {
        this.byClientPort.delete(port);
      }
    });
    this.opened(socket);
  }

  /** Any connection. */
  public opened(socket: Socket): void {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
  }

  /** Ends a client's connection. */
  public end(socket: Socket, how: Ending): void {
    if (how === 'reset') {
      this.byClientPort.get(socket.remotePort ?? -1)?.resetAndDestroy();
    } else if (how === 'close') {
      socket.destroySoon();
    }
  }

  /** Ends a client's connection after the client has had a chance to read what was written. */
  public endAfterData(socket: Socket, how: Ending): void {
    // libuv reports an orderly end to a client that finds data and RST at once. Two turns of the event loop let one in
    // this process read first.
    setImmediate(() => setImmediate(() => this.end(socket, how)));
  }

  public destroyAll(): void {
    this.sockets.forEach((socket) => socket.destroy());
  }
}
