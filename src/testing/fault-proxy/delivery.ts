import type { IncomingMessage, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream';
import type { Connections } from './connections';
import { CutSink } from './cut-sink';
import { FlippedBody } from './flipped-body';
import type { HeaderLine } from './header-lines';
import { replaced, valueOf } from './header-lines';
import { lingeringClose } from './lingering-close';
import { edited } from './passed-on';
import { SlowBody } from './slow-body';
import type { Faults } from './switches';

/** An answer on its way to the client, the upstream's or the proxy's own. */
export interface Answer {
  readonly status: number;
  /** Reason phrase. @default - the one of the status */
  readonly reason?: string;
  readonly headers: readonly HeaderLine[];
  readonly body: Readable;
  /** Whether the connection closes after it, and what the client still sends is read until then. */
  readonly closes: boolean;
}

/** The client's side of an exchange. */
export interface ClientSide {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly faults: Faults;
  readonly connections: Connections;
}

/** Gives the client an answer, with the faults that concern answers. */
export function deliver(answer: Answer, client: ClientSide): void {
  const { request, response, faults, connections } = client;
  const { breakOff } = faults;
  const headers = headersOf(answer, faults, request.method);
  if (breakOff?.at === 'answer') {
    answer.body.destroy();
    connections.end(request.socket, breakOff.how ?? 'reset');
  } else if (breakOff?.at === 'answer-header') {
    answer.body.destroy();
    request.socket.write(halfHead(answer, headers), () =>
      connections.endAfterData(request.socket, breakOff.how ?? 'reset'),
    );
  } else {
    writeHead(response, answer, headers);
    sendBody(answer, client);
  }
}

function headersOf(answer: Answer, faults: Faults, method?: string): HeaderLine[] {
  const { responseHeaders, responseCut, contentDigest } = faults;
  let lines: HeaderLine[] = [...answer.headers];
  const length = valueOf(lines, 'content-length');
  if (responseCut?.how === 'complete' && length !== undefined && method !== 'HEAD') {
    const shorter = Math.min(Number(length), responseCut.afterBytes);
    lines = replaced(lines, 'content-length', String(shorter));
  }
  if (contentDigest !== undefined) {
    lines = replaced(lines, 'docker-content-digest', contentDigest.value);
  }
  return [...edited(lines, responseHeaders), ...(answer.closes ? [CLOSE] : [])];
}

const CLOSE: HeaderLine = ['Connection', 'close'];

function halfHead({ status, reason }: Answer, headers: readonly HeaderLine[]): string {
  const first = `HTTP/1.1 ${status} ${reason ?? STATUS_CODES[status] ?? ''}\r\n`;
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return first + lines.slice(0, Math.floor(lines.length / 2));
}

function writeHead(
  response: ServerResponse,
  { status, reason }: Answer,
  headers: readonly HeaderLine[],
): void {
  // The upstream's own Date is passed on, not a second one.
  response.sendDate = valueOf(headers, 'date') === undefined;
  response.writeHead(status, reason ?? STATUS_CODES[status] ?? '', headers.flat());
  response.flushHeaders();
}

function sendBody({ body, closes }: Answer, client: ClientSide): void {
  const { request, response, faults, connections } = client;
  const { responseCut, flippedByte, slow } = faults;
  const end = (): void => {
    // A chunked body needs its last chunk; only the response itself can write it.
    if (closes && !request.complete && !response.chunkedEncoding) {
      lingeringClose(request);
    } else {
      response.end();
    }
  };
  const sink = new CutSink({
    target: response,
    limit: responseCut?.afterBytes ?? Infinity,
    onEnd: end,
    onCut: () => {
      const how = responseCut?.how ?? 'close';
      if (how === 'complete') {
        end();
      } else {
        connections.endAfterData(request.socket, how);
      }
    },
  });
  const stages: Transform[] = [
    ...(flippedByte === undefined ? [] : [new FlippedBody(flippedByte.at ?? 0)]),
    ...(slow === undefined ? [] : [new SlowBody(slow.interval)]),
  ];
  response.once('close', () => sink.destroy());
  pipeline([body, ...stages, sink], (error) => {
    if (error && !response.writableEnded) {
      // The upstream broke off: so does the proxy, whose client must not take what came for a whole body.
      connections.end(request.socket, 'close');
    }
  });
}
