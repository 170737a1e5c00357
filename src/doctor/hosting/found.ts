import type { Answered, Seen } from '../ask';
import { isAnswered } from '../ask';
import { serverText } from '../../client/server-text';
import { withoutCode } from '../probes/route/shown';
import type { Found } from './observation';

/** An answer that is not what works: whether it refuses, or something else is there. */
export function unlikeWorking(seen: Seen): Found {
  return isAnswered(seen)
    ? { standing: refuses(seen) ? 'refuses' : 'fails', observed: answerText(seen) }
    : { standing: 'fails', observed: serverText(withoutCode(seen.error)) };
}

/** Status and media type: `404 text/plain`. */
export function answerText(seen: Answered): string {
  return `${seen.status} ${mediaType(seen)}`.trim();
}

/** Media type of the body, in lower case and without parameters (RFC 9110 §8.3.1); empty when there is none. */
export function mediaType({ headers }: Answered): string {
  return serverText((headers['content-type'] ?? '').split(';')[0], 80).toLowerCase();
}

/** Gitea refuses in plain text or JSON; a page with 403 comes from a firewall. */
function refuses(seen: Answered): boolean {
  const { status, headers } = seen;
  return status === 401
    ? /^basic\b/i.test(headers['www-authenticate'] ?? '')
    : status === 403 && mediaType(seen) !== 'text/html';
}
