import { ClientError } from '../error';
import type { HttpRequest, HttpResponse } from './message';
import { shownUrl } from './recording';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Those that ask for the same method and body again. */
const SAME_REQUEST = new Set([307, 308]);

/**
 * Where a redirect leads that is to be followed (RFC 9110 §15.4). What is no reading request is only repeated as it
 * was, and never turned into another one.
 *
 * @returns undefined for every other answer
 * @throws ClientError REG219 for a redirect from https to http, or to something that is no http URL
 */
export function redirectTarget(
  { method, followRedirects, body }: HttpRequest,
  { status, headers, url }: HttpResponse,
): URL | undefined {
  const isReading = method === 'GET' || method === 'HEAD';
  const canReplay = body === undefined || body.isReplayable === true;
  const follows = (followRedirects ?? isReading) && canReplay;
  const { location } = headers;
  if (!follows || !(isReading ? REDIRECTS : SAME_REQUEST).has(status) || location === undefined) {
    return undefined;
  }
  const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  const isAllowed =
    target?.protocol === 'https:' || (target?.protocol === 'http:' && url.protocol === 'http:');
  if (!target || !isAllowed) {
    throw new ClientError(
      `'${url.host}' redirects ${method} ${shownUrl(url.pathname)} to '${shownUrl(location)}': no https registry may lead there`,
      'REG219',
      { method, url: shownUrl(url), status },
    );
  }
  // Userinfo in a Location is not ours to send.
  target.username = '';
  target.password = '';
  return target;
}
