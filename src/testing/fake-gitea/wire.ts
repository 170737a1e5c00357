import type { ServerResponse } from 'node:http';
import type { FakeAnswer, FakeHeader } from './exchange';

/** Go buffers this much before it knows the length of what a handler wrote. */
const GO_BUFFER_BYTES = 2048;

/**
 * Sends an answer as Go's server would: the handler's headers sorted, then what the server adds, names as written,
 * no `Connection` and no `Keep-Alive`.
 */
export function send(answer: FakeAnswer, method: string, response: ServerResponse): void {
  const body = Buffer.from(answer.body ?? '');
  const headers: FakeHeader[] = [
    ...[...answer.headers].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)),
    ['Date', new Date().toUTCString()],
    ...framing(answer, body, method),
  ];
  if (answer.sniffedType !== undefined && method !== 'HEAD') {
    headers.push(['Content-Type', answer.sniffedType]);
  }
  if (!response.shouldKeepAlive) headers.push(['Connection', 'close']);
  // Node would add both, Go sends neither while the connection stays.
  response.removeHeader('Connection');
  response.removeHeader('Keep-Alive');
  response.writeHead(answer.status, headers.flat());
  response.end(method === 'HEAD' ? undefined : body);
}

function framing(answer: FakeAnswer, body: Buffer, method: string): readonly FakeHeader[] {
  const isKnown = answer.headers.some(([name]) => name === 'Content-Length');
  if (isKnown || answer.status === 204) return [];
  if (method === 'HEAD' && answer.body === undefined) return [];
  return body.length > GO_BUFFER_BYTES
    ? [['Transfer-Encoding', 'chunked']]
    : [['Content-Length', String(body.length)]];
}
