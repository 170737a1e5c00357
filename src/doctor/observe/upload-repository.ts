import type { Sight } from '../sight';

/** Name of the image that limits are probed with. Fixed: Gitea keeps an empty row of it until its cleanup. */
export const PROBE_IMAGE = 'doctor-probe';

/**
 * `owner/image` of the upload sessions: the image somebody fails to publish; for limits one of the owners that are
 * looked at, else of the account itself.
 *
 * @returns undefined when nobody asked for what needs a session, or no owner is known
 */
export function uploadRepository({ request, path }: Sight): string | undefined {
  const { publish, limits = false, owners = [], declaration } = request;
  if (publish) {
    return withOwnerInLowerCase(publish.repository);
  }
  const owner = owners[0] ?? declaration?.owners[0]?.name ?? path.credential?.user;
  return limits && owner !== undefined
    ? withOwnerInLowerCase(`${owner}/${PROBE_IMAGE}`)
    : undefined;
}

/** Gitea takes an owner in any case; the names of the OCI distribution spec have one. */
function withOwnerInLowerCase(repository: string): string {
  return repository.replace(/^[^/]*/, (owner) => owner.toLowerCase());
}
