import type { ClientError } from '../../../client/error';
import type { Responder } from '../../../client/fingerprints/pattern';
import { saidBy, serverText } from '../../../client/server-text';
import type { Answered, Seen } from '../../ask';
import { isAnswered } from '../../ask';
import { registryKind } from './registry-kind';

const WHO: { readonly [responder in Responder]: string } = {
  gitea: 'Gitea',
  forgejo: 'Forgejo',
  traefik: 'Traefik',
  nginx: 'nginx',
  cloudflare: 'Cloudflare',
  'forward-auth': 'a sign-in in front',
  unknown: 'an unknown proxy',
};

/** What came back, in one line: `HTTP 404 '404 page not found' (Traefik or Gitea's router)`. */
export function shownSeen(seen: Seen): string {
  return isAnswered(seen)
    ? `HTTP ${seen.status} ${contentOf(seen)} (${whoIn(seen)})`
    : withoutCode(seen.error);
}

/** The words of an error; reports show its code themselves. */
export function withoutCode({ message }: ClientError): string {
  return message.replace(/ \(REG\d{3}\)$/, '');
}

function contentOf({ status, headers, body }: Answered): string {
  const { location, 'content-type': type, 'www-authenticate': challenge } = headers;
  if (status >= 300 && status < 400 && location !== undefined) {
    return `to '${serverText(location, 120)}'`;
  }
  if (status === 401 && challenge !== undefined) {
    return `with the challenge '${serverText(challenge, 80)}'`;
  }
  const said = saidBy(body, type);
  return said.startsWith("'") ? said : `with ${said}`;
}

function whoIn(seen: Answered): string {
  const { status, headers, body, reading, url } = seen;
  if (registryKind(seen) === 'foreign') {
    return 'another registry';
  }
  const isBareNotFound = status === 404 && /^404 page not found\s*$/.test(body);
  if (isBareNotFound && headers['x-frame-options'] === undefined) {
    // On /v2 Gitea sends the same bytes and headers.
    return /^\/v2(\/|$)/.test(url.pathname)
      ? "Traefik or Gitea's router"
      : 'Traefik or another Go program';
  }
  return status < 300 && reading.responder !== 'gitea' ? WHO.unknown : WHO[reading.responder];
}
