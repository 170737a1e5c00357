import { createServer as createHttp } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { BodyCut } from './exchange';
import type { FakeAnswer, FakeHeader, FakeRequest } from './exchange';
import { send } from './wire';

/** Certificate and key in PEM. */
export interface FakeTls {
  readonly cert: string | Buffer;
  readonly key: string | Buffer;
}

/** A request that arrived, for tests to look at. */
export interface ArrivedRequest {
  readonly method: string;
  /** As sent, percent-escapes kept. */
  readonly path: string;
  /** What stands behind `?`, as sent; empty without one. */
  readonly query: string;
  /** Names and values as they came, in order. */
  readonly headers: readonly FakeHeader[];
  /** Status of the answer; absent while there is none, or when the client left. */
  readonly status?: number;
}

/** A server that listens on 127.0.0.1. */
export interface Listening {
  readonly port: number;
  /** Ends the server and every connection, idle or not. */
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1 and gives each request to `answer`. */
export async function listen(
  answer: (request: FakeRequest) => Promise<FakeAnswer>,
  arrived: ArrivedRequest[],
  tls?: FakeTls,
): Promise<Listening> {
  const handle = (message: IncomingMessage, response: ServerResponse, waits: boolean): void => {
    void serve(message, response, waits, tls !== undefined, answer, arrived);
  };
  const server: Server =
    tls === undefined ? createHttp() : createHttps({ cert: tls.cert, key: tls.key });
  server.on('request', (message, response) => handle(message, response, false));
  server.on('checkContinue', (message, response) => handle(message, response, true));
  // A client that pauses between two requests keeps its connection, as with Go's server.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  waitsForContinue: boolean,
  overTls: boolean,
  answer: (request: FakeRequest) => Promise<FakeAnswer>,
  arrived: ArrivedRequest[],
): Promise<void> {
  const [path, query] = split(message.url ?? '/');
  const record: { -readonly [Key in keyof ArrivedRequest]: ArrivedRequest[Key] } = {
    method: message.method ?? 'GET',
    path,
    query,
    headers: pairs(message.rawHeaders),
  };
  arrived.push(record);
  let hasRead = false;
  const request: FakeRequest = {
    method: record.method,
    path,
    query: new URLSearchParams(query),
    headers: message.headers,
    host: message.headers.host ?? '',
    overTls,
    bytes: () => {
      if (waitsForContinue && !hasRead) response.writeContinue();
      hasRead = true;
      return bodyOf(message);
    },
  };
  try {
    const given = await answer(request);
    record.status = given.status;
    // An unread body of a waiting client may still come or not: Go closes the connection.
    if (waitsForContinue && !hasRead) response.shouldKeepAlive = false;
    send(given, record.method, response);
  } catch (error) {
    if (error instanceof BodyCut) response.destroy();
    else send(ownFailure(error), record.method, response);
  }
}

/** A fault of the fake itself, told where a test sees it. */
function ownFailure(error: unknown): FakeAnswer {
  const body = `FakeGitea failed: ${error instanceof Error ? error.stack : String(error)}\n`;
  return { status: 500, headers: [['Content-Type', 'text/plain']], body };
}

function split(url: string): readonly [path: string, query: string] {
  const at = url.indexOf('?');
  return at === -1 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}

function pairs(raw: readonly string[]): readonly FakeHeader[] {
  return Array.from({ length: raw.length / 2 }, (_, index) => [
    raw[2 * index]!,
    raw[2 * index + 1]!,
  ]);
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(chunk as Buffer);
  } catch {
    throw new BodyCut(Buffer.concat(chunks));
  }
  if (!message.complete) throw new BodyCut(Buffer.concat(chunks));
  return Buffer.concat(chunks);
}
