import type { ClientRequest, RequestOptions } from 'node:http';
import * as http from 'node:http';
import * as https from 'node:https';

/** What a client asks. */
export interface Asked extends Pick<
  https.RequestOptions,
  'method' | 'ca' | 'servername' | 'agent'
> {
  /** @default `/` */
  readonly path?: string;
  /** @default - none */
  readonly headers?: http.OutgoingHttpHeaders;
  /** @default - none: the request ends after its headers */
  readonly body?: string | Buffer;
  /** The request never ends: the body given is all that ever comes. @default false */
  readonly unfinished?: boolean;
  /** Send `Expect: 100-continue`, and the body only when asked to. @default false */
  readonly expect?: boolean;
}

/** What became of it. */
export interface Outcome {
  /** Absent where no head of an answer arrived. */
  readonly status?: number;
  readonly reason?: string;
  readonly rawHeaders: readonly string[];
  readonly headers: http.IncomingHttpHeaders;
  /** What arrived. */
  readonly body: Buffer;
  /** Whether the body was whole by its own framing. */
  readonly whole: boolean;
  /** Code of the error the exchange ended with. */
  readonly error?: string;
  /** Whether `100 Continue` came. */
  readonly continued: boolean;
  /** Whether the client sent its body. */
  readonly sentBody: boolean;
}

/** An exchange under way. */
export interface Exchange {
  readonly request: ClientRequest;
  readonly outcome: Promise<Outcome>;
}

/** Begins an exchange; a connection of its own, unless an agent is given. */
export function begin(url: string, asked: Asked = {}): Exchange {
  const { path = '/', method, headers = {}, body, expect, unfinished, ca, servername } = asked;
  const target = new URL(url);
  const options: https.RequestOptions = {
    host: target.hostname,
    port: target.port,
    path,
    method,
    headers: { ...headers, ...(expect === true && { Expect: '100-continue' }) },
    agent: asked.agent ?? false,
    ca,
    ...(servername !== undefined && { servername }),
  };
  const request =
    target.protocol === 'https:' ? https.request(options) : http.request(options as RequestOptions);
  let sentBody = false;
  let continued = false;
  const send = (): void => {
    sentBody = body !== undefined;
    if (body !== undefined) {
      request.write(body);
    }
    if (unfinished !== true) {
      request.end();
    }
  };
  request.on('continue', () => {
    continued = true;
    send();
  });
  const outcome = outcomeOf(request).then((one) => ({ ...one, continued, sentBody }));
  if (expect === true) {
    request.flushHeaders();
  } else {
    send();
  }
  return { request, outcome };
}

/** One exchange, to its end. */
export function ask(url: string, asked: Asked = {}): Promise<Outcome> {
  return begin(url, asked).outcome;
}

type Arrived = Omit<Outcome, 'continued' | 'sentBody'>;

function outcomeOf(request: ClientRequest): Promise<Arrived> {
  return new Promise((resolve) => {
    request.on('error', ({ code }: NodeJS.ErrnoException) =>
      resolve({ rawHeaders: [], headers: {}, body: Buffer.alloc(0), whole: false, error: code }),
    );
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let error: string | undefined;
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', (thrown: NodeJS.ErrnoException) => (error = thrown.code));
      response.on('close', () =>
        resolve({
          status: response.statusCode,
          reason: response.statusMessage,
          rawHeaders: response.rawHeaders,
          headers: response.headers,
          body: Buffer.concat(chunks),
          whole: response.complete,
          error,
        }),
      );
    });
  });
}
