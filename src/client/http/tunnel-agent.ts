import type { ClientRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AgentConnectOpts } from 'agent-base';
import type { HttpsProxyAgentOptions } from 'https-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { IdleError, ProxyError } from './connection-error';

/** What a request tells its tunnel, beside the address. */
export interface TunnelOptions {
  /** Longest wait for the proxy, milliseconds. */
  readonly idleMs: number;
  /** Ends the wait. */
  readonly dialing: AbortSignal;
}

/** Connections through an HTTP proxy by `CONNECT` (RFC 9110 §9.3.6), kept for the next request. */
export class TunnelAgent extends HttpsProxyAgent<string> {
  public constructor(proxy: URL, options: HttpsProxyAgentOptions<string>) {
    super(proxy, options);
    // The library forgets it, and connections would be kept without end.
    this.options.timeout = options.timeout;
  }

  /** @throws ProxyError when the proxy takes no connection, answers nothing, or refuses */
  public override async connect(
    request: ClientRequest,
    options: AgentConnectOpts & Partial<TunnelOptions>,
  ): ReturnType<HttpsProxyAgent<string>['connect']> {
    const { idleMs, dialing } = options;
    const end = new AbortController();
    const giveUp = (): void => end.abort();
    const timer = setTimeout(() => end.abort(new IdleError(idleMs!)), idleMs);
    dialing?.addEventListener('abort', giveUp, { once: true });
    let status: number | undefined;
    request.once('proxyConnect', ({ statusCode }: { statusCode: number }) => (status = statusCode));
    try {
      // Read before the first await of the library: each connection has its own end.
      this.connectOpts = { ...this.connectOpts, signal: end.signal };
      const socket = await super.connect(request, options);
      return this.granted(socket, status);
    } catch (cause) {
      throw cause instanceof ProxyError
        ? cause
        : new ProxyError(this.proxy.host, {
            cause: end.signal.aborted ? end.signal.reason : cause,
          });
    } finally {
      clearTimeout(timer);
      dialing?.removeEventListener('abort', giveUp);
    }
  }

  /** The library hands a refusal on as if the far server had answered. */
  private granted<T extends Duplex>(socket: T, status: number | undefined): T {
    if (status === 200) {
      return socket;
    }
    socket.destroy();
    throw new ProxyError(this.proxy.host, { status });
  }
}
