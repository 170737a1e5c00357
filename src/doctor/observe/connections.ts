import { connect } from 'node:net';
import type { Observation, Sight } from '../sight';
import type { Address } from './addresses';
import { addresses } from './addresses';
import { waitAtMost } from './deadline';
import { peer } from './peer';

/** A TCP connection that was tried. */
export interface Connection extends Address {
  readonly port: number;
  /** Node's code of the failure: `ECONNREFUSED`, `ETIMEDOUT`, `ENETUNREACH`, …; absent when it stood. */
  readonly error?: string;
}

/** Connects to every address at once and hangs up; none where a proxy connects. */
export const connections: Observation<readonly Connection[]> = async (sight) => {
  const [seen, { found }] = await Promise.all([sight.see(peer), sight.see(addresses)]);
  return 'host' in seen
    ? Promise.all(found.map((address) => tried(sight, address, seen.port)))
    : [];
};

function tried(
  { options, requestMs }: Sight,
  { address, family }: Address,
  port: number,
): Promise<Connection> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (error?: string): void => {
      done();
      socket.destroy();
      resolve({ address, family, port, ...(error !== undefined && { error }) });
    };
    const done = waitAtMost({
      ms: requestMs,
      signal: options.signal,
      giveUp: () => end('ETIMEDOUT'),
    });
    socket.once('connect', () => end());
    socket.on('error', ({ code = 'EIO' }: NodeJS.ErrnoException) => end(code));
  });
}
