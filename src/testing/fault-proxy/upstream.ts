import type { ClientRequest } from 'node:http';
import * as http from 'node:http';
import * as https from 'node:https';
import type { HeaderLine } from './header-lines';

/** The head of a request as the upstream sees it. */
export interface UpstreamRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly HeaderLine[];
}

/** The server behind the proxy. */
export class Upstream {
  private readonly origin: URL;

  /**
   * @param origin such as `http://127.0.0.1:3000`
   * @param ca PEM of the authority of an https upstream @default - those Node trusts
   * @throws Error when `origin` is no origin
   */
  public constructor(
    origin: string,
    private readonly ca?: string,
  ) {
    this.origin = originOf(origin);
  }

  /**
   * Begins a request on a connection of its own: a pooled one could close under it, and that would be a fault nobody
   * switched on.
   */
  public request({ method, path, headers }: UpstreamRequest): ClientRequest {
    const { protocol, hostname, port } = this.origin;
    const host = hostname.replace(/^\[|\]$/g, '');
    const options: https.RequestOptions = {
      host,
      port,
      method,
      path,
      headers: [...headers, ['Connection', 'keep-alive']].flat(),
      agent: false,
    };
    return protocol === 'https:'
      ? https.request({ ...options, ca: this.ca })
      : http.request(options);
  }
}

function originOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || `${url.origin}/` !== url.href) {
    throw new Error(
      `'${text}' is no origin; give scheme, host and port of the upstream, such as 'http://127.0.0.1:3000'`,
    );
  }
  return url;
}
