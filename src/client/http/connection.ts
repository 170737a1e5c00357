import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';

/** Sockets whose TCP and TLS handshakes are done: a kept one says so to nobody a second time. */
const ESTABLISHED = new WeakSet<Socket>();

/** What happens on the connection of a request. */
export interface ConnectionEvents {
  /** It stands: from now on the request may arrive. */
  connected(): void;
  /** Nothing moved for the idle time, the handshake included. */
  idle(): void;
  /** It is lost; before Node.js tells the reader of the answer. */
  closed(): void;
}

/** The connection of one request, from the moment there is one until the request is over. */
export class Connection {
  private socket?: Socket;
  private address?: string;
  private isOver = false;

  public constructor(
    private readonly client: ClientRequest,
    private readonly idleMs: number,
    private readonly events: ConnectionEvents,
  ) {
    client.once('socket', (socket) => this.begin(socket));
  }

  /** Whether it stands, or stood. */
  public get isEstablished(): boolean {
    return this.socket !== undefined && ESTABLISHED.has(this.socket);
  }

  /** Address of the peer, once there is a connection. */
  public get peer(): string | undefined {
    return this.address;
  }

  /** Counts the idle time from now. */
  public watch(): void {
    this.socket?.setTimeout(this.idleMs);
  }

  private begin(socket: Socket): void {
    this.socket = socket;
    this.watch();
    const { closed } = this.events;
    const idle = (): void => this.timedOut(socket);
    socket.on('timeout', idle);
    socket.prependListener('close', closed);
    const event = 'encrypted' in socket ? 'secureConnect' : 'connect';
    const connected = (): void => {
      ESTABLISHED.add(socket);
      this.address = socket.remoteAddress;
      this.events.connected();
    };
    if (ESTABLISHED.has(socket) || (event === 'connect' && !socket.connecting)) {
      connected();
    } else {
      socket.once(event, connected);
    }
    this.client.once('close', () => {
      this.isOver = true;
      socket.off('timeout', idle);
      socket.off('close', closed);
      socket.off(event, connected);
    });
  }

  /** After a pause of this program itself its timers come before what has arrived meanwhile. */
  private timedOut(socket: Socket): void {
    const progress = (): string =>
      `${this.isEstablished} ${socket.bytesRead} ${socket.bytesWritten}`;
    const before = progress();
    setImmediate(() => {
      if (this.isOver) {
        return;
      }
      if (progress() === before) {
        this.events.idle();
      } else {
        this.watch();
      }
    });
  }
}
