import { challengesOf } from '../client/oci/challenge';
import { serverText } from '../client/server-text';
import { isAnswered } from './ask';
import type { Answered } from './ask';
import { handshakes } from './observe/handshakes';
import { v2 } from './observe/v2';
import { day } from './probes/names/shown-certificate';
import { registryKind } from './probes/route/registry-kind';
import { withoutCode } from './probes/route/shown';
import type { Sight } from './sight';

/** What one access path shows at a glance; the difference between rows is itself evidence. */
export interface PathRow {
  readonly name: string;
  /** `https://git.example.org/v2/` */
  readonly url: string;
  /** Status of `GET /v2/`; absent when no answer came. */
  readonly status?: number;
  /** Who answered, or why nobody did. */
  readonly responder: string;
  /** Realm of the Bearer challenge, as written. */
  readonly realm?: string;
  /** Subject and last day of the certificate. */
  readonly certificate?: string;
}

/** The row of a path. */
export async function pathRow(sight: Sight): Promise<PathRow> {
  const [seen, shaken] = await Promise.all([sight.see(v2), sight.see(handshakes)]);
  const { name, origin } = sight.path;
  const [first] = shaken;
  const leaf = first && 'leaf' in first ? first.leaf : undefined;
  const url = new URL('/v2/', origin).href;
  const certificate = leaf && {
    certificate: `${serverText(leaf.subject || leaf.names[0] || '?', 60)} until ${day(leaf.notAfter)}`,
  };
  return isAnswered(seen)
    ? {
        name,
        url,
        status: seen.status,
        responder: responderOf(seen),
        ...realmIn(seen),
        ...certificate,
      }
    : { name, url, responder: withoutCode(seen.error), ...certificate };
}

function responderOf(seen: Answered): string {
  switch (registryKind(seen)) {
    case undefined:
      return seen.status < 300 ? 'unknown' : seen.reading.responder;
    case 'foreign':
      return 'another registry';
    default:
      return 'gitea';
  }
}

function realmIn(seen: Answered): { realm: string } | undefined {
  const realm = challengesOf(seen)
    .find(({ scheme }) => scheme === 'bearer')
    ?.parameters.get('realm');
  return realm === undefined ? undefined : { realm: serverText(realm, 120) };
}
