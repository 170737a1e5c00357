import type { IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';
import { request as tlsRequest } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { ClientError } from '../../client/error';
import type { Dialed } from '../../client/http/dial';
import { Dialer } from '../../client/http/dial';
import type { TunnelOptions } from '../../client/http/tunnel-agent';
import { ask, isAnswered } from '../ask';
import type { Observation, Sight } from '../sight';
import { waitAtMost } from './deadline';
import type { PeerLeaf } from './peer-leaf';
import { peerLeaf } from './peer-leaf';
import { bare, portOf } from './peer';

export type { PeerLeaf } from './peer-leaf';

/** One TLS handshake. */
export type Handshake =
  | {
      readonly leaf: PeerLeaf;
      /** Node's code for what is wrong with the chain or a time in it; absent when it is trusted. */
      readonly distrust?: string;
      /** `TLSv1.3` */
      readonly protocol: string;
    }
  | {
      /** Node's code: `ECONNREFUSED`, `EPROTO`, … */
      readonly error: string;
      /** Whether the peer answered in plain HTTP. */
      readonly isPlain: boolean;
    };

/** So many handshakes: what differs between them is a certificate store with two answers. */
const HANDSHAKES = 5;

/** Why dialing ends: nobody looks at it, and the one Node would make costs more. */
const OVER = 'over';

/** What a peer says that takes no TLS: its answer is no TLS record, or it hangs up. */
const NO_TLS = /^(EPROTO|ECONNRESET|EPIPE|ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG))$/;

/**
 * Five handshakes at once, with SNI, certificate accepted whatever it is, through a proxy where one is set; none on a
 * path that speaks http. Nothing is sent on them.
 */
export const handshakes: Observation<readonly Handshake[]> = async (sight) => {
  const { origin } = sight.path;
  if (origin.protocol !== 'https:') {
    return [];
  }
  const dialer = new Dialer(sight.options.dial);
  try {
    const dialed = dialer.dial(origin);
    const shaken = await Promise.all(
      Array.from({ length: HANDSHAKES }, () => shake(sight, dialed)),
    );
    return shaken.some((one) => 'error' in one && NO_TLS.test(one.error))
      ? await withPlainness(sight, shaken)
      : shaken;
  } catch (error) {
    if (error instanceof ClientError) {
      // The environment names something that is no proxy; `peer` tells.
      return [];
    }
    throw error;
  } finally {
    dialer.close();
  }
};

/** A request that is opened and never sent: agents know how to reach the peer, through a tunnel too. */
function shake(sight: Sight, { isTls: _, forwarder: __, ...address }: Dialed): Promise<Handshake> {
  const { options, requestMs } = sight;
  const dialing = new AbortController();
  const tunnel: TunnelOptions = { idleMs: requestMs, dialing: dialing.signal };
  const client = tlsRequest({
    ...address,
    ...tunnel,
    protocol: 'https:',
    rejectUnauthorized: false,
    // Names are compared apart, so that they do not hide what is wrong with the chain.
    checkServerIdentity: () => undefined,
  } as RequestOptions);
  return new Promise((resolve) => {
    let socket: TLSSocket | undefined;
    const end = (handshake: Handshake): void => {
      done();
      resolve(handshake);
      dialing.abort(OVER);
      client.destroy();
    };
    const failed = (code: string): void => end({ error: code, isPlain: false });
    const done = waitAtMost({
      ms: requestMs,
      signal: options.signal,
      progress: () => socket?.bytesRead ?? 0,
      giveUp: () => failed('ETIMEDOUT'),
    });
    client.on('socket', (plain) => {
      socket = plain as TLSSocket;
      socket.once('secureConnect', () =>
        end(handshakeOf(socket!, bare(sight.path.origin.hostname))),
      );
    });
    client.on('response', (early: IncomingMessage) => early.destroy());
    client.on('error', ({ code = 'EIO' }: NodeJS.ErrnoException) => failed(code));
  });
}

function handshakeOf(socket: TLSSocket, host: string): Handshake {
  const { authorizationError: distrust } = socket as { authorizationError?: unknown };
  // The chain matters only where it is not trusted, and to read it takes longer than the handshake.
  const shown = distrust == null ? socket.getPeerCertificate() : socket.getPeerCertificate(true);
  const leaf = peerLeaf(shown, host);
  return leaf === undefined
    ? { error: 'no certificate', isPlain: false }
    : {
        leaf,
        protocol: socket.getProtocol() ?? 'TLS',
        // Node's types say Error; what stands there is its code.
        ...(distrust != null && { distrust: String(distrust) }),
      };
}

/** Asks the same port by http. */
async function withPlainness(
  sight: Sight,
  shaken: readonly Handshake[],
): Promise<readonly Handshake[]> {
  const { hostname } = sight.path.origin;
  const url = `http://${hostname}:${portOf(sight.path.origin)}/v2/`;
  const seen = await ask(sight, { url, surface: 'v2' });
  // Servers that speak TLS tell in plain words that they do.
  const isPlain = isAnswered(seen) && !/http-to-https$/.test(seen.reading.id);
  return shaken.map((one) =>
    'error' in one && NO_TLS.test(one.error) ? { ...one, isPlain } : one,
  );
}
