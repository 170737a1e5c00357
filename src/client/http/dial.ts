import type { Agent as HttpAgent } from 'node:http';
import { Agent as PlainAgent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { isIP } from 'node:net';
import type { PeerCertificate, SecureContext } from 'node:tls';
import { checkServerIdentity, createSecureContext, rootCertificates } from 'node:tls';
import { DirectAgent, DirectTlsAgent } from './direct-agent';
import { parseProxy, proxyFromEnvironment } from './proxy-environment';
import type * as tunnelAgent from './tunnel-agent';

/** Another address to dial for a host and port; name, SNI and Host header stay (curl `--connect-to`). No proxy is used. */
export interface ConnectTo {
  /** Empty: any host. */
  readonly host: string;
  /** Absent: any port. */
  readonly port?: number;
  /** Empty: the host of the URL. */
  readonly address: string;
  /** @default - the port of the URL */
  readonly addressPort?: number;
}

/** How connections are made. */
export interface DialOptions {
  readonly connectTo?: readonly ConnectTo[];
  /** Certificates to trust beside the public ones, PEM. */
  readonly ca?: string;
  /** Accept any certificate of a registry. @default false */
  readonly insecure?: boolean;
  /** Proxy for a URL, empty for none. @default - HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY */
  readonly proxyFor?: (url: string) => string;
}

/** What `http.request` needs to reach the peer of a URL. */
export interface Dialed {
  readonly hostname: string;
  readonly port: string | number;
  readonly agent: HttpAgent;
  /** Whether the connection itself is TLS. */
  readonly isTls: boolean;
  /** Name the certificate must cover; also SNI. */
  readonly servername?: string;
  /** Certificates to trust. @default - the public ones */
  readonly secureContext?: SecureContext;
  readonly rejectUnauthorized?: boolean;
  readonly checkServerIdentity?: (name: string, certificate: PeerCertificate) => Error | undefined;
  /** `host:port` of a proxy that forwards the request, with the `Proxy-Authorization` it takes (RFC 9112 §3.2.2). */
  readonly forwarder?: { readonly host: string; readonly authorization?: string };
}

/** At most as many connections to one origin; parallel downloads use four. */
const MAX_SOCKETS = 8;

/**
 * A connection unused for longer is not used again: the peer may be closing it that moment, and a request lost so
 * cannot be repeated unless that is safe. Most servers keep them for five seconds or more.
 */
const KEPT_MS = 4000;

const POOL = { keepAlive: true, maxSockets: MAX_SOCKETS, timeout: KEPT_MS };

/** Makes connections and keeps them for the next request. */
export class Dialer {
  private readonly agents = new Map<string, HttpAgent>();

  public constructor(private readonly options: DialOptions = {}) {}

  /**
   * Where and how to connect for a URL.
   *
   * @param isDirect whether long bodies are to come past the HTTP parser, where the connection allows it
   */
  public dial(url: URL, isDirect = false): Dialed {
    const isTls = url.protocol === 'https:';
    const hostname = bare(url.hostname);
    const port = url.port || (isTls ? 443 : 80);
    const tls = isTls ? this.tlsOptions(hostname) : {};
    const rule = this.options.connectTo?.find((one) => applies(one, hostname, Number(port)));
    if (rule) {
      return {
        hostname: bare(rule.address) || hostname,
        port: rule.addressPort ?? port,
        // Of its own: hosts that share an address do not share connections.
        agent: this.pool(`${url.origin} redirected`, isTls, isDirect),
        isTls,
        ...tls,
      };
    }
    const proxy = this.proxyFor(url);
    if (proxy && !isTls) {
      return this.forwarded(proxy, isDirect);
    }
    const agent = proxy
      ? this.kept(`tunnel ${proxy.href}`, () => this.tunnel(proxy))
      : this.pool(url.protocol, isTls, isDirect);
    return { hostname, port, agent, isTls, ...tls };
  }

  /** Ends every connection. */
  public close(): void {
    this.agents.forEach((agent) => agent.destroy());
  }

  private tlsOptions(hostname: string): Partial<Dialed> {
    return {
      // RFC 6066 §3: an address is no server name.
      servername: isIP(hostname) ? '' : hostname,
      // Without a server name Node would compare the certificate with the address that is dialed.
      checkServerIdentity: (_name, certificate) => checkServerIdentity(hostname, certificate),
      rejectUnauthorized: !this.options.insecure,
      ...(this.options.ca !== undefined && { secureContext: trusting(this.options.ca) }),
    };
  }

  private proxyFor(url: URL): URL | undefined {
    const { proxyFor } = this.options;
    if (!proxyFor) {
      return proxyFromEnvironment(url);
    }
    const proxy = proxyFor(url.href);
    return proxy ? parseProxy(proxy, 'the proxy') : undefined;
  }

  private forwarded(proxy: URL, isDirect: boolean): Dialed {
    const isTls = proxy.protocol === 'https:';
    const hostname = bare(proxy.hostname);
    return {
      hostname,
      port: proxy.port || (isTls ? 443 : 80),
      agent: this.pool(proxy.protocol, isTls, isDirect),
      isTls,
      ...(isTls && {
        servername: isIP(hostname) ? '' : hostname,
        ...(this.options.ca !== undefined && { secureContext: trusting(this.options.ca) }),
      }),
      forwarder: { host: proxy.host, authorization: proxyAuthorization(proxy) },
    };
  }

  private tunnel(proxy: URL): HttpAgent {
    // Loaded on use: few are behind a proxy, and its library has many files.
    const { TunnelAgent } = require('./tunnel-agent') as typeof tunnelAgent;
    const authorization = proxyAuthorization(proxy);
    const address = new URL(proxy.origin);
    const { ca } = this.options;
    return new TunnelAgent(address, {
      ...POOL,
      ...(ca !== undefined && { secureContext: trusting(ca) }),
      ...(authorization !== undefined && { headers: { 'Proxy-Authorization': authorization } }),
    });
  }

  private pool(key: string, isTls: boolean, isDirect: boolean): HttpAgent {
    return isDirect
      ? this.kept(`${key} direct`, () => (isTls ? new DirectTlsAgent(POOL) : new DirectAgent(POOL)))
      : this.kept(key, () => (isTls ? new TlsAgent(POOL) : new PlainAgent(POOL)));
  }

  private kept(key: string, make: () => HttpAgent): HttpAgent {
    const agent = this.agents.get(key) ?? make();
    this.agents.set(key, agent);
    return agent;
  }
}

/** Contexts by the certificates they trust. */
const CONTEXTS = new Map<string, SecureContext>();

/** Reading all public certificates takes 50 ms: once, not with each connection. */
function trusting(ca: string): SecureContext {
  // `ca` replaces the public certificates, and redirects may lead to a public host.
  const context = CONTEXTS.get(ca) ?? createSecureContext({ ca: [...rootCertificates, ca] });
  CONTEXTS.set(ca, context);
  return context;
}

function proxyAuthorization({ username, password }: URL): string | undefined {
  return username || password
    ? `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`
    : undefined;
}

/** A password with a bare `%` is meant as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function applies({ host, port }: ConnectTo, hostname: string, actual: number): boolean {
  return (
    (host === '' || bare(host).toLowerCase() === hostname.toLowerCase()) &&
    (port === undefined || port === actual)
  );
}

/** Brackets of an IPv6 address belong to the URL. */
function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}
