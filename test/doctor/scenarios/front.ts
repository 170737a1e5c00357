import type { IncomingMessage, RequestListener } from 'node:http';
import * as http from 'node:http';
import type { ProxyAnswer } from '../../../src/testing';
import type { Listener } from './listener';
import { listenOn } from './listener';

/** Looks at a request with its headers; an answer is given instead of the upstream's. */
export type Intercept = (request: IncomingMessage) => ProxyAnswer | undefined;

/** A proxy on http that answers some requests itself: what a switch, which sees no headers, cannot decide. */
export function startFront(upstream: string, intercept: Intercept): Promise<Listener> {
  const { hostname, port } = new URL(upstream);
  const handle: RequestListener = (request, response) => {
    const own = intercept(request);
    if (own !== undefined) {
      request.resume();
      const { status, headers = [], body = '' } = own;
      response.writeHead(status, headers.flat()).end(body);
      return;
    }
    const { method, url, headers } = request;
    const passed = http.request({ hostname, port, method, path: url, headers, agent: false });
    passed.on('response', (answer) => {
      response.writeHead(answer.statusCode!, answer.rawHeaders);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  };
  return listenOn(http.createServer(handle));
}
