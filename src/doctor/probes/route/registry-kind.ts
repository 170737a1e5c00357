import { challengesOf } from '../../../client/oci/challenge';
import type { Seen } from '../../ask';
import { isAnswered } from '../../ask';
import { realmIn } from '../../observe/realm';
import { v2 } from '../../observe/v2';
import type { Sight } from '../../sight';

/**
 * What a registry is by its answer to `GET /v2/`: `gitea` as it should be; `unnamed` without the header of the API
 * version, `unchallenged` without a challenge, `signed-in` as to somebody who has logged in; `foreign` another registry.
 */
export type RegistryKind = 'gitea' | 'unnamed' | 'unchallenged' | 'signed-in' | 'foreign';

/** Gitea's own words to who has not signed in; other registries give a message. */
const GITEA_BODY = /^\s*\{"errors":\[\{"code":"UNAUTHORIZED","message":""\}\]\}\s*$/;

/** What kind of registry gave an answer; undefined when none did. */
export function registryKind(seen: Seen): RegistryKind | undefined {
  if (!isAnswered(seen)) {
    return undefined;
  }
  const { status, headers, body } = seen;
  const isNamed = /registry\/2/.test(String(headers['docker-distribution-api-version'] ?? ''));
  if (status === 200) {
    // Distribution sends an empty object, Gitea nothing.
    return isNamed ? (body.trim() === '' ? 'signed-in' : 'foreign') : undefined;
  }
  if (status !== 401) {
    return undefined;
  }
  if (realmIn(seen)?.isGitea) {
    return isNamed ? 'gitea' : 'unnamed';
  }
  if (!isNamed) {
    return undefined;
  }
  return challengesOf(seen).length === 0 || GITEA_BODY.test(body) ? 'unchallenged' : 'foreign';
}

/** Another path whose `/v2/` answers as Gitea should: the same request past what stands in front of this one. */
export async function healthyElsewhere(sight: Sight): Promise<Sight | undefined> {
  const others = sight.others.filter((other) => other !== sight);
  const seen = await Promise.all(others.map((other) => other.see(v2)));
  return others.find((_, at) => registryKind(seen[at]) === 'gitea');
}

/** Words for what that path shows. */
export function elsewhereText(other: Sight | undefined): string {
  return other ? `; path '${other.path.name}' answers 401 by Gitea` : '';
}
