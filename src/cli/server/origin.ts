import { quote } from '../../declaration/problem';
import { CommandError } from '../exit';

/**
 * Reads `HOST`, `HOST:PORT` or a URL of a registry; https unless a URL says http.
 *
 * @param name where it was written, for the message
 * @throws CommandError (exit 2)
 */
export function parseOrigin(text: string, name: string): URL {
  const hasScheme = /^https?:\/\//i.test(text);
  const url = hasScheme ? text : `https://${text}`;
  const isHost = hasScheme || /^[^\s/?#@\\]+$/.test(text);
  const origin = isHost && URL.canParse(url) ? new URL(url) : undefined;
  const isOrigin =
    origin &&
    origin.username + origin.password + origin.search + origin.hash === '' &&
    !/[\s?#@\\]/.test(url) &&
    origin.pathname === '/';
  if (!isOrigin) {
    throw new CommandError(
      `${name} ${quote(text)} must be a host such as 'git.example.org', or an origin such as 'http://127.0.0.1:3000': no user, no path; '/v2' and '/api' hang off the root (REG111)`,
    );
  }
  return origin;
}

/** Whether the network cannot listen on the way to the host. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) || hostname.endsWith('.localhost');
}
