import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import type { Duplex } from 'node:stream';
import type { HttpRequest, HttpResponse } from '../../../src/client/http/message';
import type { TransportOptions } from '../../../src/client/http/transport';
import { Transport } from '../../../src/client/http/transport';
import type { TestCertificate } from '../../../src/testing/certificate';

/** Nobody listens there (tcpmux, RFC 1078): connections are refused. */
export const CLOSED_PORT = 1;

/** A server on 127.0.0.1 and what it has seen. */
export interface LocalServer {
  readonly origin: string;
  readonly port: number;
  /** `METHOD path` of each request. */
  readonly requests: string[];
  /** Headers of each request. */
  readonly headers: IncomingMessage['headers'][];
  /** Connections in all. */
  readonly sockets: Socket[];
  url(path?: string): URL;
}

/** What a server does beside answering. */
export interface ServerOptions {
  /** Takes requests with `Expect: 100-continue`. @default - they are told to continue */
  readonly expecting?: RequestListener;
  /** Takes requests with `CONNECT`. @default - their connection is closed */
  readonly connecting?: (socket: Duplex) => void;
  /** @default 127.0.0.1 */
  readonly host?: string;
}

/**
 * Registers hooks around each test: servers and transports made in it end with it. The servers wait for their
 * connections to be closed by the client, so that a test which leaves one open does not end.
 */
export class LocalServers {
  private readonly servers: Server[] = [];
  private readonly transports: Transport[] = [];
  private readonly rejections: unknown[] = [];

  public constructor() {
    const note = (reason: unknown): void => void this.rejections.push(reason);
    beforeEach(() => void process.on('unhandledRejection', note));
    afterEach(async () => {
      this.transports.splice(0).forEach((transport) => transport.close());
      await Promise.all(this.servers.splice(0).map(ended));
      process.off('unhandledRejection', note);
      expect(this.rejections.splice(0)).toEqual([]);
    });
  }

  /** An HTTP server. */
  public async http(listener: RequestListener, how: ServerOptions = {}): Promise<LocalServer> {
    return this.listen(createServer({ keepAliveTimeout: 60_000 }), 'http', listener, how);
  }

  /** An HTTPS server. */
  public async https(
    { key, cert }: TestCertificate,
    listener: RequestListener,
    how: ServerOptions = {},
  ): Promise<LocalServer> {
    return this.listen(createTlsServer({ key, cert }), 'https', listener, how);
  }

  /** A server that speaks by hand. */
  public async tcp(listener: (socket: Socket) => void): Promise<LocalServer> {
    const server = createTcpServer(listener);
    return this.started(server, 'http');
  }

  /** A transport whose pauses take no time. */
  public transport(options: TransportOptions = {}): Transport {
    const transport = new Transport({
      proxyFor: () => '',
      wait: async () => undefined,
      random: () => 0.5,
      ...options,
    });
    this.transports.push(transport);
    return transport;
  }

  private async listen(
    server: ReturnType<typeof createServer> | ReturnType<typeof createTlsServer>,
    scheme: string,
    listener: RequestListener,
    { expecting, connecting, host }: ServerOptions,
  ): Promise<LocalServer> {
    const local = await this.started(server, scheme, host);
    const taking =
      (then: RequestListener): RequestListener =>
      (request, response) => {
        local.requests.push(`${request.method} ${request.url}`);
        local.headers.push(request.headers);
        then(request, response);
      };
    server.on('request', taking(listener));
    if (expecting) {
      server.on('checkContinue', taking(expecting));
    }
    if (connecting) {
      server.on('connect', (_request: IncomingMessage, socket: Duplex) => connecting(socket));
    }
    return local;
  }

  private async started(server: Server, scheme: string, host = '127.0.0.1'): Promise<LocalServer> {
    const sockets: Socket[] = [];
    server.on('connection', (socket: Socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
    });
    this.servers.push(server);
    server.listen(0, host);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const origin = `${scheme}://127.0.0.1:${port}`;
    return {
      origin,
      port,
      requests: [],
      headers: [],
      sockets,
      url: (path = '/') => new URL(origin + path),
    };
  }
}

async function ended(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

/** Sends a GET and reads its answer. */
export async function get(
  transport: Transport,
  url: URL,
  more: Partial<HttpRequest> = {},
): Promise<{ readonly answer: HttpResponse; readonly text: string }> {
  const answer = await transport.send({ method: 'GET', url, ...more });
  return { answer, text: await answer.text() };
}

/** What a promise rejects with; the test fails when it does not. */
export async function rejection<T = Error>(promise: Promise<unknown>): Promise<T> {
  return promise.then(
    () => {
      throw new Error('it was fulfilled');
    },
    (error: unknown) => error as T,
  );
}
