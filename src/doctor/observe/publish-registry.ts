import { challengesOf } from '../../client/oci/challenge';
import { isAnswered } from '../ask';
import type { Answered } from '../ask';
import type { Observation } from '../sight';
import { realmIn } from './realm';
import { v2 } from './v2';

/**
 * Which registry speaks: Gitea or Forgejo, GitHub's, or another one of the OCI distribution spec. Undefined when none
 * does.
 */
export type RegistryKind = 'gitea' | 'github' | 'other';

/** By the answer to `GET /v2/`. */
export const publishRegistry: Observation<RegistryKind | undefined> = async (sight) => {
  const seen = await sight.see(v2);
  if (!isAnswered(seen) || !isRegistry(seen)) {
    return undefined;
  }
  if (realmIn(seen)?.isGitea) {
    return 'gitea';
  }
  return sight.path.origin.hostname === 'ghcr.io' ? 'github' : 'other';
};

/** A challenge, or the header or document of a registry that serves everybody (OCI distribution spec, "end-1"). */
function isRegistry(seen: Answered): boolean {
  const { status, headers, body } = seen;
  const isNamed = headers['docker-distribution-api-version'] !== undefined;
  return status === 401
    ? isNamed || challengesOf(seen).some(({ scheme }) => scheme === 'bearer')
    : status === 200 && (isNamed || body.trim() === '{}');
}
