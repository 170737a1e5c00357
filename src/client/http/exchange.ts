import { setMaxListeners } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { brokenBody } from './answer';
import { Connection } from './connection';
import type { ConnectionFailure } from './connection-error';
import { connectionFailure, IdleError } from './connection-error';
import { directBody } from './direct-agent';
import { DirectBody } from './direct-body';
import type { Dialed } from './dial';
import type { HttpRequest } from './message';
import { BodySourceError, isAnnounced, Sending } from './sending';

/** One attempt. */
export interface Attempt {
  readonly request: HttpRequest;
  /** The URL of this hop. */
  readonly url: URL;
  /** As they go on the wire; what belongs to the body is added. */
  readonly headers: { readonly [name: string]: string };
  readonly dialed: Dialed;
  readonly idleMs: number;
  /** Whether an earlier attempt may have done the work. */
  readonly isRepeated: boolean;
}

/** How an attempt ended: with the head of an answer, or without one. */
export type Outcome = {
  readonly peer?: string;
  /** Whether the stream of the body was begun. */
  readonly isBodyOpened: boolean;
} & (
  | {
      readonly answer: IncomingMessage;
      /** The answer itself, or its body past the parser. */
      readonly body: IncomingMessage | DirectBody;
      readonly isEarly: boolean;
    }
  | { readonly failed: ConnectionFailure }
);

/**
 * Sends one request and waits for the head of its answer. An answer that comes before the body is sent ends the
 * sending. The body of the answer fails with a ClientError when the connection is lost or idle, and with the reason of
 * the signal when it is aborted.
 *
 * @throws the reason of the request's signal once it is aborted, and the error of a body that cannot be read
 */
export async function exchange(attempt: Attempt): Promise<Outcome> {
  attempt.request.signal?.throwIfAborted();
  return new OneExchange(attempt).outcome();
}

class OneExchange {
  private readonly client: ClientRequest;
  private readonly sending: Sending;
  private readonly connection: Connection;
  /** Ends the wait for a proxy. */
  private readonly dialing = new AbortController();
  private body?: IncomingMessage | DirectBody;
  /** What the parser said of an answer that is broken. */
  private lastError?: Error;

  public constructor(private readonly attempt: Attempt) {
    const { request, idleMs } = attempt;
    this.client = open(attempt, this.dialing.signal);
    this.sending = new Sending(this.client, request);
    this.connection = new Connection(this.client, idleMs, {
      connected: () => this.sending.connected(),
      idle: () => this.idle(),
      closed: () => this.closed(),
    });
  }

  public async outcome(): Promise<Outcome> {
    const { signal } = this.attempt.request;
    return new Promise<Outcome>((resolve, reject) => {
      if (signal) {
        this.endWith(signal, reject);
      }
      this.client.once('response', (answer) => resolve(this.answered(answer)));
      this.client.on('error', (cause) => {
        this.lastError = cause;
        this.sending.stop();
        if (signal?.aborted) {
          reject(signal.reason as Error);
        } else if (cause instanceof BodySourceError) {
          reject(cause.cause as Error);
        } else {
          resolve({ failed: this.failed(cause), ...this.facts() });
        }
      });
      this.sending.start();
    });
  }

  private endWith(signal: AbortSignal, reject: (reason: Error) => void): void {
    const abort = (): void => {
      // A request that still waits for a connection tells nobody that it was destroyed.
      reject(signal.reason as Error);
      this.end(asError(signal.reason));
    };
    // One signal may end any number of requests: Node.js would warn of the eleventh.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', abort, { once: true });
    this.client.once('close', () => signal.removeEventListener('abort', abort));
  }

  private answered(answer: IncomingMessage): Outcome {
    const isEarly = !this.sending.isComplete;
    const { request } = this.attempt;
    const isDirect = request.reusesBuffers === true && request.method === 'GET' && !isEarly;
    const body = (isDirect ? directBody(answer) : undefined) ?? answer;
    this.body = body;
    if (isEarly) {
      this.sending.stop();
      // The rest of the body will never come: this connection serves no other request.
      answer.once('end', () => this.client.destroy());
    }
    return { answer, body, isEarly, ...this.facts() };
  }

  private failed(cause: Error): ConnectionFailure {
    const { request, url, dialed, isRepeated } = this.attempt;
    return connectionFailure(cause, {
      method: request.method,
      url,
      isConnected: this.connection.isEstablished,
      isRepeated,
      ...(url.host !== request.url.host && { redirectedBy: request.url.host }),
      ...(dialed.forwarder && { proxy: dialed.forwarder.host }),
    });
  }

  private idle(): void {
    const { body } = this;
    const isReaderSlow =
      body !== undefined &&
      (body.complete || body.readableLength > 0 || (body instanceof DirectBody && body.isHeld));
    if (isReaderSlow || this.sending.isHolding) {
      // The peer is not to blame.
      this.connection.watch();
    } else {
      this.end(this.asBodyError(new IdleError(this.attempt.idleMs)));
    }
  }

  /** Node.js would end the body with a bare `aborted`. */
  private closed(): void {
    const { body } = this;
    if (body && !body.complete && !body.destroyed) {
      body.destroy(this.asBodyError(this.lastError ?? new Error('the connection was closed')));
    }
  }

  private asBodyError(cause: Error): Error {
    const { request, url } = this.attempt;
    return this.body ? brokenBody(cause, { request, url }) : cause;
  }

  private end(cause: Error): void {
    this.sending.stop();
    this.dialing.abort(cause);
    this.body?.destroy(cause);
    this.client.destroy(cause);
  }

  private facts(): Pick<Outcome, 'peer' | 'isBodyOpened'> {
    const { peer } = this.connection;
    return { ...(peer !== undefined && { peer }), isBodyOpened: this.sending.isOpened };
  }
}

function open(
  { request, url, headers, dialed, idleMs }: Attempt,
  dialing: AbortSignal,
): ClientRequest {
  const { method, body } = request;
  const { isTls, forwarder, ...address } = dialed;
  const send = isTls ? tlsRequest : plainRequest;
  const path = url.pathname + url.search;
  return send({
    ...address,
    // For a tunnel (TunnelOptions); other agents do not read them.
    ...{ dialing, idleMs },
    // The library of the tunnel finds its kept connections by it.
    protocol: isTls ? 'https:' : 'http:',
    method,
    path: forwarder ? url.origin + path : path,
    setHost: false,
    headers: {
      Host: url.host,
      ...headers,
      ...(forwarder?.authorization !== undefined && {
        'Proxy-Authorization': forwarder.authorization,
      }),
      ...(body &&
        (body.length === undefined
          ? { 'Transfer-Encoding': 'chunked' }
          : { 'Content-Length': `${body.length}` })),
      ...(isAnnounced(request) && { Expect: '100-continue' }),
    },
  });
}

/** A signal may be aborted with anything. */
function asError(reason: unknown): Error {
  return typeof reason === 'object' && reason !== null
    ? (reason as Error)
    : new Error('aborted', { cause: reason });
}
