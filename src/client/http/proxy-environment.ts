import { BlockList, isIP } from 'node:net';
import { ClientError } from '../error';

/** Environment variables by name. */
export type Environment = { readonly [name: string]: string | undefined };

/**
 * The proxy for a URL by `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, read as curl, docker and crane read
 * them (curl(1) ENVIRONMENT, golang.org/x/net/http/httpproxy): a proxy without a scheme is http, a name in `NO_PROXY`
 * covers its subdomains, and loopback addresses take no proxy.
 *
 * @returns undefined for a direct connection
 * @throws ClientError REG113 for a proxy that is no http or https URL
 */
export function proxyFromEnvironment(
  url: URL,
  environment: Environment = process.env,
): URL | undefined {
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const value = read(environment, name) ?? read(environment, 'all_proxy');
  if (value === undefined || isExempt(url, read(environment, 'no_proxy') ?? '')) {
    return undefined;
  }
  return parseProxy(value, name.toUpperCase());
}

/**
 * Reads the address of a proxy.
 *
 * @param name where it was given, for the message
 * @throws ClientError REG113 when it is no http or https URL
 */
export function parseProxy(value: string, name: string): URL {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const proxy = URL.canParse(text) ? new URL(text) : undefined;
  if (!proxy || !/^https?:$/.test(proxy.protocol) || proxy.hostname === '') {
    // The value is not shown: what cannot be parsed may hold a password anywhere.
    throw new ClientError(
      `${name} must name an http or https proxy such as 'http://proxy.example.org:3128'${proxy ? `, not '${proxy.protocol}//…'` : ''}`,
      'REG113',
    );
  }
  return proxy;
}

function read(environment: Environment, name: string): string | undefined {
  // An empty variable in lower case does not hide the one in upper case.
  return environment[name]?.trim() || environment[name.toUpperCase()]?.trim() || undefined;
}

function isExempt(url: URL, list: string): boolean {
  const host = bare(url.hostname);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return (
    isLoopback(host) ||
    list
      .toLowerCase()
      .split(/[\s,]+/)
      .some((entry) => entry !== '' && covers(entry, host, port))
  );
}

function isLoopback(host: string): boolean {
  return /(^|\.)localhost$/.test(host) || /^127\./.test(host) || host === '::1';
}

/** Whether an entry of `NO_PROXY` covers a host: `*`, an address, a range, a domain, each with a port if need be. */
function covers(entry: string, host: string, port: string): boolean {
  if (entry === '*') {
    return true;
  }
  if (entry.includes('/')) {
    return isInRange(host, entry);
  }
  const [, name = entry, onlyPort] = isIP(entry) ? [] : (/^(.+?):(\d+)$/.exec(entry) ?? []);
  if (onlyPort !== undefined && onlyPort !== port) {
    return false;
  }
  const domain = bare(name).replace(/^\*(?=\.)/, '');
  return domain.startsWith('.')
    ? host.endsWith(domain)
    : host === domain || (!isIP(host) && host.endsWith(`.${domain}`));
}

function isInRange(host: string, range: string): boolean {
  const [, address = '', bits = ''] = /^([^/]+)\/(\d+)$/.exec(range) ?? [];
  const version = isIP(address);
  if (version === 0 || isIP(host) !== version || Number(bits) > (version === 4 ? 32 : 128)) {
    return false;
  }
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family);
  return list.check(host, family);
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}
