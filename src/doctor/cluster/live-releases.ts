import type { HelmRelease } from '../../cluster';
import type { Observation } from '../sight';
import type { Missing } from './missing';
import { missingOf } from './missing';

/** Releases of Gitea, Forgejo and Traefik. */
export interface LiveReleases {
  /** Each release that is there, once: the revision that is deployed, else its newest. */
  readonly releases: readonly HelmRelease[];
  /** What may hold more of them and could not be read. Helm's SQL driver is never seen. */
  readonly missing: readonly Missing[];
}

/** What `--keep-history` leaves of a release that is no more. */
const GONE: ReadonlySet<string> = new Set(['uninstalled', 'uninstalling']);

/** Helm releases in all namespaces; undefined without a cluster. */
export const liveReleases: Observation<LiveReleases | undefined> = async ({ request }) => {
  if (request.cluster === undefined) {
    return undefined;
  }
  const listing = await request.cluster.releases(['gitea', 'forgejo', 'traefik']);
  const current = new Map<string, HelmRelease>();
  // The newest revision comes first.
  for (const release of listing.releases) {
    if (GONE.has(release.status)) {
      continue;
    }
    const key = `${release.namespace}/${release.name}`;
    const known = current.get(key);
    if (known === undefined || (known.status !== 'deployed' && release.status === 'deployed')) {
      current.set(key, release);
    }
  }
  return {
    releases: [...current.values()],
    missing: missingOf('releases', listing.missing),
  };
};
