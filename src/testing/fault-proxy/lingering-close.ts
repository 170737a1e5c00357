import type { IncomingMessage } from 'node:http';

/** Milliseconds a client that neither reads on nor closes is waited for; nginx's `lingering_timeout`. */
const PATIENCE = 5000;

/**
 * Closes a connection whose request is not whole yet: first the writing half, the other one when the client has sent
 * everything or closes too. Closed at once, unread bytes would make the kernel send a RST, and the client could lose the
 * answer it has not read (RFC 9112 §9.6). Somebody must read the request meanwhile.
 */
export function lingeringClose(request: IncomingMessage): void {
  const { socket } = request;
  const timer = setTimeout(() => socket.destroy(), PATIENCE);
  socket.once('close', () => clearTimeout(timer));
  socket.end();
  request.once('end', () => socket.destroySoon());
}
