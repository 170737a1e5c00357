import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as the upstream saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingMessage['headers'];
  /** Grows while the body arrives. */
  body: Buffer;
  /** Settles when nothing more comes: whether the body was whole. */
  readonly over: Promise<boolean>;
}

/** A server behind the proxy that notes what it sees and answers as told. */
export interface UpstreamDouble {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** How it answers; by default 201 with the text `done`, when the body is whole. */
  answer: (request: IncomingMessage, response: ServerResponse, seen: SeenRequest) => void;
  /** How it treats `Expect: 100-continue`; by default it asks for the body, then answers. */
  expect: RequestListener | undefined;
  /** Settles with the next request it sees. */
  next(): Promise<SeenRequest>;
  close(): void;
}

/** Starts a double on loopback. */
export async function startUpstream(): Promise<UpstreamDouble> {
  const server = createServer();
  const sockets = new Set<Socket>();
  const waiting: ((seen: SeenRequest) => void)[] = [];
  const double: UpstreamDouble = {
    url: '',
    seen: [],
    answer: (_request, response, { over }) => {
      void over.then(() => response.writeHead(201, { 'X-Upstream': 'yes' }).end('done'));
    },
    expect: undefined,
    next: () => new Promise((resolve) => waiting.push(resolve)),
    close: () => {
      server.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
  const handle: RequestListener = (request, response) => {
    const seen = noted(request);
    double.seen.push(seen);
    waiting.splice(0).forEach((resolve) => resolve(seen));
    double.answer(request, response, seen);
  };
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('request', handle);
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (double.expect !== undefined) {
      double.expect(request, response);
      return;
    }
    response.writeContinue();
    handle(request, response);
  });
  return Object.assign(double, { url: await listening(server) });
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function noted(request: IncomingMessage): SeenRequest {
  const seen: SeenRequest = {
    method: request.method!,
    path: request.url!,
    rawHeaders: request.rawHeaders,
    headers: request.headers,
    body: Buffer.alloc(0),
    over: new Promise((resolve) => {
      request.on('end', () => resolve(true));
      request.on('close', () => resolve(request.complete));
    }),
  };
  request.on('error', () => undefined);
  request.on('data', (chunk: Buffer) => (seen.body = Buffer.concat([seen.body, chunk])));
  return seen;
}
