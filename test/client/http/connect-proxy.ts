import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';

/** A forwarding proxy on 127.0.0.1: `CONNECT`, and requests in absolute form. */
export class ConnectProxy {
  /** `METHOD target` of each request. */
  public readonly requests: string[] = [];
  public readonly headers: IncomingHttpHeaders[] = [];
  /** What it answers to `CONNECT` instead of connecting: a status, or nothing at all. */
  public refusal?: number | 'silence' | 'close' | 'garbage';
  private readonly server = createServer();
  private readonly sockets = new Set<Socket>();

  public static async start(): Promise<ConnectProxy> {
    const proxy = new ConnectProxy();
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  private constructor() {
    this.server.on('connection', (socket: Socket) => this.keep(socket));
    this.server.on('connect', ({ url = '', headers }, socket) => {
      this.requests.push(`CONNECT ${url}`);
      this.headers.push(headers);
      this.tunnel(url, socket as Socket);
    });
    this.server.on('request', (request, response) => {
      this.requests.push(`${request.method} ${request.url}`);
      this.headers.push(request.headers);
      const onward = httpRequest(request.url!, {
        method: request.method,
        headers: request.headers,
        agent: false,
      });
      onward.on('response', (answer) => {
        response.writeHead(answer.statusCode!, answer.rawHeaders);
        answer.pipe(response);
      });
      onward.on('error', () => response.writeHead(502).end());
      request.pipe(onward);
    });
  }

  public get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Open connections of clients and to servers. */
  public get open(): number {
    return this.sockets.size;
  }

  /** Waits until every connection was closed by somebody else. */
  public async close(): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }

  private tunnel(target: string, socket: Socket): void {
    if (this.refusal === 'silence') {
      socket.resume().once('end', () => socket.destroy());
    } else if (this.refusal === 'close') {
      socket.destroy();
    } else if (this.refusal === 'garbage') {
      socket.end('nonsense\r\n\r\n');
    } else if (this.refusal !== undefined) {
      socket.end(
        `HTTP/1.1 ${this.refusal} No\r\nContent-Length: 9\r\nLocation: https://evil.example/\r\n\r\n<h1>no!\r\n`,
      );
    } else {
      const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(target) ?? [];
      const onward = this.keep(connect(Number(port), host.replace(/^\[|\]$/g, '')));
      onward.once('connect', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.destroy());
      socket.on('close', () => onward.destroy());
      onward.on('close', () => socket.destroy());
    }
  }

  private keep(socket: Socket): Socket {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.sockets.delete(socket));
    return socket;
  }
}
