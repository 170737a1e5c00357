import { ClientError } from '../../client/error';
import { challengesOf } from '../../client/oci/challenge';
import { realmOf } from '../../client/oci/realm';
import { ask, isAnswered } from '../ask';
import type { Seen } from '../ask';
import type { Observation, Sight } from '../sight';
import { v2 } from './v2';

/**
 * Where tokens of a path come from: the realm of its challenge, as long as it lies on the path's own origin or on an
 * allowed host and answers as a registry; else `/v2/token` of the path. So a credential never goes to a realm that it
 * does not belong to, and a fault of the realm hides nothing of what comes after it.
 */
export const tokenUrl: Observation<URL> = async (sight) => {
  const own = new URL('/v2/token', sight.path.origin);
  const realm = trustedRealm(sight, await sight.see(v2));
  if (realm === undefined || realm.href === own.href) {
    return own;
  }
  return givesTokens(await ask(sight, { url: realm.href, surface: 'v2' })) ? realm : own;
};

function trustedRealm({ path, options }: Sight, seen: Seen): URL | undefined {
  const challenge = isAnswered(seen)
    ? challengesOf(seen).find(({ scheme }) => scheme === 'bearer')
    : undefined;
  try {
    const realm = challenge && realmOf(challenge, { ...options, origin: path.origin });
    return realm?.isTrusted ? realm.url : undefined;
  } catch (error) {
    if (error instanceof ClientError) {
      return undefined;
    }
    throw error;
  }
}

/** Under strict sign-in the realm of Gitea answers as the registry does. */
function givesTokens(seen: Seen): boolean {
  return (
    isAnswered(seen) &&
    (seen.status === 200
      ? /"(access_)?token"\s*:/.test(seen.body)
      : seen.status === 401 && seen.reading.responder === 'gitea')
  );
}
