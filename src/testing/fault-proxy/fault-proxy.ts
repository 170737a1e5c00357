import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { Connections } from './connections';
import { Exchange } from './exchange';
import { linesOf } from './header-lines';
import type { RecordedRequest } from './recorded-request';
import { RequestRecorder } from './recorded-request';
import { Switchboard } from './switchboard';
import type { Switches } from './switches';
import { Upstream } from './upstream';

/** Options of {@link FaultProxy.start}. */
export interface FaultProxyOptions {
  /** Serve https with this key and certificate, PEM; `testCertificate` makes them. @default - http */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** PEM of the authority of an https upstream. @default - those Node trusts */
  readonly upstreamCa?: string;
}

/**
 * A reverse proxy on 127.0.0.1 that does on demand what proxies in front of a registry do wrong. Without a switch it
 * passes everything on as it came, `Host` included, and answers 502 in Traefik's words when the upstream fails. Bodies
 * are streamed both ways, trailers left out.
 *
 * ```ts
 * const proxy = await FaultProxy.start('http://127.0.0.1:3000');
 * proxy.set({ bodyLimit: { bytes: 1024, style: 'nginx' } });
 * // …
 * await proxy.close();
 * ```
 */
export class FaultProxy {
  /**
   * Starts a proxy on a free port.
   *
   * @param upstream origin of the server behind it, such as `http://127.0.0.1:3000`
   * @throws Error when `upstream` is no origin
   */
  public static async start(
    upstream: string,
    options: FaultProxyOptions = {},
  ): Promise<FaultProxy> {
    const proxy = new FaultProxy(new Upstream(upstream, options.upstreamCa), options.tls);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  private readonly server: http.Server;
  private readonly scheme: 'http' | 'https';
  private readonly connections = new Connections();
  private readonly switchboard = new Switchboard();
  private recorded: RecordedRequest[] = [];

  private constructor(
    private readonly upstream: Upstream,
    tls: FaultProxyOptions['tls'],
  ) {
    // No time limits of its own: what is slow or silent was switched to be.
    const options = { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 };
    const handle = (request: IncomingMessage, response: ServerResponse): void =>
      this.handle(request, response);
    this.scheme = tls === undefined ? 'http' : 'https';
    // Named one by one: with the `ca` of a TestCertificate the server would send the authority too.
    this.server =
      tls === undefined
        ? http.createServer(options)
        : https.createServer({ ...options, key: tls.key, cert: tls.cert });
    this.server.on('connection', (socket) => this.connections.accepted(socket));
    this.server.on('request', handle);
    this.server.on('checkContinue', handle);
  }

  /** Where it listens: `http://127.0.0.1:40123`, or `https://…` with a certificate. */
  public get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `${this.scheme}://127.0.0.1:${port}`;
  }

  /** What arrived since the start, or since {@link forgetRequests}, in the order of arrival. */
  public get requests(): readonly RecordedRequest[] {
    return this.recorded;
  }

  /**
   * Sets the switches named, leaves the others; `undefined` turns one off. Holds for requests that arrive from now on;
   * `times` of the switches named is counted anew.
   *
   * @throws Error for a name that is no switch, or a setting that can never work
   */
  public set(switches: Switches): void {
    this.switchboard.set(switches);
  }

  /** Turns every switch off; {@link requests} stays. */
  public reset(): void {
    this.switchboard.clear();
  }

  /** Empties {@link requests}. */
  public forgetRequests(): void {
    this.recorded = [];
  }

  /** Stops listening and destroys every connection, open exchanges included. Closing twice does nothing more. */
  public async close(): Promise<void> {
    if (!this.server.listening) {
      return;
    }
    const closed = once(this.server, 'close');
    this.server.close();
    this.connections.destroyAll();
    await closed;
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    const { method, url, rawHeaders } = request;
    const head = { method: method!, path: url!, headers: linesOf(rawHeaders) };
    const faults = this.switchboard.take(head);
    const recorder = new RequestRecorder(head);
    this.recorded.push(recorder.record);
    const client = { request, response, faults, connections: this.connections };
    new Exchange(head, client, recorder, this.upstream).run(this.scheme);
  }
}
