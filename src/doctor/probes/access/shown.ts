import { quote } from '../../../declaration/problem';
import { RESPONDER_NAMES } from '../../../client/fingerprints/responder-name';
import { isPage } from '../../../client/server-text';
import type { Seen } from '../../ask';
import { isAnswered } from '../../ask';

/**
 * Status and responder of an answer, `401 by the registry`, or why there is none. Nothing of its text: who was sent a
 * credential may send it back.
 */
export function shownAnswer(seen: Seen): string {
  if (!isAnswered(seen)) {
    return seen.error.message;
  }
  const { status, body, headers, reading } = seen;
  return status < 300
    ? `${status} with ${isPage(body, headers['content-type']) ? 'a page' : 'no token'}`
    : `${status} by ${RESPONDER_NAMES[reading.responder]}`;
}

/** `'a', 'b' and 3 more`. */
export function listed(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map(quote).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
