import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** What a connection gave until it ended. */
export interface RawOutcome {
  readonly text: string;
  /** `end`: closed in order; else the code of the error. */
  readonly ending: string;
}

/** A connection to a proxy, byte for byte. */
export interface RawConnection {
  readonly socket: Socket;
  /** Settles when the text arrived contains `part`; fails when the connection ends before. */
  arrived(part: string): Promise<string>;
  readonly outcome: Promise<RawOutcome>;
}

/** Opens a connection and sends `text`. */
export function rawConnection(url: string, text: string, ca?: string): RawConnection {
  const { hostname: host, port } = new URL(url);
  const socket =
    ca === undefined ? connect(Number(port), host) : connectTls({ host, port: Number(port), ca });
  let received = '';
  let ending = 'close';
  socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
  socket.on('end', () => (ending = 'end'));
  socket.on('error', ({ code }: NodeJS.ErrnoException) => (ending = code ?? 'unknown'));
  socket.write(text);
  const outcome = new Promise<RawOutcome>((resolve) =>
    socket.on('close', () => resolve({ text: received, ending })),
  );
  const arrived = (part: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (received.includes(part)) {
          resolve(received);
        }
      };
      socket.on('data', look);
      socket.on('close', () => reject(new Error(`'${part}' did not arrive: '${received}'`)));
      look();
    });
  return { socket, arrived, outcome };
}
