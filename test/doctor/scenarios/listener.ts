import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import * as net from 'node:net';
import * as tls from 'node:tls';

/** A server on a port of 127.0.0.1. */
export interface Listener {
  readonly port: number;
  /** Ends the server and every connection. */
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. */
export async function listenOn(server: Server): Promise<Listener> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Clients of these servers leave in the middle; that is what is tested.
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      sockets.forEach((socket) => socket.destroy());
      await closed;
    },
  };
}

/** Key and certificate of a server, or what chooses them for each handshake. */
export type ServerTls = Pick<tls.TlsOptions, 'key' | 'cert' | 'SNICallback'>;

/** A TLS server that does with each connection whatever it likes. */
export function listenRaw(
  { key, cert, SNICallback }: ServerTls,
  handle: (socket: tls.TLSSocket) => void,
): Promise<Listener> {
  // Named one by one: with the `ca` of a TestCertificate the server would send the authority too.
  const server = tls.createServer({ key, cert, SNICallback }, (socket) => {
    socket.on('error', () => undefined);
    handle(socket);
  });
  server.on('tlsClientError', () => undefined);
  return listenOn(server);
}

/** Ends TLS in front of a server that speaks http, byte for byte. */
export function listenTerminating(options: ServerTls, port: number): Promise<Listener> {
  return listenRaw(options, (socket) => {
    const behind = net.connect(port, '127.0.0.1');
    behind.on('error', () => socket.destroy());
    behind.on('close', () => socket.destroy());
    socket.on('close', () => behind.destroy());
    socket.pipe(behind).pipe(socket);
  });
}
